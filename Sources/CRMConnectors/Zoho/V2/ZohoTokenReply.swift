import JSON
import Primitives

/// The accounts server's answer to a refresh (documented; variants observed in Zoho's SDKs and in issue threads).
struct ZohoTokenReply {
  private var accessToken: String?
  private var apiDomain: String?
  private var expiresInSeconds: Int64?
  private var expiresIn: Int64?

  /// nil for a value that is no object.
  private init?(_ cursor: inout JSONCursor) throws(JSONReader.Failure) {
    let isReply = try cursor.members { cursor, name throws(JSONReader.Failure) in
      switch name {
      case "access_token": if accessToken == nil { accessToken = try cursor.text() }
      case "api_domain": if apiDomain == nil { apiDomain = try cursor.text() }
      case "expires_in_sec": if expiresInSeconds == nil { expiresInSeconds = try cursor.writtenInteger() }
      case "expires_in": if expiresIn == nil { expiresIn = try cursor.writtenInteger() }
      case _: break
      }
    }
    guard isReply else { return nil }
  }

  static func read(
    _ answer: CRMAnswer, dataCentre: ZohoDataCentre, settings: ConnectorSettings, at now: Instant
  ) throws(CRMRefusal) -> CRMSession {
    let content: ZohoV2Answer.Body
    do throws(CRMRefusal) {
      content = try ZohoV2Answer.read(answer, maximumBytes: settings.maximumAnswerBytes)
    } catch {
      throw error.kind == .refused ? error.because(reason(for: error.failure.code)) : error
    }
    switch content {
    case .nothing: throw CRMRefusal(.unexpectedStatus, status: 204)
    case .bytes(let body, let status):
      let reply = try ZohoV2Answer.decode(body, status: status) { cursor throws(JSONReader.Failure) in
        try ZohoTokenReply(&cursor)
      }
      guard let value = reply.accessToken, isToken(value) else { throw CRMRefusal(.unexpectedShape, status: status) }
      return CRMSession(
        value: Secret(value), apiHost: reply.apiDomain.flatMap(ZohoDataCentre.apiHost) ?? dataCentre.apiHost,
        expiry: now + (reply.life ?? settings.assumedTokenLife))
    }
  }

  /// What the accounts server's codes say of the credentials (documented: OAuth troubleshooting, Kaizen post 4).
  static func reason(for code: String) -> LogoutReason {
    switch code {
    case "invalid_client": .clientUnknown
    case "invalid_client_secret": .clientSecretWrong
    case "invalid_code": .refreshTokenDead
    case "invalid_scope": .scopeTooNarrow
    default: .loginRefused
    }
  }

  /// Older replies pair `expires_in_sec` with an `expires_in` in milliseconds; alone, a day's worth of seconds tells
  /// the two apart. A life that is not positive counts as absent.
  private var life: Instant.Span? {
    if let seconds = expiresInSeconds, seconds > 0 { return .seconds(min(seconds, Self.longestLifeSeconds)) }
    guard let number = expiresIn, number > 0 else { return nil }
    return number > Self.longestLifeSeconds
      ? .seconds(min(number / 1000, Self.longestLifeSeconds)) : .seconds(number)
  }

  private static let longestLifeSeconds: Int64 = 86_400

  /// Fit for a header field: anything else could smuggle in a field of its own.
  private static func isToken(_ text: String) -> Bool {
    (1...512).contains(text.utf8.count) && text.utf8.allSatisfy { PercentEncoding.isUnreserved($0) }
  }
}
