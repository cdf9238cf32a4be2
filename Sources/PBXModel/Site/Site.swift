public import Primitives

/// One customer's configuration: what a reader of packets cannot take from the packets.
///
/// Every list may be empty; a replay without a site file uses `Site()` and infers the PBX's address from the trace.
/// Words are those of the appliance's GUI.
public struct Site: Hashable, Sendable {
  /// Addresses the PBX answers on. A port of 0 stands for every port.
  public var pbxAddresses: [IPEndpoint] = []
  /// The wall clock of the CDR.
  public var timeZone = SiteTimeZone.utc
  /// Bindings one extension may have unless it says otherwise (GUI: Concurrent Registrations).
  public var concurrentRegistrations: Int?
  /// What becomes of one more; nil for `ApplianceSettings.whenRegistrationsExceed`.
  public var whenRegistrationsExceed: ExcessRegistration?
  /// The networks whose phones reach the appliance without the vendor's relay; empty where that is not known, and then
  /// no phone counts as remote.
  public var localNetworks: [IPNetwork] = []
  /// Calls one digital port of the appliance carries: 30 of an E1, 23 of a T1 or J1; nil for an E1's.
  public var channelsPerDigitalPort: Int?
  /// How long a phone rings before the call goes on, unless its extension says otherwise (GUI: Ring Timeout).
  public var ringTimeoutSeconds: Int?
  /// Session-Expires the PBX asks for (RFC 4028); nil when unknown.
  public var sessionTimerSeconds: Int?
  /// Which calls leave a row.
  public var cdr = CDRSettings()
  /// What the appliance does where no document settles it.
  public var assumptions = ApplianceSettings()
  /// Flash, cleaner, and when rows become durable.
  public var storage = SiteStorage()
  /// User extensions, one for each number.
  public var extensions: [Extension] = [] {
    didSet {
      extensionsByNumber = Dictionary(
        zip(extensions.map(\.number), extensions.indices), uniquingKeysWith: { first, _ in first })
    }
  }
  /// VoIP trunks, one for each name and index.
  public var trunks: [Trunk] = []
  /// In the order tried among patterns that spell out equally many digits.
  public var inboundRoutes: [InboundRoute] = []
  /// In the order tried among patterns that spell out equally many digits.
  public var outboundRoutes: [OutboundRoute] = []
  /// One for each number.
  public var ringGroups: [RingGroup] = []
  /// One for each number.
  public var queues: [Queue] = []
  /// One for each number.
  public var ivrs: [IVR] = []
  /// Numbers of the conference rooms.
  public var conferenceRooms: [String] = []
  /// nil without a parking lot.
  public var parking: Parking?
  /// Codes of this PBX; none are assumed.
  public var featureCodes: [FeatureCode] = []

  /// Where each extension stands in `extensions`: every row asks for one, and a site may have thousands.
  private var extensionsByNumber: [String: Int] = [:]

  /// An empty site.
  public init() {}

  /// The extension of that number.
  public func account(_ number: String) -> Extension? { place(of: number).map { extensions[$0] } }

  /// The extension's name, without a copy of all the site says of it; nil for a number that is none.
  public func accountName(_ number: String) -> String? { place(of: number).map { extensions[$0].name } }

  /// The extension's own ring time, without a copy of all the site says of it; nil where it has none.
  public func accountRingSeconds(_ number: String) -> Int? {
    place(of: number).flatMap { extensions[$0].ringTimeoutSeconds }
  }

  private func place(of number: String) -> Int? {
    extensionsByNumber[number].flatMap { extensions.indices.contains($0) ? $0 : nil }
  }
}

/// What becomes of a binding over an extension's limit.
public enum ExcessRegistration: String, Hashable, Sendable, CaseIterable {
  /// It is refused.
  case reject
  /// The extension's oldest binding makes room (Asterisk's `remove_existing`, upstream).
  case dropOldest
}

/// Which calls leave a CDR row at all (`cdr.conf` of Asterisk, upstream; the appliance's own setting is not known).
public struct CDRSettings: Hashable, Sendable {
  /// Rows of calls that nobody answered and that reached no second party. Asterisk's own default is no.
  public var logsUnanswered = true
  /// Congestion as its own disposition; otherwise it reads `FAILED`. Asterisk's own default is no.
  public var logsCongestion = true

  /// Every call leaves a row.
  public init() {}
}
