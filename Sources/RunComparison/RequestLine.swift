public import JSON

/// One CRM request and its answer, as a run's `crm.jsonl` has them.
public struct RequestLine: Hashable, Sendable {
  /// What it was for: `search`, `logCall` and so on.
  public let purpose: String
  /// Which of the appliance's clients sent it, counted from 0.
  public let connector: Int64
  /// `GET` and so on.
  public let method: String
  /// The server's name.
  public let host: String
  /// With its query, without secrets.
  public let path: String
  /// Without secrets; empty where it had none.
  public let body: String
  /// Of the answer; nil where the server could not be reached.
  public let status: Int64?

  /// nil for a value that is no line of a `crm.jsonl`.
  public init?(_ value: JSONValue) {
    guard let purpose = value["purpose"]?.string, let method = value["method"]?.string else { return nil }
    self.purpose = purpose
    self.method = method
    host = value["host"]?.string ?? ""
    path = value["path"]?.string ?? ""
    body = value["body"]?.string ?? ""
    connector = value["connector"]?.wholeNumber ?? 0
    status = value["status"]?.wholeNumber
  }

  /// What was asked of whom, record ids aside.
  var target: String { "\(connector) \(purpose) \(method) \(host) \(RecordIDs.masked(path))" }
  /// `target`, and what was sent and answered.
  var whole: String { "\(target) \(RecordIDs.masked(body)) \(status ?? 0)" }

  /// `purpose method host path`, as reports show it.
  public var text: String { "\(purpose) \(method) \(host)\(path)" }
}

extension JSONValue {
  fileprivate var wholeNumber: Int64? {
    switch self {
    case .integer(let number): number
    case .null, .bool, .decimal, .number, .string, .array, .object: nil
    }
  }
}
