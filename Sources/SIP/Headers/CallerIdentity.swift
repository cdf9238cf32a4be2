extension SIPMessage {
  /// The user part of the first identity a trusted network vouches for that has one, as written.
  ///
  /// P-Asserted-Identity comes first; it may hold a SIP and a `tel:` URI, in either order (RFC 3325 section 9.1).
  /// Remote-Party-ID counts where it is the caller's. nil when no identity names a user.
  public var assertedUser: SIPText? {
    guard let first = hotValue(.identity) else { return nil }
    if isFirstIdentityAsserted, let user = Self.firstUser(first, { NameAddress($0) }) { return user }
    return firstUser(.pAssertedIdentity) { NameAddress($0) }
      ?? firstUser(.remotePartyID) { value in
        guard let identity = RemotePartyID(value) else { return nil }
        switch identity.party {
        case .calling, nil: return identity.address
        case .called, .other: return nil
        }
      }
  }

  private func firstUser(_ header: HeaderName, _ address: (SIPText) -> NameAddress?) -> SIPText? {
    var found: SIPText?
    forEachLine(of: header) { line in found = found ?? Self.firstUser(line, address) }
    return found
  }

  /// The user part of the first element of a list that has one.
  private static func firstUser(_ list: SIPText, _ address: (SIPText) -> NameAddress?) -> SIPText? {
    var found: SIPText?
    list.forEachListValue { value in
      guard found == nil, let address = address(value), let uri = SIPURI(address.uri), !uri.user.isEmpty else { return }
      found = uri.user
    }
    return found
  }

  /// Whether the identity that comes first is a P-Asserted-Identity, written as it mostly is.
  private var isFirstIdentityAsserted: Bool {
    guard let value = hotValue(.identity), let end = value.offset(in: text) else { return false }
    let name: StaticString = "P-Asserted-Identity:"
    return text.slice(end - 1 - name.utf8CodeUnitCount, end - 1).equalsIgnoringCase(name)
      && text[end - 1] == 32
  }

  /// What the caller wants hidden: the values of every Privacy header; empty when there is none.
  public var privacy: Privacy {
    var privacy: Privacy = []
    forEachLine(of: .privacy) { privacy.formUnion(Privacy($0)) }
    return privacy
  }

  /// Whether From hides the caller: the anonymous URI of RFC 3323 section 4.1.1.3, or its display name.
  public var isFromAnonymous: Bool {
    guard let from, let uri = SIPURI(from.uri) else { return false }
    return uri.host.equalsIgnoringCase("anonymous.invalid") || uri.user.equalsIgnoringCase("anonymous")
  }
}

extension HeaderName {
  /// What the caller wants hidden (RFC 3323 section 4.2).
  public static let privacy = HeaderName("Privacy")
  /// The identity the caller would like to be asserted (RFC 3325 section 9.2).
  public static let pPreferredIdentity = HeaderName("P-Preferred-Identity")
  /// One identifier for a session across its back-to-back user agents (RFC 7989).
  public static let sessionID = HeaderName("Session-ID")
  /// How many more hops a request may take (RFC 3261 section 20.22).
  public static let maxForwards = HeaderName("Max-Forwards")
  /// When to try again (RFC 3261 section 20.33).
  public static let retryAfter = HeaderName("Retry-After")
  /// A registrar's or user agent's challenge (RFC 3261 section 20.44).
  public static let wwwAuthenticate = HeaderName("WWW-Authenticate")
  /// A proxy's challenge (RFC 3261 section 20.27).
  public static let proxyAuthenticate = HeaderName("Proxy-Authenticate")
  /// When the message was sent (RFC 3261 section 20.17).
  public static let date = HeaderName("Date")
  /// More about a status (RFC 3261 section 20.43).
  public static let warning = HeaderName("Warning")
  /// Extensions the receiver must understand (RFC 3261 section 20.32).
  public static let require = HeaderName("Require")
  /// Extensions every proxy must understand (RFC 3261 section 20.29).
  public static let proxyRequire = HeaderName("Proxy-Require")
  /// Media types the sender understands (RFC 3261 section 20.1).
  public static let accept = HeaderName("Accept")
  /// What the body is for (RFC 3261 section 20.11).
  public static let contentDisposition = HeaderName("Content-Disposition")
  /// Least seconds of a binding the registrar takes (RFC 3261 section 20.23).
  public static let minExpires = HeaderName("Min-Expires")
  /// Version of MIME, 1.0 (RFC 3261 section 20.24).
  public static let mimeVersion = HeaderName("MIME-Version")
}
