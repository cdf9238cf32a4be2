import CRMConnectors
import JSON

/// Recorded CRM traffic, as JSON lines: a head that names the version, then an exchange a line, in their order.
public struct Cassette: Sendable {
  /// Of the format; a file of a later one is refused.
  public static let version = 1
  /// Exchanges of one cassette.
  public static let maximumEntries = 1_000_000
  /// Of a file.
  public static let bytesMax = 256 << 20

  /// One request with its answer, and the line it stands in.
  public struct Entry: Hashable, Sendable {
    /// Counted from 1; the head's is 1.
    public let line: Int
    /// Without secrets.
    public let request: CassetteRequest
    /// Without secrets.
    public let answer: CassetteAnswer
  }

  /// What became of names and numbers when it was recorded.
  public let people: CassetteRedaction.People
  /// In the order of the file.
  public internal(set) var entries: [Entry]

  /// The file's first line.
  public static func head(_ people: CassetteRedaction.People) -> [UInt8] {
    let value: JSONValue = ["cassette": .integer(Int64(version)), "people": .string(people.rawValue)]
    return value.bytes() + [UInt8(ascii: "\n")]
  }

  /// One line of the file.
  public static func line(_ request: CassetteRequest, _ answer: CassetteAnswer) -> [UInt8] {
    var members: [JSONValue.Member] = [
      .init("purpose", .string(request.purpose)), .init("method", .string(request.method)),
      .init("host", .string(request.host)), .init("path", .string(request.path)),
    ]
    if !request.query.isEmpty { members.append(.init("query", .pairs(request.query))) }
    if !request.body.isEmpty { members.append(.init("body", .string(request.body))) }
    switch answer {
    case .unreachable(let reason): members.append(.init("unreachable", .string(reason.rawValue)))
    case .response(let status, let fields, let body):
      members.append(.init("status", .integer(Int64(status))))
      if !fields.isEmpty { members.append(.init("fields", .pairs(fields))) }
      if !body.isEmpty { members.append(.init("answer", .string(body))) }
    }
    return JSONValue.object(members).bytes() + [UInt8(ascii: "\n")]
  }
}

extension JSONValue {
  fileprivate static func pairs(_ pairs: [[String]]) -> JSONValue {
    .array(pairs.map { .array($0.map(JSONValue.string)) })
  }
}
