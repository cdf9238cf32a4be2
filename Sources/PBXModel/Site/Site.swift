public import Primitives

/// One customer's configuration: what a reader of packets cannot take from the packets.
///
/// Every list may be empty; a replay without a site file uses `Site()` and infers the PBX's address from the trace.
/// Words are those of the appliance's GUI.
public struct Site: Hashable, Sendable {
  /// Addresses the PBX answers on. A port of 0 stands for every port.
  public var pbxAddresses: [IPEndpoint] = []
  public var timeZone = SiteTimeZone.utc
  /// Bindings one extension may have unless it says otherwise (GUI: Concurrent Registrations).
  public var concurrentRegistrations: Int?
  /// How long a phone rings before the call goes on, unless its extension says otherwise (GUI: Ring Timeout).
  public var ringTimeoutSeconds: Int?
  /// Session-Expires the PBX asks for (RFC 4028); nil when unknown.
  public var sessionTimerSeconds: Int?
  public var cdr = CDRSettings()
  public var extensions: [Extension] = []
  public var trunks: [Trunk] = []
  public var inboundRoutes: [InboundRoute] = []
  public var outboundRoutes: [OutboundRoute] = []
  public var ringGroups: [RingGroup] = []
  public var queues: [Queue] = []
  public var ivrs: [IVR] = []
  /// Numbers of the conference rooms.
  public var conferenceRooms: [String] = []
  public var parking: Parking?
  public var featureCodes: [FeatureCode] = []

  public init() {}
}

/// Which calls leave a CDR row at all (`cdr.conf` of Asterisk, upstream; the appliance's own setting is not known).
public struct CDRSettings: Hashable, Sendable {
  /// Rows of calls that nobody answered and that reached no second party. Asterisk's own default is no.
  public var logsUnanswered = true
  /// Congestion as its own disposition; otherwise it reads `FAILED`. Asterisk's own default is no.
  public var logsCongestion = true

  public init() {}
}

/// A user extension.
public struct Extension: Hashable, Sendable {
  public var number: String
  public var name: String = ""
  /// Where its phone is when it does not register, or is known to be; a port of 0 stands for every port.
  public var addresses: [IPEndpoint] = []
  /// Whether its phone registers; one that does not is reached at `addresses`, or not at all.
  public var registers = true
  public var hasVoicemail = false
  public var ringTimeoutSeconds: Int?
  public var hasCallWaiting = true
  public var concurrentRegistrations: Int?
  public var forwardAlways: String?
  public var forwardBusy: String?
  public var forwardNoAnswer: String?
  public var hasDoNotDisturb = false

  public init(number: String) { self.number = number }
}

/// A VoIP trunk. `index` is the `n` of `trunk_<n>` in CDR channels.
public struct Trunk: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable, CaseIterable { case peer, register }

  public var index: Int
  public var name: String
  public var kind = Kind.peer
  /// Where the carrier sends from and receives; a port of 0 stands for every port.
  public var addresses: [IPEndpoint]
  /// Outgoing calls at once on this trunk; nil for no cap (GUI: Maximum Outgoing Calls).
  public var outgoingCallsMax: Int?
  public var incomingCallsMax: Int?
  /// The number shown outside, where it is not the extension's. `{extension}` stands for the caller's extension.
  public var outboundCallerID: String?
  /// Whether the CDR's `src` is that number too, because it is set before the trunk is dialled (upstream).
  public var isCallerIDInCDR = false

  public init(index: Int, name: String, addresses: [IPEndpoint]) {
    self.index = index
    self.name = name
    self.addresses = addresses
  }
}

/// Where a dialled number or a DID leads.
public enum Destination: Hashable, Sendable {
  case account(String)
  case ringGroup(String)
  case queue(String)
  case ivr(String)
  case voicemail(String)
  case conference(String)
  case external(String)
  /// The DID itself with its first digits removed, as an extension's or group's number. A leading `+` goes with them
  /// and is not counted.
  case byDID(strip: Int)
  case hangUp
}

/// A DID pattern and where it leads. Patterns are as in Asterisk, where the leading `_` may be left out.
public struct InboundRoute: Hashable, Sendable {
  public var pattern: DialPattern
  /// Trunk names the route serves; empty for all.
  public var trunks: [String] = []
  public var destination: Destination
  /// Whether the CDR's `dst` stays the DID, because it is dialled from there and not gone to (upstream).
  public var keepsDIDInCDR = false

  public init(pattern: DialPattern, destination: Destination) {
    self.pattern = pattern
    self.destination = destination
  }
}

/// A dialled pattern and the trunk it leaves by. `index` is the `N` of `outbound-route-N` in CDR contexts.
public struct OutboundRoute: Hashable, Sendable {
  public var index: Int
  public var name: String
  public var patterns: [DialPattern]
  public var strip = 0
  public var prepend = ""
  public var trunk: String

  public init(index: Int, name: String, patterns: [DialPattern], trunk: String) {
    self.index = index
    self.name = name
    self.patterns = patterns
    self.trunk = trunk
  }
}

/// Phones that ring together or one after the other.
public struct RingGroup: Hashable, Sendable {
  public enum Strategy: String, Hashable, Sendable, CaseIterable { case simultaneous, inOrder }

  public var number: String
  public var name: String = ""
  public var strategy = Strategy.simultaneous
  /// Extensions, or outside numbers.
  public var members: [String]
  public var ringTimeoutSeconds: Int?

  public init(number: String, members: [String]) {
    self.number = number
    self.members = members
  }
}

/// A call queue.
public struct Queue: Hashable, Sendable {
  public enum Strategy: String, Hashable, Sendable, CaseIterable {
    case ringAll, linear, leastRecent, fewestCalls, random, roundRobin
  }

  public var number: String
  public var name: String = ""
  public var strategy = Strategy.ringAll
  public var members: [String]
  public var ringSeconds: Int?
  public var retrySeconds: Int?
  public var waitSecondsMax: Int?
  public var answersFirst = true
  public var timeoutDestination: Destination?

  public init(number: String, members: [String]) {
    self.number = number
    self.members = members
  }
}

/// A voice menu.
public struct IVR: Hashable, Sendable {
  public var number: String
  public var name: String = ""
  /// What each key leads to.
  public var keys: [String: Destination] = [:]
  public var allowsExtensionDialling = false
  /// How long the menu waits for a key.
  public var keyTimeoutSeconds: Int?
  /// How often the menu is played to somebody who presses nothing.
  public var rounds: Int?
  /// Where such a caller goes then; nil for hanging up.
  public var timeoutDestination: Destination?

  public init(number: String) { self.number = number }
}

/// The parking lot.
public struct Parking: Hashable, Sendable {
  /// The number that parks a call.
  public var number: String
  public var slots: ClosedRange<Int>
  public var timeoutSeconds: Int?

  public init(number: String, slots: ClosedRange<Int>) {
    self.number = number
    self.slots = slots
  }
}

/// A code dialled for a function of the PBX itself. A `.` at the pattern's end stands for a number that follows.
public struct FeatureCode: Hashable, Sendable {
  public enum Function: String, Hashable, Sendable, CaseIterable {
    case voicemailMenu, echoTest, forwardAlways, forwardAlwaysOff, pickupExtension, pickupGroup, announcement, busy,
      congestion, conference, park
    /// Played before the call is answered, which it never is.
    case earlyAnnouncement
    /// Refused as a number that does not exist, with a CDR row.
    case unallocated
  }

  public var pattern: DialPattern
  public var function: Function

  public init(pattern: DialPattern, function: Function) {
    self.pattern = pattern
    self.function = function
  }
}
