import CRMCloud
import HTTPTypes
import JSON
import Primitives
import Redaction

/// One request and what became of it, without secrets: what the journal and the inspector know.
///
/// Numbers and names of people stay, as in the journal of a run.
struct ExchangeEntry: Sendable {
  /// Of each body, at most so much is kept.
  static let bodyBytesMax = 16 << 10

  let time: Instant
  let received: Instant
  let took: Instant.Span
  let method: String
  let host: String
  let path: String
  let fields: [(name: String, value: String)]
  let body: String
  /// nil where the client got no answer.
  let status: Int?
  let answerFields: [(name: String, value: String)]
  let answer: String
  let answerBytes: Int
  let delivery: String
  let rule: String?

  /// - Parameter path: the request's, without the parts of it that only its cloud knows to be secret.
  init(
    _ request: HTTPRequest, path: String, _ body: [UInt8], _ exchange: FaultyExchange, time: Instant, received: Instant,
    took: Instant.Span, redaction: inout SecretRedaction
  ) {
    self.time = time
    self.received = received
    self.took = took
    method = request.method.rawValue
    host = redaction.text(request.authority ?? "")
    self.path = redaction.text(path)
    fields = redaction.fields(request.headerFields)
    self.body = Self.text(body, request.headerFields[.contentType], &redaction)
    status = exchange.delivery == .lost ? nil : exchange.answer.map { $0.response.status.code }
    let response = exchange.answer?.response
    answerFields = response.map { redaction.fields($0.headerFields) } ?? []
    answer = Self.text(exchange.answer?.body ?? [], response?.headerFields[.contentType], &redaction)
    answerBytes = exchange.answer?.body.count ?? 0
    delivery = exchange.delivery.text
    rule = exchange.rule
  }

  /// Pages show codes and passwords in words of their own, so that none of their text is kept.
  private static func text(_ body: [UInt8], _ type: String?, _ redaction: inout SecretRedaction) -> String {
    if let type, type.hasPrefix("text/html") { return "" }
    return String(decoding: redaction.text(Array(body.prefix(bodyBytesMax))), as: UTF8.self)
  }

  /// About how much memory it takes.
  var bytes: Int {
    let fieldBytes = (fields + answerFields).reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count + 64 }
    return 512 + path.utf8.count + body.utf8.count + answer.utf8.count + fieldBytes
  }

  /// Without header fields and bodies: a line of a list.
  func summary(number: Int) -> [JSONValue.Member] {
    [
      .init("number", .integer(Int64(number))), .init("time", .time(time)), .init("received", .time(received)),
      .init("method", .string(method)), .init("host", .string(host)), .init("path", .string(path)),
      .init("status", status.map { .integer(Int64($0)) } ?? .null), .init("bytes", .integer(Int64(answerBytes))),
      .init("microseconds", .integer(took.nanoseconds / 1000)), .init("delivery", .string(delivery)),
      .init("fault", .optional(rule)),
    ]
  }

  func json(number: Int) -> JSONValue {
    var members = summary(number: number)
    members.append(.init("fields", Self.json(fields)))
    if !body.isEmpty { members.append(.init("body", .string(body))) }
    members.append(.init("answerFields", Self.json(answerFields)))
    if !answer.isEmpty { members.append(.init("answer", .string(answer))) }
    return .object(members)
  }

  private static func json(_ fields: [(name: String, value: String)]) -> JSONValue {
    .array(fields.map { .array([.string($0.name), .string($0.value)]) })
  }
}

extension FaultyExchange.Delivery {
  fileprivate var text: String {
    switch self {
    case .whole: "whole"
    case .lost: "lost"
    case .truncated: "truncated"
    case .endless: "endless"
    case .drip: "drip"
    }
  }
}
