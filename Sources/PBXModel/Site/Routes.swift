/// Where a dialled number or a DID leads.
public enum Destination: Hashable, Sendable {
  /// An extension, by its number.
  case account(String)
  /// A ring group, by its number.
  case ringGroup(String)
  /// A call queue, by its number.
  case queue(String)
  /// A voice menu, by its number.
  case ivr(String)
  /// A mailbox, by its extension's number.
  case voicemail(String)
  /// A conference room, by its number.
  case conference(String)
  /// A number outside, as it would be dialled.
  case external(String)
  /// The DID itself with its first digits removed, as an extension's or group's number. A leading `+` goes with them
  /// and is not counted.
  case byDID(strip: Int)
  /// The call is ended.
  case hangUp
}

/// A DID pattern and where it leads.
public struct InboundRoute: Hashable, Sendable {
  /// Of the DID as the carrier sends it.
  public var pattern: DialPattern
  /// Trunk names the route serves; empty for all.
  public var trunks: [String] = []
  /// Where its calls go.
  public var destination: Destination
  /// Whether the CDR's `dst` stays the DID, because it is dialled from there and not gone to (upstream).
  public var keepsDIDInCDR = false

  /// A route for every trunk.
  public init(pattern: DialPattern, destination: Destination) {
    self.pattern = pattern
    self.destination = destination
  }
}

/// A dialled pattern and the trunk it leaves by. `index` is the `N` of `outbound-route-N` in CDR contexts.
public struct OutboundRoute: Hashable, Sendable {
  /// 1 or more, different for each route.
  public var index: Int
  /// Different for each route.
  public var name: String
  /// What has to be dialled; any one suffices.
  public var patterns: [DialPattern]
  /// Characters taken from the front of what was dialled.
  public var strip = 0
  /// Put in front of what is left.
  public var prepend = ""
  /// The name of its trunk.
  public var trunk: String
  /// Names of the trunks tried in this order when `trunk` cannot take a call (GUI: Use Failover Trunk).
  public var failover: [String] = []

  /// A route that changes nothing of what was dialled.
  public init(index: Int, name: String, patterns: [DialPattern], trunk: String) {
    self.index = index
    self.name = name
    self.patterns = patterns
    self.trunk = trunk
  }
}
