public import Primitives

/// Which of its calls something records (GUI: Auto Record).
public enum AutoRecord: String, Hashable, Sendable, CaseIterable {
  /// Every call.
  case all
  /// Calls with the outside.
  case external
  /// Calls inside the PBX.
  case `internal`
  /// None.
  case off

  /// Whether a call of that type is recorded.
  public func records(_ direction: CallDirection) -> Bool {
    switch self {
    case .all: true
    case .off: false
    case .external: direction != .internal
    case .internal: direction == .internal
    }
  }
}

/// A user extension.
public struct Extension: Hashable, Sendable {
  /// 2 to 18 digits.
  public var number: String
  /// The name shown for its calls, whatever its phone says.
  public var name: String = ""
  /// Where its phone is when it does not register, or is known to be; a port of 0 stands for every port.
  public var addresses: [IPEndpoint] = []
  /// Whether its phone registers; one that does not is reached at `addresses`, or not at all.
  public var registers = true
  /// Whether a call that is not answered goes to its mailbox.
  public var hasVoicemail = false
  /// nil for the site's.
  public var ringTimeoutSeconds: Int?
  /// Whether it can be called while it talks.
  public var hasCallWaiting = true
  /// nil for the site's.
  public var concurrentRegistrations: Int?
  /// Where every call goes instead (GUI: Call Forward Unconditional); nil for off.
  public var forwardAlways: String?
  /// Where calls go while it is busy; nil for off.
  public var forwardBusy: String?
  /// Where calls go that it does not answer; nil for off.
  public var forwardNoAnswer: String?
  /// Numbers rung for it, besides or after its own phone (GUI: Follow Me); empty for off.
  public var followMe: [String] = []
  /// Whether every call finds it busy.
  public var hasDoNotDisturb = false
  /// Which of its calls are recorded.
  public var autoRecord = AutoRecord.off

  /// An extension with every default.
  public init(number: String) { self.number = number }
}

/// A VoIP trunk. `index` is the `n` of `trunk_<n>` in CDR channels.
public struct Trunk: Hashable, Sendable {
  /// Whether the PBX registers at the carrier.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// The carrier knows the PBX by its address.
    case peer
    /// The PBX registers at the carrier.
    case register
  }

  /// What carries its calls on the simulated appliance, whatever the recorded one had.
  public enum Line: String, Hashable, Sendable, CaseIterable {
    /// The network.
    case voip
    /// Analog ports of the appliance, one for each call.
    case fxo
    /// Channels of its digital ports.
    case t1e1j1
  }

  /// 1 or more, different for each trunk.
  public var index: Int
  /// As in the CDR's trunk columns.
  public var name: String
  /// Known by its address unless it says otherwise.
  public var kind = Kind.peer
  /// Where the carrier sends from and receives; a port of 0 stands for every port.
  public var addresses: [IPEndpoint]
  /// Outgoing calls at once on this trunk; nil for no cap (GUI: Maximum Outgoing Calls).
  public var outgoingCallsMax: Int?
  /// Incoming calls at once on this trunk; nil for no cap.
  public var incomingCallsMax: Int?
  /// The number shown outside, where it is not the extension's. `{extension}` stands for the caller's extension.
  public var outboundCallerID: String?
  /// Whether the CDR's `src` is that number too, because it is set before the trunk is dialled (upstream).
  public var isCallerIDInCDR = false
  /// The network unless it says otherwise.
  public var line = Line.voip
  /// Calls at once, in and out, from which on the appliance raises Trunk Concurrent Calls; nil for never.
  public var concurrentCallsAlert: Int?
  /// Which of its calls are recorded.
  public var autoRecord = AutoRecord.off

  /// A trunk with every default.
  public init(index: Int, name: String, addresses: [IPEndpoint]) {
    self.index = index
    self.name = name
    self.addresses = addresses
  }
}
