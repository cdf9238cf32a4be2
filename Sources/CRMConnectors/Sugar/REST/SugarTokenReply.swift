import JSON
import Primitives

/// The answer of `oauth2/token` (documented).
enum SugarTokenReply {
  static func read(
    _ answer: CRMAnswer, host: String, settings: ConnectorSettings, at now: Instant
  ) throws(CRMRefusal) -> CRMSession {
    let value: JSONValue
    do throws(CRMRefusal) {
      value = try SugarRESTAnswer.read(answer, maximumBytes: settings.maximumAnswerBytes)
    } catch {
      // `need_login` is bad credentials here, and `invalid_grant` a refresh token that has ended.
      throw error.kind == .sessionRefused ? error.because(.credentialsWrong) : error
    }
    guard let token = value["access_token"]?.string, isToken(token) else {
      throw CRMRefusal(.unexpectedShape, status: 200)
    }
    var session = CRMSession(value: Secret(token), apiHost: host, expiry: now + life(value, settings))
    session.renewal = value["refresh_token"]?.string.flatMap { isToken($0) ? Secret($0) : nil }
    return session
  }

  private static func life(_ value: JSONValue, _ settings: ConnectorSettings) -> Instant.Span {
    guard let text = value["expires_in"]?.sugarText, let seconds = Int64(text), seconds > 0 else {
      return settings.assumedTokenLife
    }
    return .seconds(min(seconds, 86_400))
  }

  /// Fit for a header field: anything else could smuggle in a field of its own.
  private static func isToken(_ text: String) -> Bool {
    (1...512).contains(text.utf8.count) && text.utf8.allSatisfy { PercentEncoding.isUnreserved($0) }
  }
}
