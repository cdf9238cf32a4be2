public import JSON
public import CRMConnectors
import HTTPTypes
public import Primitives
public import Simulation

/// One request to the CRM and its answer as a line of `crm.jsonl`.
///
/// Credentials are left out: no header is written, of a token request neither query nor bodies, and of other forms not
/// the fields that hold some, in the body, in JSON packed into one of its fields, or in the path's query.
public enum CRMExchangeReport {
  /// Of each body, at most so much is written.
  public static let bodyBytesMax = 4096

  /// `time, answered, connector, request, purpose, method, host, path`, then `body`, and of the answer `status, bytes,
  /// answer`, or `status: null, unreachable`.
  ///
  /// Times are seconds since 1970. Bodies are text, cut to `bodyBytesMax`; empty ones are left out.
  ///
  /// - Parameter number: of the request that this one repeats by hand; nil for none. Then there is no `connector`, but
  ///   `repeats`.
  public static func json(
    _ envelope: CRMEnvelope, sent: Instant, answered: Instant, answer: CRMAnswer, repeating number: Int? = nil
  ) -> JSONValue {
    let request = envelope.request
    let isSecret =
      switch request.purpose {
      case .token: true
      case .search, .create, .logCall, .login, .confirm, .link: false
      }
    let path = request.shownPath
    var members: [JSONValue.Member] = [
      .init("time", .time(sent)), .init("answered", .time(answered)),
      number.map { .init("repeats", .integer(Int64($0))) }
        ?? .init("connector", .integer(Int64(envelope.connector))),
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
      if secretFields.contains(name) { return Array("\(name)=<secret>".utf8)[...] }
      return packedJSON(pair.dropFirst(name.utf8.count + 1)).map { packed in
        Array("\(name)=\(PercentEncoding.encode(packed.hiding(secretFields).text))".utf8)[...]
      } ?? pair
    }
    return Array(pairs.joined(separator: [UInt8(ascii: "&")]))
  }

  /// The object or array that a form's value is, as in SugarCRM's `rest_data=%7B…` (measured); nil for other values.
  private static func packedJSON(_ value: ArraySlice<UInt8>) -> JSONValue? {
    guard value.first == UInt8(ascii: "%") || value.first == UInt8(ascii: "{") else { return nil }
    let plain = PercentEncoding.decode(value.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: " ") : $0 })
    return JSONValue(parsing: Array(plain.utf8))
  }

  private static func text(_ body: [UInt8]) -> String { String(decoding: body.prefix(bodyBytesMax), as: UTF8.self) }
}

extension JSONValue {
  fileprivate var text: String { String(decoding: bytes(), as: UTF8.self) }

  /// With `<secret>` in place of the values of these members, however deep.
  fileprivate func hiding(_ names: Set<String>) -> JSONValue {
    switch self {
    case .object(let members):
      .object(members.map { .init($0.name, names.contains($0.name) ? "<secret>" : $0.value.hiding(names)) })
    case .array(let elements): .array(elements.map { $0.hiding(names) })
    case .null, .bool, .integer, .decimal, .number, .string: self
    }
  }
}
