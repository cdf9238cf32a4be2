import Primitives

/// A code that its client exchanges for tokens once.
struct ZohoGrantCode: Codable, Hashable {
  let session: ZohoTokenStore.Session
  /// Where the code was sent; nil for a self-client code, which is read off the console.
  let redirectURI: String?
  let givesRefreshToken: Bool
  let expiry: Instant
}

extension ZohoTokenStore {
  /// Codes waiting at once; the oldest makes room (assumed, far beyond what the limit per client lets through).
  static let maximumCodes = 10_000

  /// Whether one code more of this client would be too many (documented: 10 in 10 minutes; that they slide assumed).
  mutating func isOverCodeLimit(_ clientID: String, at now: Instant) -> Bool {
    guard let limit = settings.maximumGrantCodes else { return false }
    let issues = codeIssues[clientID, default: []].filter { now - $0 < settings.grantCodeSpan }
    codeIssues[clientID] = issues.isEmpty ? nil : issues
    return issues.count >= limit
  }

  /// A new code; nil where the client had too many lately.
  mutating func issueCode(
    for session: Session, redirectURI: String?, givesRefreshToken: Bool, life: Instant.Span, at now: Instant
  ) -> String? {
    guard !isOverCodeLimit(session.clientID, at: now) else { return nil }
    if settings.maximumGrantCodes != nil { codeIssues[session.clientID, default: []].append(now) }
    codes = codes.filter { now < $0.value.expiry }
    if codes.count >= Self.maximumCodes, let oldest = codes.min(by: { $0.value.expiry < $1.value.expiry })?.key {
      codes[oldest] = nil
    }
    let code = newToken()
    codes[code] = ZohoGrantCode(
      session: session, redirectURI: redirectURI, givesRefreshToken: givesRefreshToken, expiry: now + life)
    return code
  }

  /// What a code stands for while it is good.
  func code(_ value: String, at now: Instant) -> ZohoGrantCode? {
    codes[value].flatMap { now < $0.expiry ? $0 : nil }
  }

  /// Uses a code up (documented: single use).
  mutating func useUp(code value: String) { codes[value] = nil }
}
