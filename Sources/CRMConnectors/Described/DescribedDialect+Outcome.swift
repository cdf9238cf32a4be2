import HTTPTypes
import JSON
import Primitives

extension DescribedDialect {
  /// An answer that did what was asked for.
  struct Content {
    let value: JSONValue
    let status: Int
  }

  /// What an answer says; nil for a miss.
  ///
  /// The body is read before the status is trusted: the description's rules come first, then an error code in the body
  /// is a refusal, then statuses mean what HTTP says (RFC 9110): 204 nothing there, 3xx elsewhere, 401 session refused,
  /// 429 throttled, 5xx unavailable with the request perhaps carried out, other 4xx refused.
  /// - Parameter leavesDoubt: whether something was to be made, so that an answer that cannot be read hides whether.
  func content(_ answer: CRMAnswer, leavesDoubt: Bool = false) throws(CRMRefusal) -> Content? {
    switch answer {
    case .unreachable(let reason): throw CRMRefusal(reason)
    case .response(let response, let body):
      let status = response.status.code
      let isDone = (200..<300).contains(status)
      guard body.count <= settings.maximumAnswerBytes else {
        throw CRMRefusal(.answerTooLarge, status: status, leavesDoubt: isDone || status >= 500)
      }
      let value = body.isEmpty ? nil : JSONValue(parsing: body)
      let code = value.flatMap { value in
        description.errorCodes.lazy.flatMap { $0.texts(in: value) }.first { !$0.isEmpty }
      }
      if let rule = description.outcomes.first(where: { $0.applies(to: status, code) }) {
        guard rule.meaning == .done else { return try follow(rule, status, code) }
      } else {
        try refuseByStatus(status, code)
        if status == 204 { return nil }
      }
      guard let value else {
        if body.isEmpty, leavesDoubt == false, isDone { return Content(value: .null, status: status) }
        throw CRMRefusal(.unreadableAnswer, status: status, leavesDoubt: leavesDoubt)
      }
      return Content(value: value, status: status)
    }
  }

  private func follow(_ rule: DescribedOutcome, _ status: Int, _ code: String?) throws(CRMRefusal) -> Content? {
    let (kind, reason, doubt): (CRMRefusal.Kind, LogoutReason?, Bool)
    switch rule.meaning {
    case .done, .miss: return nil
    case .sessionRefused: (kind, reason, doubt) = (.sessionRefused, nil, false)
    case .throttled: (kind, reason, doubt) = (.throttled, .throttled, false)
    case .unavailable: (kind, reason, doubt) = (.unavailable, .serverError, true)
    case .refused: (kind, reason, doubt) = (.refused, nil, false)
    }
    // A code that the description names is no secret.
    let named = code.flatMap { rule.codes.contains($0) ? $0 : Self.speakable($0) }
    throw CRMRefusal(
      status: status, code: named ?? ConnectorFault.unknownCode.rawValue, kind: kind, reason: rule.reason ?? reason,
      leavesDoubt: doubt, silence: rule.wait)
  }

  private func refuseByStatus(_ status: Int, _ code: String?) throws(CRMRefusal) {
    let (kind, reason): (CRMRefusal.Kind, LogoutReason?)
    switch status {
    case 200..<300 where code == nil: return
    case 200..<300: (kind, reason) = (.refused, nil)
    case 300..<400: throw CRMRefusal(.redirected, status: status, reason: .redirected)
    case 401: (kind, reason) = (.sessionRefused, nil)
    case 429: (kind, reason) = (.throttled, .throttled)
    case 400..<500: (kind, reason) = (.refused, nil)
    default: (kind, reason) = (.unavailable, .serverError)
    }
    throw CRMRefusal(
      status: status,
      code: code.map { Self.speakable($0) ?? ConnectorFault.unknownCode.rawValue }
        ?? ConnectorFault.unexpectedStatus.rawValue,
      kind: kind, reason: reason, leavesDoubt: status >= 500)
  }

  /// `code` if it looks like one. Digits are left out on purpose: neither a number nor a token passes.
  private static func speakable(_ code: String) -> String? {
    guard (1...64).contains(code.utf8.count) else { return nil }
    let isCode = code.utf8.allSatisfy { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || "_-. ".utf8.contains(byte)
    }
    return isCode ? code : nil
  }
}
