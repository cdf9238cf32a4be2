/// Who sent a call on, and why (RFC 5806 section 3). The latest stands first.
public struct Diversion {
  /// Who sent it on.
  public let address: NameAddress

  /// nil when there is no URI in it.
  public init?(_ value: SIPText) {
    guard let address = NameAddress(value) else { return nil }
    self.address = address
  }

  /// `unconditional`, `user-busy`, `no-answer` and the like; a quoted one without its quotes.
  public var reason: SIPText? { address.parameters.value("reason") }
  /// How often that user's rule sent it on.
  public var counter: UInt32? { address.parameters.value("counter")?.decimal }
  /// How often it may be sent on.
  public var limit: UInt32? { address.parameters.value("limit")?.decimal }
  /// `full`, `name`, `uri`, `off` or another token.
  public var privacy: SIPText? { address.parameters.value("privacy") }
  /// Whether the network has checked it; nil where it does not say.
  public var isScreened: Bool? { address.parameters.value("screen").map { $0.equalsIgnoringCase("yes") } }
}
