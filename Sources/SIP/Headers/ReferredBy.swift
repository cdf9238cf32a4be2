/// Who asked for a transfer (RFC 3892 section 3).
public struct ReferredBy {
  /// The referrer.
  public let address: NameAddress

  /// nil when there is no URI in it.
  public init?(_ value: SIPText) {
    guard let address = NameAddress(value) else { return nil }
    self.address = address
  }

  /// Content-ID of the body that vouches for it, without quotes; nil when there is none.
  public var contentID: SIPText? { address.parameters.value("cid") }
}
