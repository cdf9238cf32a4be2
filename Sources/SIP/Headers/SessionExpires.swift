/// How long a session lives without a refresh (RFC 4028 section 4).
public struct SessionExpires: Hashable, Sendable {
  /// Who sends the refreshes.
  public enum Refresher: Hashable, Sendable {
    /// The side that sent the request.
    case client
    /// The side that answers it.
    case server
  }

  /// Seconds from one refresh to the end.
  public let seconds: UInt32
  /// nil where it is not settled yet.
  public let refresher: Refresher?

  /// nil when the seconds are no number of 32 bits.
  public init?(_ value: SIPText) {
    guard let seconds = value.beforeParameters.decimal else { return nil }
    self.seconds = seconds
    let side = HeaderParameters(of: value).value("refresher")
    refresher =
      side?.equalsIgnoringCase("uac") == true ? .client : side?.equalsIgnoringCase("uas") == true ? .server : nil
  }
}
