public import Primitives

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

  /// A trunk with every default.
  public init(index: Int, name: String, addresses: [IPEndpoint]) {
    self.index = index
    self.name = name
    self.addresses = addresses
  }
}
