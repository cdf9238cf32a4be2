/// The target of a transfer (RFC 3515 section 2.1).
public struct ReferTo {
  /// Where the transferee is to call.
  public let address: NameAddress

  /// nil when there is no URI in it.
  public init?(_ value: SIPText) {
    guard let address = NameAddress(value) else { return nil }
    self.address = address
  }

  /// The request the transferee is to send there; nil where the URI does not say, which means INVITE.
  public var method: SIPText? { SIPURI(address.uri)?.parameters.value("method") }

  /// The Replaces embedded in the URI, its escapes undone: the transfer is an attended one (RFC 5589 section 7.3). nil
  /// when there is none. Valid during the call only.
  public func withReplaces<Result>(_ body: (Replaces) -> Result) -> Result? {
    SIPURI(address.uri)?.withHeader("Replaces") { Replaces($0).map(body) } ?? nil
  }
}
