/// A Remote-Party-ID (draft-ietf-sip-privacy-04 section 5.1; never an RFC, yet what many PBXs send).
public struct RemotePartyID {
  /// Whose identity it is.
  public enum Party: Hashable, Sendable {
    /// The caller's.
    case calling
    /// The callee's.
    case called
    /// Somebody else's, by another token.
    case other
  }

  /// What must not be shown to the other side.
  public enum Privacy: Hashable, Sendable {
    /// Name and number both.
    case full
    /// The name alone.
    case name
    /// The number alone (`uri`).
    case uri
    /// Nothing.
    case off
    /// Another token.
    case other
  }

  /// Name and URI.
  public let address: NameAddress

  /// nil when there is no URI in it.
  public init?(_ value: SIPText) {
    guard let address = NameAddress(value) else { return nil }
    self.address = address
  }

  /// nil where it does not say; in a request it is then the caller's.
  public var party: Party? {
    address.parameters.value("party").map {
      $0.equalsIgnoringCase("calling") ? .calling : $0.equalsIgnoringCase("called") ? .called : .other
    }
  }

  /// Whether the network has checked it (`screen=yes`); nil where it does not say.
  public var isScreened: Bool? { address.parameters.value("screen").map { $0.equalsIgnoringCase("yes") } }

  /// nil where it does not say. Details such as `full-network` are left out.
  public var privacy: Privacy? {
    guard let value = address.parameters.value("privacy") else { return nil }
    let kind = value.slice(0, value.index(of: UInt8(ascii: "-")) ?? value.count)
    if kind.equalsIgnoringCase("full") { return .full }
    if kind.equalsIgnoringCase("name") { return .name }
    if kind.equalsIgnoringCase("uri") { return .uri }
    return kind.equalsIgnoringCase("off") ? .off : .other
  }
}
