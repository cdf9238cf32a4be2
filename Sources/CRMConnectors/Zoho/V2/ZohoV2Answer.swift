import HTTPTypes
import JSON
import Primitives

/// What every answer of Zoho's has in common: read the body before trusting the status.
enum ZohoV2Answer {
  /// The body of an answer that reports no error.
  enum Body: Hashable {
    /// Status 204: asked for, and not there.
    case nothing
    case bytes([UInt8], status: Int)
  }

  static func read(_ answer: CRMAnswer, maximumBytes: Int) throws(CRMRefusal) -> Body {
    switch answer {
    case .unreachable(let reason): throw CRMRefusal(reason)
    case .response(let response, let body):
      let status = response.status.code
      // The content type may still say JSON (observed).
      if status == 204 { return .nothing }
      if (300..<400).contains(status) { throw CRMRefusal(.redirected, status: status, reason: .redirected) }
      let isDone = (200..<300).contains(status)
      let leavesDoubt = isDone || status >= 500
      guard body.count <= maximumBytes else {
        throw CRMRefusal(.answerTooLarge, status: status, leavesDoubt: leavesDoubt)
      }
      // An error of the whole request is an object without `data` (documented): a page need not be read twice.
      if isDone, body.starts(with: Self.pageStart) { return .bytes(body, status: status) }
      let envelope: Envelope?
      do throws(JSONReader.Failure) {
        envelope = try JSONCursor.read(body) { cursor throws(JSONReader.Failure) in try Envelope(&cursor) }
      } catch {
        throw refusal(status: status, code: nil, fallback: .unreadableAnswer, leavesDoubt: leavesDoubt)
      }
      guard let envelope else {
        throw refusal(status: status, code: nil, fallback: .unexpectedShape, leavesDoubt: leavesDoubt)
      }
      if let code = envelope.errorCode { throw refusal(status: status, code: code, fallback: .unknownCode) }
      guard isDone else {
        throw refusal(status: status, code: nil, fallback: .unexpectedStatus, leavesDoubt: leavesDoubt)
      }
      return .bytes(body, status: status)
    }
  }

  private static let pageStart = Array(#"{"data":"#.utf8)

  /// Reads a body that reports no error, whose `read` gives nil for another shape than documented.
  static func decode<Shape>(
    _ body: [UInt8], status: Int, _ read: (inout JSONCursor) throws(JSONReader.Failure) -> Shape?
  ) throws(CRMRefusal) -> Shape {
    let shape: Shape?
    do throws(JSONReader.Failure) {
      shape = try JSONCursor.read(body, read)
    } catch {
      throw CRMRefusal(.unreadableAnswer, status: status, leavesDoubt: true)
    }
    guard let shape else { throw CRMRefusal(.unexpectedShape, status: status, leavesDoubt: true) }
    return shape
  }

  /// The elements of `data`, each of which has to have the shape.
  static func page<Element>(
    _ body: [UInt8], status: Int, _ read: (inout JSONCursor) throws(JSONReader.Failure) -> Element?
  ) throws(CRMRefusal) -> [Element] {
    try decode(body, status: status) { cursor throws(JSONReader.Failure) in
      var page: [Element]?
      try cursor.members { cursor, name throws(JSONReader.Failure) in
        if name == "data", page == nil { page = try elements(&cursor, read) }
      }
      return page
    }
  }

  /// nil for a value that is no array, or has an element of another shape.
  static func elements<Element>(
    _ cursor: inout JSONCursor, _ read: (inout JSONCursor) throws(JSONReader.Failure) -> Element?
  ) throws(JSONReader.Failure) -> [Element]? {
    var elements: [Element] = []
    var isUniform = true
    let isArray = try cursor.elements { cursor throws(JSONReader.Failure) in
      if let element = try read(&cursor) { elements.append(element) } else { isUniform = false }
    }
    return isArray && isUniform ? elements : nil
  }

  /// A record id: decimal text. Longer than 2^53, so one that came as a number may have been rounded on the way.
  static func isRecordID(_ text: String) -> Bool { text.isDigits(1...32) }

  private static func refusal(
    status: Int, code: String?, fallback: ConnectorFault, leavesDoubt: Bool = false
  ) -> CRMRefusal {
    let isServersFault = status >= 500
    let (kind, reason): (CRMRefusal.Kind, LogoutReason?) =
      switch (status, code) {
      case (429, _), (_, "Access Denied"), (_, "TOO_MANY_REQUESTS"): (.throttled, .throttled)
      case (500..., _): (.unavailable, .serverError)
      case (_, "INVALID_TOKEN"): (.sessionRefused, nil)
      case (_, nil): (.unavailable, .unreadableAnswer)
      case (_, let code?): (.refused, self.reason(for: code))
      }
    return CRMRefusal(
      status: status, code: code.flatMap(speakable) ?? fallback.rawValue, kind: kind, reason: reason,
      leavesDoubt: leavesDoubt || isServersFault)
  }

  /// What the API's codes say of the user; nil where they are about one request (documented).
  static func reason(for code: String) -> LogoutReason? {
    switch code {
    case "OAUTH_SCOPE_MISMATCH": .scopeTooNarrow
    case "NO_PERMISSION": .noPermission
    case "AUTHENTICATION_FAILURE": .loginRefused
    default: nil
    }
  }

  /// `code` if it has the form of Zoho's codes. Digits are left out on purpose: neither a number nor a token passes.
  static func speakable(_ code: String) -> String? {
    guard (1...64).contains(code.utf8.count) else { return nil }
    let isCode = code.utf8.allSatisfy { byte in
      let lowered = byte | 0x20
      return (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(lowered) || byte == UInt8(ascii: "_")
        || byte == UInt8(ascii: " ")
    }
    return isCode ? code : nil
  }

  /// The error of a whole request: `{"error":…}` of the accounts server, `{"code":…,"status":"error"}` of the API.
  private struct Envelope {
    private(set) var errorCode: String?

    /// nil for a body that is no object.
    init?(_ cursor: inout JSONCursor) throws(JSONReader.Failure) {
      var error: String??
      var code: String??
      var status: String??
      let isObject = try cursor.members { cursor, name throws(JSONReader.Failure) in
        switch name {
        case "error": if error == nil { error = .some(try cursor.text()) }
        case "code": if code == nil { code = .some(try cursor.text()) }
        case "status": if status == nil { status = .some(try cursor.text()) }
        case _: break
        }
      }
      guard isObject else { return nil }
      if let error {
        errorCode = error ?? ""
      } else if let named = code ?? nil {
        errorCode = named
      } else if status == "error" {
        errorCode = ""
      }
    }
  }
}
