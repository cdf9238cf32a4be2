import HTTPTypes
import JSON
import Primitives

/// What every answer of version 1 has in common: the HTTP status is 200 for successes, misses and errors alike
/// (documented), so the body decides.
enum ZohoV1Answer {
  case nothing
  case result(Result)

  /// What `result` holds: rows by module, or the details of an insertion.
  struct Result {
    private(set) var rows: [String: [ZohoV1Row]] = [:]
    private(set) var insertedID: String?

    /// nil for a value that is no object.
    init?(_ cursor: inout JSONCursor) throws(JSONReader.Failure) {
      let isResult = try cursor.members { cursor, name throws(JSONReader.Failure) in
        if name == "recorddetail" {
          if insertedID == nil { insertedID = try ZohoV1Row(&cursor)?["Id"] }
        } else {
          let module = name.string
          if let found = try Self.module(&cursor), rows[module] == nil { rows[module] = found }
        }
      }
      guard isResult else { return nil }
    }

    /// The rows in `row`; nil for what has none, or has one that is no row.
    private static func module(_ cursor: inout JSONCursor) throws(JSONReader.Failure) -> [ZohoV1Row]? {
      var rows: [ZohoV1Row]?
      try cursor.members { cursor, name throws(JSONReader.Failure) in
        guard name == "row", rows == nil else { return }
        var found: [ZohoV1Row] = []
        let areRows = try cursor.oneOrMany { cursor throws(JSONReader.Failure) in
          guard let row = try ZohoV1Row(&cursor) else { return false }
          found.append(row)
          return true
        }
        rows = areRows ? found : nil
      }
      return rows
    }
  }

  /// The members of `response`; what is null counts as absent.
  private struct Content {
    private(set) var nodata: Coded?
    private(set) var error: Coded?
    private(set) var result: Result?
    private var isWellShaped = true

    /// nil for a value that is no object, or has a member of another shape.
    init?(_ cursor: inout JSONCursor) throws(JSONReader.Failure) {
      let isResponse = try cursor.members { cursor, name throws(JSONReader.Failure) in
        guard try cursor.kind != .null else { return }
        switch name {
        case "nodata": if nodata == nil { nodata = note(try Coded(&cursor)) }
        case "error": if error == nil { error = note(try Coded(&cursor)) }
        case "result": if result == nil { result = note(try Result(&cursor)) }
        case _: break
        }
      }
      guard isResponse, isWellShaped else { return nil }
    }

    private mutating func note<Part>(_ part: Part?) -> Part? {
      if part == nil { isWellShaped = false }
      return part
    }

    struct Coded {
      private(set) var code: String?

      /// nil for a value that is no object.
      init?(_ cursor: inout JSONCursor) throws(JSONReader.Failure) {
        let isObject = try cursor.members { cursor, name throws(JSONReader.Failure) in
          if name == "code", code == nil { code = try cursor.textOrInteger() }
        }
        guard isObject else { return nil }
      }
    }
  }

  /// The content of `response`, which is all there is.
  private static func content(_ body: [UInt8]) throws(JSONReader.Failure) -> Content? {
    try JSONCursor.read(body) { cursor throws(JSONReader.Failure) in
      var content: Content?
      try cursor.members { cursor, name throws(JSONReader.Failure) in
        if name == "response", content == nil { content = try Content(&cursor) }
      }
      return content
    }
  }

  static func read(_ answer: CRMAnswer, maximumBytes: Int) throws(CRMRefusal) -> ZohoV1Answer {
    switch answer {
    case .unreachable(let reason): throw CRMRefusal(reason)
    case .response(let response, let body):
      let status = response.status.code
      if (300..<400).contains(status) { throw CRMRefusal(.redirected, status: status, reason: .redirected) }
      let leavesDoubt = status < 300 || status >= 500
      guard body.count <= maximumBytes else {
        throw CRMRefusal(.answerTooLarge, status: status, leavesDoubt: leavesDoubt)
      }
      let reason: LogoutReason = status >= 500 ? .serverError : .unreadableAnswer
      let content: Content?
      do throws(JSONReader.Failure) {
        content = try Self.content(body)
      } catch {
        throw CRMRefusal(.unreadableAnswer, status: status, reason: reason, leavesDoubt: leavesDoubt)
      }
      guard let content else {
        throw CRMRefusal(.unexpectedShape, status: status, reason: reason, leavesDoubt: leavesDoubt)
      }
      if let coded = content.error ?? content.nodata {
        if coded.code == "4422" { return .nothing }
        throw refusal(coded.code, status: status)
      }
      guard let result = content.result, status < 300 else {
        throw CRMRefusal(.unexpectedShape, status: status, leavesDoubt: leavesDoubt)
      }
      return .result(result)
    }
  }

  /// The codes of the error page (documented).
  static func refusal(_ code: String?, status: Int) -> CRMRefusal {
    let (kind, reason): (CRMRefusal.Kind, LogoutReason?) =
      switch code {
      case "4834", "4890", "4000", "4501": (.sessionRefused, nil)
      case "4820", "4421", "4423": (.throttled, .throttled)
      case "4500": (.unavailable, .serverError)
      case "4001", "401", "401.1", "401.2", "401.3": (.refused, .noPermission)
      case "4101", "4102": (.refused, .crmDisabled)
      case _: (.refused, nil)
      }
    return CRMRefusal(
      status: status, code: code.flatMap(speakable) ?? ConnectorFault.unknownCode.rawValue, kind: kind, reason: reason,
      leavesDoubt: kind == .unavailable)
  }

  /// `code` if it has the form of the documented ones, `4834` or `401.1`: too short for a number or a token.
  private static func speakable(_ code: String) -> String? {
    let parts = code.split(separator: ".", omittingEmptySubsequences: false)
    guard let first = parts.first, first.isDigits(3...4), parts.count <= 2,
      parts.dropFirst().allSatisfy({ $0.isDigits(1...1) })
    else { return nil }
    return code
  }
}
