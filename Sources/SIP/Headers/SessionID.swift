/// The identifier of a session across back-to-back user agents (RFC 7989 section 5).
public struct SessionID {
  /// 32 hexadecimal digits of the sender's side.
  public let local: SIPText
  /// Those of the other side; nil in the older form of one identifier, all zeroes while the other side is unknown.
  public let remote: SIPText?

  /// nil when an identifier is not 32 hexadecimal digits. Without `remote` it is the form before RFC 7989, in which
  /// one identifier stands for both sides (RFC 7329).
  public init?(_ value: SIPText) {
    local = value.beforeParameters
    guard Self.isIdentifier(local) else { return nil }
    remote = HeaderParameters(of: value).value("remote")
    if let remote, !Self.isIdentifier(remote) { return nil }
  }

  /// Whether it has a single identifier, as before RFC 7989.
  public var isOldForm: Bool { remote == nil }

  private static func isIdentifier(_ text: SIPText) -> Bool {
    text.count == 32 && text.bytes.allSatisfy { SIPText.hexadecimal($0) != nil }
  }
}
