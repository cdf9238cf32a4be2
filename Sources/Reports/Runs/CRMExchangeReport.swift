public import JSON
public import CRMConnectors
import HTTPTypes
public import Primitives
public import Simulation

/// One request to the CRM and its answer as a line of `crm.jsonl`.
///
/// Credentials are left out: no header is written, of a token request neither query nor bodies, and of other forms not
/// the fields that hold some, in the body or in the path's query.
public enum CRMExchangeReport {
  /// Of each body, at most so much is written.
  public static let bodyBytesMax = 4096

  /// `time, answered, connector, request, purpose, method, host, path`, then `body`, and of the answer `status, bytes,
  /// answer`, or `status: null, unreachable`.
  ///
  /// Times are seconds since 1970. Bodies are text, cut to `bodyBytesMax`; empty ones are left out.
  public static func json(_ envelope: CRMEnvelope, sent: Instant, answered: Instant, answer: CRMAnswer) -> JSONValue {
    let request = envelope.request
    let isSecret =
      switch request.purpose {
      case .token: true
      case .search, .create, .logCall, .login, .confirm, .link: false
      }
    let path = request.request.path ?? "/"
    var members: [JSONValue.Member] = [
      .init("time", .time(sent)), .init("answered", .time(answered)),
      .init("connector", .integer(Int64(envelope.connector))),
      .init("request", .integer(Int64(request.id.rawValue))),
      .init("purpose", .string(request.purpose.rawValue)),
      .init("method", .string(request.request.method.rawValue)),
      .init("host", .string(request.request.authority ?? "")),
      .init("path", .string(isSecret ? String(path.prefix { $0 != "?" }) : shown(path, of: request))),
    ]
    if !isSecret, !request.body.isEmpty { members.append(.init("body", .string(shown(request)))) }
    switch answer {
    case .response(let response, let body):
      members.append(.init("status", .integer(Int64(response.status.code))))
      members.append(.init("bytes", .integer(Int64(body.count))))
      if !isSecret, !body.isEmpty { members.append(.init("answer", .string(text(body)))) }
    case .unreachable(let reason):
      members.append(.init("status", .null))
      members.append(.init("unreachable", .string(reason.rawValue)))
    }
    return .object(members)
  }

  /// The body without the values of its secret fields.
  private static func shown(_ request: CRMRequest) -> String {
    text(shown(request.body, hiding: request.secretFields))
  }

  /// The path without the values of secret parameters in its query.
  private static func shown(_ path: String, of request: CRMRequest) -> String {
    let target = Array(path.utf8)
    guard !request.secretFields.isEmpty, let mark = target.firstIndex(of: UInt8(ascii: "?")) else { return path }
    let query = shown(Array(target[(mark + 1)...]), hiding: request.secretFields)
    return String(decoding: target[...mark] + query, as: UTF8.self)
  }

  private static func shown(_ form: [UInt8], hiding secretFields: Set<String>) -> [UInt8] {
    guard !secretFields.isEmpty else { return form }
    let pairs = form.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: false).map { pair in
      let name = String(decoding: pair.prefix { $0 != UInt8(ascii: "=") }, as: UTF8.self)
      return secretFields.contains(name) ? Array("\(name)=<secret>".utf8)[...] : pair
    }
    return Array(pairs.joined(separator: [UInt8(ascii: "&")]))
  }

  private static func text(_ body: [UInt8]) -> String { String(decoding: body.prefix(bodyBytesMax), as: UTF8.self) }
}
