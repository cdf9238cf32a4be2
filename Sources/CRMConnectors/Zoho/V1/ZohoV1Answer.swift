import HTTPTypes
import JSON
import Primitives

/// What every answer of version 1 has in common: the HTTP status is 200 for successes, misses and errors alike
/// (documented), so the body decides.
enum ZohoV1Answer {
  case nothing
  case result(Result)

  /// What `result` holds: rows by module, or the details of an insertion.
  struct Result: Decodable {
    let rows: [String: [ZohoV1Row]]
    let insertedID: String?

    private struct Key: CodingKey {
      let stringValue: String
      var intValue: Int? { nil }
      init(_ name: String) { stringValue = name }
      init?(stringValue: String) { self.stringValue = stringValue }
      init?(intValue: Int) { return nil }
    }

    private struct Module: Decodable { let row: OneOrMany<ZohoV1Row> }

    init(from decoder: any Decoder) throws {
      let keyed = try decoder.container(keyedBy: Key.self)
      var rows: [String: [ZohoV1Row]] = [:]
      for key in keyed.allKeys {
        guard let module = try? keyed.decode(Module.self, forKey: key) else { continue }
        rows[key.stringValue] = module.row.elements
      }
      self.rows = rows
      insertedID = (try? keyed.decode(ZohoV1Row.self, forKey: Key("recorddetail")))?["Id"]
    }
  }

  private struct Envelope: Decodable {
    let response: Response

    struct Response: Decodable {
      let nodata: Coded?
      let error: Coded?
      let result: Result?
    }

    struct Coded: Decodable {
      let code: String?
      private enum Key: String, CodingKey { case code }
      init(from decoder: any Decoder) throws {
        let keyed = try decoder.container(keyedBy: Key.self)
        code = keyed.text(.code) ?? keyed.integer(.code).map { String($0) }
      }
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
      let content: Envelope.Response
      do throws(JSONReader.Failure) {
        content = try JSONReader.read(Envelope.self, from: body).response
      } catch {
        let reason: LogoutReason = status >= 500 ? .serverError : .unreadableAnswer
        switch error {
        case .otherShape: throw CRMRefusal(.unexpectedShape, status: status, reason: reason, leavesDoubt: leavesDoubt)
        case .notJSON: throw CRMRefusal(.unreadableAnswer, status: status, reason: reason, leavesDoubt: leavesDoubt)
        }
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
  private static func refusal(_ code: String?, status: Int) -> CRMRefusal {
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
