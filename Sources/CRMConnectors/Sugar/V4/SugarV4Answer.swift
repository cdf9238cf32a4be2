import HTTPTypes
import JSON
import Primitives

/// What every answer of v4_1 has in common: status 200 for successes and errors alike, so the body decides; a call that
/// PHP could not even make is status 500 with nothing, or with a text of the database's (measured).
enum SugarV4Answer {
  /// The answer of a call that reports no error; nil for `null`, which is all that some calls say.
  static func read(_ answer: CRMAnswer, maximumBytes: Int) throws(CRMRefusal) -> JSONValue? {
    switch answer {
    case .unreachable(let reason): throw CRMRefusal(reason)
    case .response(let response, let body):
      let status = response.status.code
      if (300..<400).contains(status) { throw CRMRefusal(.redirected, status: status, reason: .redirected) }
      // The script may have got far before it broke off.
      let leavesDoubt = status < 300 || status >= 500
      guard body.count <= maximumBytes else {
        throw CRMRefusal(.answerTooLarge, status: status, leavesDoubt: leavesDoubt)
      }
      guard status != 429 else {
        throw CRMRefusal(
          status: status, code: ConnectorFault.unexpectedStatus.rawValue, kind: .throttled, reason: .throttled)
      }
      let value = JSONValue(parsing: body)
      if let value, let error = Error(value) { throw error.refusal(status: status) }
      guard (200..<300).contains(status) else {
        let reason: LogoutReason = status >= 500 ? .serverError : .unreadableAnswer
        throw CRMRefusal(.unexpectedStatus, status: status, reason: reason, leavesDoubt: leavesDoubt)
      }
      guard let value else { throw CRMRefusal(.unreadableAnswer, status: status, leavesDoubt: true) }
      return value == .null ? nil : value
    }
  }

  /// Of another shape than documented; what was asked for may have been done.
  static var otherShape: CRMRefusal { CRMRefusal(.unexpectedShape, status: 200, leavesDoubt: true) }

  /// An object with `name`, `number` and `description`, the number whole or as text (measured).
  private struct Error {
    let number: String?

    init?(_ value: JSONValue) {
      guard let given = value["number"], value["name"] != nil, value["description"] != nil else { return nil }
      number = given.sugarText.flatMap { text in
        (text.first == "-" ? text.dropFirst() : text[...]).isDigits(1...4) ? text : nil
      }
    }

    /// The numbers of the error list (first-party source).
    func refusal(status: Int) -> CRMRefusal {
      let (kind, reason): (CRMRefusal.Kind, LogoutReason?) =
        switch number {
        case "11": (.sessionRefused, nil)
        // Wrong user or password; password expired; locked out.
        case "10", "1008", "1009": (.refused, .credentialsWrong)
        case "12", "20", "30", "31", "40": (.refused, .noPermission)
        case "60", "90": (.throttled, .throttled)
        case _: (.refused, nil)
        }
      return CRMRefusal(
        status: status, code: number ?? ConnectorFault.unknownCode.rawValue, kind: kind, reason: reason)
    }
  }
}

extension JSONValue {
  /// A text, or a number as one: servers of this family write the same value either way (measured).
  var sugarText: String? {
    switch self {
    case .string(let text): text
    case .integer(let number): String(number)
    case .bool(let flag): flag ? "1" : "0"
    case .null, .decimal, .number, .array, .object: nil
    }
  }

  /// `name_value_list`: an object of `{name, value}` by name (measured), or a list of them (observed in older servers).
  var sugarNameValues: SugarRecordFields {
    var values: [String: String] = [:]
    for element in array ?? members?.map(\.value) ?? [] {
      guard let name = element["name"]?.string, let value = element["value"]?.sugarText else { continue }
      values[name] = value
    }
    return SugarRecordFields(values)
  }
}
