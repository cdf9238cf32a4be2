import HTTPTypes
import JSON
import Primitives

/// What every answer of the REST API has in common: a status, and an object that names the error (documented).
enum SugarRESTAnswer {
  /// The body of an answer that reports no error.
  static func read(_ answer: CRMAnswer, maximumBytes: Int) throws(CRMRefusal) -> JSONValue {
    switch answer {
    case .unreachable(let reason): throw CRMRefusal(reason)
    case .response(let response, let body):
      let status = response.status.code
      let isDone = (200..<300).contains(status)
      let leavesDoubt = isDone || status >= 500
      guard body.count <= maximumBytes else {
        throw CRMRefusal(.answerTooLarge, status: status, leavesDoubt: leavesDoubt)
      }
      let value = JSONValue(parsing: body)
      if let code = value?["error"]?.string {
        throw refusal(code, status: status, silence: status == 429 ? silence(response) : nil)
      }
      // A wrong version is told with 301 and a body (first-party source); every other redirect leads elsewhere.
      if (300..<400).contains(status) { throw CRMRefusal(.redirected, status: status, reason: .redirected) }
      guard isDone else { throw unexplained(status, silence: silence(response)) }
      guard let value else { throw CRMRefusal(.unreadableAnswer, status: status, leavesDoubt: true) }
      return value
    }
  }

  static func otherShape(_ status: Int = 200) -> CRMRefusal {
    CRMRefusal(.unexpectedShape, status: status, leavesDoubt: true)
  }

  /// The labels of the error classes (first-party source; 404, 409, 422 and 503 recalled).
  private static func refusal(_ code: String, status: Int, silence: Instant.Span?) -> CRMRefusal {
    let (kind, reason): (CRMRefusal.Kind, LogoutReason?) =
      switch (code, status) {
      case (_, 429): (.throttled, .throttled)
      case ("need_login", _), ("invalid_grant", _): (.sessionRefused, nil)
      case ("not_authorized", _): (.refused, .noPermission)
      case ("maintenance", _): (.unavailable, .serverError)
      case ("incorrect_version", _): (.refused, .loginRefused)
      case (_, 500...): (.unavailable, .serverError)
      case (_, _): (.refused, nil)
      }
    return CRMRefusal(
      status: status, code: ZohoV2Answer.speakable(code) ?? ConnectorFault.unknownCode.rawValue, kind: kind,
      reason: reason, leavesDoubt: status >= 500 && code != "maintenance", silence: silence)
  }

  private static func unexplained(_ status: Int, silence: Instant.Span?) -> CRMRefusal {
    let (kind, reason): (CRMRefusal.Kind, LogoutReason) =
      switch status {
      case 429: (.throttled, .throttled)
      case 500...: (.unavailable, .serverError)
      case _: (.unavailable, .unreadableAnswer)
      }
    return CRMRefusal(
      status: status, code: ConnectorFault.unexpectedStatus.rawValue, kind: kind, reason: reason,
      leavesDoubt: status >= 500, silence: status == 429 ? silence : nil)
  }

  /// `Retry-After` in seconds (RFC 9110), an hour at most.
  private static func silence(_ response: HTTPResponse) -> Instant.Span? {
    guard let text = response.headerFields[.retryAfter], text.isDigits(1...9), let seconds = Int64(text) else {
      return nil
    }
    return .seconds(min(seconds, 3600))
  }
}
