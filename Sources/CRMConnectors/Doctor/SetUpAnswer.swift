import HTTPTypes
import JSON
import Primitives

/// An answer as far as a doctor reads it: the body before the status, and of an error its code alone.
struct SetUpAnswer {
  enum Outcome: Hashable {
    /// Done, whether records were there or not.
    case done
    case refused(CRMFailure)
  }

  static let bytesMax = 1 << 20

  let outcome: Outcome
  /// `401 OAUTH_SCOPE_MISMATCH`, `204`, `timedOut`.
  let told: String
  /// The body; nil where it is no JSON.
  let json: JSONValue?

  /// - Parameters:
  ///   - secrets: never told, even where the server sends one back as its error's code.
  ///   - code: finds an error's code in a body; nil for none.
  init(_ answer: CRMAnswer, secrets: [Secret], code: (JSONValue) -> String?) {
    switch answer {
    case .unreachable(let reason):
      json = nil
      outcome = .refused(CRMFailure(status: nil, code: reason.rawValue))
      told = reason.rawValue
    case .response(let response, let body):
      let status = response.status.code
      json = body.count <= Self.bytesMax ? JSONValue(parsing: body) : nil
      let found =
        if status == 204 {
          nil as String?
        } else if let json {
          code(json).map { Self.speakable($0, secrets) } ?? ((200..<300).contains(status) ? nil : "unexpectedStatus")
        } else {
          body.count <= Self.bytesMax ? "unreadableAnswer" : "answerTooLarge"
        }
      outcome = found.map { .refused(CRMFailure(status: status, code: $0)) } ?? .done
      told = "\(status)" + (found.map { " " + $0 } ?? "")
    }
  }

  /// A code if it has the form of Zoho's: words of letters, or the four digits of version 1. Anything else could hold
  /// a number or a token.
  private static func speakable(_ code: String, _ secrets: [Secret]) -> String {
    let isWord = code.utf8.allSatisfy { byte in
      (97...122).contains(byte | 0x20) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: " ")
    }
    let isNumber = code.utf8.count <= 5 && code.utf8.allSatisfy { (48...57).contains($0) || $0 == UInt8(ascii: ".") }
    let isSecret = secrets.contains { !$0.value.isEmpty && code.contains($0.value) }
    return (1...64).contains(code.utf8.count) && (isWord || isNumber) && !isSecret ? code : "unknownCode"
  }

  /// The error of a whole v2 request: `{"error":…}` of the accounts server, `{"code":…,"status":"error"}` of the API.
  static func codeOfV2(_ body: JSONValue) -> String? {
    if let error = body["error"] { return error.string ?? "" }
    return body["code"]?.string ?? (body["status"]?.string == "error" ? "" : nil)
  }

  /// The error of a v1 request; no data is none (documented: 4422).
  static func codeOfV1(_ body: JSONValue) -> String? {
    guard let response = body["response"] else { return body["users"] == nil ? "" : nil }
    guard let error = response["error"] ?? response["nodata"] else { return nil }
    let code = error["code"]?.string ?? ""
    return code == "4422" ? nil : code
  }
}
