import JSON
import Primitives

/// What a body says of errors: an array of `{message, errorCode, fields}` by the API, one object `{error,
/// error_description}` by the OAuth endpoints (documented).
struct SalesforceError: Decodable {
  /// nil where the body reports none; empty where it reports one without a code.
  let code: String?
  /// Never shown: it may repeat what was sent.
  private let message: String?

  private struct Entry: Decodable {
    let code: String?
    let message: String?

    private enum Key: String, CodingKey { case errorCode, statusCode, error, message }

    init(from decoder: any Decoder) throws {
      let keyed = try decoder.container(keyedBy: Key.self)
      message = keyed.text(.message)
      code =
        keyed.text(.errorCode) ?? keyed.text(.statusCode)
        ?? (keyed.contains(.error) ? keyed.text(.error) ?? "" : nil)
    }
  }

  init(from decoder: any Decoder) throws {
    var first: Entry?
    if var list = try? decoder.unkeyedContainer() {
      first = list.isAtEnd ? nil : try? list.decode(Entry.self)
    } else {
      first = try Entry(from: decoder)
    }
    code = first?.code
    message = first?.message
  }

  /// Of an answer with this status.
  func refusal(status: Int, _ settings: SalesforceSettings) -> CRMRefusal {
    let code = code ?? ""
    let (kind, reason): (CRMRefusal.Kind, LogoutReason?) =
      switch (status, code) {
      case (_, "REQUEST_LIMIT_EXCEEDED"), (429, _): (.throttled, .throttled)
      case (500..., _): (.unavailable, .serverError)
      case (401, _), (_, "INVALID_SESSION_ID"): (.sessionRefused, nil)
      // Others were writing the same record, or the server gave up; it did nothing (documented).
      case (_, "UNABLE_TO_LOCK_ROW"), (_, "QUERY_TIMEOUT"), (_, "SERVER_UNAVAILABLE"), (_, "REQUEST_RUNNING_TOO_LONG"):
        (.unavailable, .serverError)
      case (_, _): (.refused, Self.reason(of: code))
      }
    return CRMRefusal(
      status: status, code: SalesforceAnswer.speakable(code) ?? ConnectorFault.unknownCode.rawValue, kind: kind,
      reason: reason, leavesDoubt: status >= 500,
      silence: code == "REQUEST_LIMIT_EXCEEDED" && !isOfConcurrency ? settings.dailyLimitSilence : nil)
  }

  /// Too many at the same time has the same code as the day's limit, and passes with the calls under way (recalled).
  private var isOfConcurrency: Bool { message?.hasPrefix("Concurrent") ?? false }

  /// What the codes say of the user; nil where they are about one request. An object or a field that a profile hides
  /// is one that is not there (documented).
  static func reason(of code: String) -> LogoutReason? {
    switch code {
    case "API_DISABLED_FOR_ORG", "INSUFFICIENT_ACCESS", "INSUFFICIENT_ACCESS_OR_READONLY", "FUNCTIONALITY_NOT_ENABLED",
      "INVALID_TYPE", "INVALID_FIELD", "INVALID_FIELD_FOR_INSERT_UPDATE":
      .noPermission
    default: nil
    }
  }
}
