public import Primitives

/// What the doors ask of the appliance behind them.
///
/// Everything is as of the moment of the call; nothing is changed by asking.
public protocol ApplianceState {
  /// The moment on the appliance's own clock.
  var now: Instant { get }
  /// The wall clock of the site.
  var timeZone: SiteTimeZone { get }
  /// The product, its firmware, its numbers.
  var system: SystemFacts { get }
  /// Every extension, by its number.
  var accounts: [AccountFacts] { get }
  /// Calls in which two parties talk.
  var bridgedCalls: [BridgedCall] { get }
  /// Channels that are in no such call.
  var unbridgedChannels: [UnbridgedChannel] { get }
  /// What is set up beside the extensions.
  var configuration: ConfigurationFacts { get }
  /// Limits of the model and what is in use of them.
  var limits: [LimitFacts] { get }
  /// How each user with a CRM page stands with the CRM, by extension.
  var crmStandings: [String: CRMStandingFacts] { get }
  /// A CDR document.
  func cdrDocument(_ request: CDRRequest) throws(CDRRequest.Refusal) -> CDRDocument
  /// Calls of queues, oldest first.
  func queueCalls(_ request: QueueRequest) throws(CDRRequest.Refusal) -> [QueueCall]
  /// Spells of agents in that state that began in the time asked for, oldest first; one whose begin is not known counts
  /// by its end.
  func agentSpells(_ state: AgentState, _ request: QueueRequest) throws(CDRRequest.Refusal) -> [AgentSpell]
  /// Names of the recordings of the row with that `AcctId`, as its column has them; nil where there is no such row.
  func recordFiles(ofRow id: Int64) -> String?
  /// The bytes of a recording (WAV); nil where there is none of that name.
  func recording(named name: String) -> [UInt8]?
}

/// The product as `getSystemStatus` and `getSystemGeneralStatus` show it.
public struct SystemFacts: Hashable, Sendable {
  /// Without its hardware revision.
  public var model: String
  /// As `V1.2B`; empty where nobody knows.
  public var hardwareRevision: String
  /// As `1.0.17.11`.
  public var firmware: String
  /// Invented; the vendor's prefix in front.
  public var mac: String
  /// Invented.
  public var serialNumber: String
  /// Invented.
  public var partNumber: String
  /// When it booted last.
  public var bootedAt: Instant
  /// Calls that are up.
  public var callsInUse: Int

  /// Takes all as they are.
  public init(
    model: String, hardwareRevision: String, firmware: String, mac: String, serialNumber: String, partNumber: String,
    bootedAt: Instant, callsInUse: Int
  ) {
    self.model = model
    self.hardwareRevision = hardwareRevision
    self.firmware = firmware
    self.mac = mac
    self.serialNumber = serialNumber
    self.partNumber = partNumber
    self.bootedAt = bootedAt
    self.callsInUse = callsInUse
  }
}

/// One extension as `listAccount` and `getSIPAccount` show it.
public struct AccountFacts: Hashable, Sendable {
  /// The extension.
  public var number: String
  /// For people; may be empty.
  public var name: String
  /// `Idle`, `InUse`, `Busy`, `Ringing` or `Unavailable`.
  public var status: String
  /// `192.0.2.7:5060`, with the phone's model in brackets where it is known; nil while it is not registered.
  public var address: String?
  /// Contacts it may have.
  public var contactsMax: Int?
  /// Whether it has a mailbox.
  public var hasVoicemail = false
  /// Whether every call finds it busy.
  public var hasDoNotDisturb = false
  /// How long it rings.
  public var ringTimeoutSeconds: Int?
  /// Where its calls go instead; nil for off.
  public var forwardAlways: String?
  /// Where they go while it is busy.
  public var forwardBusy: String?
  /// Where they go that it does not answer.
  public var forwardNoAnswer: String?
  /// Which calls are recorded: all, external, internal or off.
  public var autoRecord = "off"

  /// An extension that is not registered.
  public init(number: String, name: String, status: String, address: String? = nil) {
    self.number = number
    self.name = name
    self.status = status
    self.address = address
  }
}

/// Two parties who talk.
public struct BridgedCall: Hashable, Sendable {
  /// One side of it.
  public struct Side: Hashable, Sendable {
    /// The channel's name.
    public var channel: String
    /// The number at its far end.
    public var number: String
    /// The name at its far end; may be empty.
    public var name: String
    /// Asterisk's id of the channel, `<epoch seconds>.<serial>`; empty where nobody knows.
    public var uniqueID = ""

    /// A side without an id.
    public init(channel: String, number: String, name: String) {
      self.channel = channel
      self.number = number
      self.name = name
    }
  }

  /// The caller.
  public var caller: Side
  /// Who answered.
  public var callee: Side
  /// Since when they talk.
  public var since: Instant
  /// The trunk the call came by; nil for none.
  public var inboundTrunk: String?
  /// The trunk it left by; nil for none.
  public var outboundTrunk: String?
  /// The same for all channels of a call; empty where nobody knows.
  public var linkedID = ""

  /// Takes all as they are.
  public init(caller: Side, callee: Side, since: Instant, inboundTrunk: String? = nil) {
    self.caller = caller
    self.callee = callee
    self.since = since
    self.inboundTrunk = inboundTrunk
  }
}

/// A channel that talks to nobody yet, or to the appliance itself.
public struct UnbridgedChannel: Hashable, Sendable {
  /// The channel, and who is at its far end.
  public var side: BridgedCall.Side
  /// Whom it is connected to, or is to be.
  public var connectedNumber: String
  /// The name of that.
  public var connectedName: String
  /// Since when there is the channel.
  public var since: Instant
  /// In Asterisk's words: `Ring`, `Ringing`, `Up` …
  public var state: String
  /// `normal`, `queue`, `confbridge` …
  public var service: String
  /// The trunk its call came by; nil for none.
  public var inboundTrunk: String?
  /// The same for all channels of a call; empty where nobody knows.
  public var linkedID = ""

  /// Takes all as they are.
  public init(
    side: BridgedCall.Side, connectedNumber: String, connectedName: String, since: Instant, state: String,
    service: String = "normal"
  ) {
    self.side = side
    self.connectedNumber = connectedNumber
    self.connectedName = connectedName
    self.since = since
    self.state = state
    self.service = service
  }
}

/// One limit of the model.
public struct LimitFacts: Hashable, Sendable {
  /// As `users`, `calls`.
  public var name: String
  /// nil where nobody knows.
  public var limit: Int?
  /// Taken at this moment.
  public var inUse: Int

  /// Takes all as they are.
  public init(name: String, limit: Int?, inUse: Int) {
    self.name = name
    self.limit = limit
    self.inUse = inUse
  }
}

/// What is set up beside the extensions.
public struct ConfigurationFacts: Hashable, Sendable {
  /// A trunk over the network.
  public struct Trunk: Hashable, Sendable {
    /// The `n` of `trunk_<n>`.
    public var index: Int
    /// As in CDRs.
    public var name: String
    /// Where the carrier is; empty where nobody knows.
    public var host: String
    /// `peer` or `register`.
    public var kind: String

    /// Takes all as they are.
    public init(index: Int, name: String, host: String, kind: String) {
      self.index = index
      self.name = name
      self.host = host
      self.kind = kind
    }
  }

  /// Something with a number, a name and members.
  public struct Group: Hashable, Sendable {
    /// Its extension.
    public var number: String
    /// For people; may be empty.
    public var name: String
    /// In the appliance's words; empty where it has none.
    public var strategy: String
    /// Extensions, or outside numbers.
    public var members: [String]

    /// Takes all as they are.
    public init(number: String, name: String, strategy: String = "", members: [String] = []) {
      self.number = number
      self.name = name
      self.strategy = strategy
      self.members = members
    }
  }

  /// A route, in or out.
  public struct Route: Hashable, Sendable {
    /// From 1.
    public var index: Int
    /// Of an outbound route its name; of an inbound one its pattern.
    public var name: String
    /// What has to be dialled.
    public var patterns: [String]
    /// The trunk's name; empty for any.
    public var trunk: String
    /// The number or function it leads to; empty for an outbound route.
    public var destination: String
    /// What it leads to, in the API's word: `account`, `ringgroup`, `queue` …; empty for an outbound route.
    public var destinationType: String

    /// Takes all as they are.
    public init(
      index: Int, name: String, patterns: [String], trunk: String, destination: String = "",
      destinationType: String = ""
    ) {
      self.index = index
      self.name = name
      self.patterns = patterns
      self.trunk = trunk
      self.destination = destination
      self.destinationType = destinationType
    }
  }

  /// Trunks over the network.
  public var trunks: [Trunk] = []
  /// Call queues.
  public var queues: [Group] = []
  /// Ring groups.
  public var ringGroups: [Group] = []
  /// Voice menus.
  public var menus: [Group] = []
  /// Conference rooms.
  public var conferenceRooms: [Group] = []
  /// In the order tried.
  public var inboundRoutes: [Route] = []
  /// In the order tried.
  public var outboundRoutes: [Route] = []

  /// Nothing set up.
  public init() {}
}
