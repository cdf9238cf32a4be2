/// Credentials or a challenge of the Digest scheme (RFC 3261 section 22.4, RFC 8760).
///
/// Passwords are not in it, but what they can be guessed from is: nobody prints or keeps more than user and realm.
public struct DigestParameters {
  /// `Digest`, or the scheme there is instead.
  public let scheme: SIPText
  private let list: SIPText

  /// - Parameter value: of Authorization, Proxy-Authorization, WWW-Authenticate or Proxy-Authenticate; nil when it does
  ///   not begin with a token.
  public init?(_ value: SIPText) {
    var end = 0
    while let byte = value[end], !SIPText.isSpace(byte) { end += 1 }
    scheme = value.slice(0, end)
    list = value.slice(end, value.count).trimmed
    guard scheme.isToken else { return nil }
  }

  /// Whether the scheme is Digest, by which the members below mean something.
  public var isDigest: Bool { scheme.equalsIgnoringCase("Digest") }

  /// A parameter's value without its quotes, escapes kept; nil when absent.
  public func value(_ name: StaticString) -> SIPText? {
    var rest = list
    while !rest.isEmpty {
      let end = rest.endOfFirstListValue
      let (key, value) = rest.slice(0, end).split(at: UInt8(ascii: "="))
      if key.trimmed.equalsIgnoringCase(name), let value = value?.trimmed {
        let isQuoted = value.count >= 2 && value[0] == 34 && value[value.count - 1] == 34
        return isQuoted ? value.slice(1, value.count - 1) : value
      }
      rest = rest.slice(end + 1, rest.count)
    }
    return nil
  }

  /// The account that signs in; nil in a challenge.
  public var username: SIPText? { value("username") }
  /// Where the account is known.
  public var realm: SIPText? { value("realm") }
  /// `MD5` where absent.
  public var algorithm: SIPText? { value("algorithm") }
  /// The nonce is too old, the password was right (RFC 3261 section 22.4).
  public var isStale: Bool { value("stale")?.equalsIgnoringCase("true") == true }
}
