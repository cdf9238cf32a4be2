public import CRMConnectors
import HTTPTypes
import JSON
import Primitives
import Redaction

/// Takes secrets, and people's data if wanted, out of traffic on its way to a cassette or to a comparison with one.
public struct CassetteRedaction: Sendable {
  /// What becomes of names and numbers.
  public enum People: String, Hashable, Sendable, CaseIterable {
    /// Invented ones take their place.
    case pseudonyms
    /// They stay: the cassette is as confidential as the CRM.
    case keep
  }

  /// What becomes of names and numbers.
  public let people: People
  private var requestSecrets = SecretRedaction(.kinds)
  private var answerSecrets = SecretRedaction(.numbered)
  private var pseudonyms = Pseudonyms()

  /// Knows no secret and nobody yet.
  public init(people: People) { self.people = people }

  /// The request as a cassette knows it. Called once for each, in their order.
  public mutating func request(_ request: CRMRequest) -> CassetteRequest {
    let head = request.request
    // Learnt first, so that a token is known wherever else it stands.
    _ = requestSecrets.fields(head.headerFields)
    let halves = request.shownPath.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let isForm = Self.isForm(head)
    let given = halves.count > 1 ? Self.hiding(request.secretFields, in: Array(halves[1].utf8)) : []
    let query = String(decoding: requestSecrets.text(given), as: UTF8.self)
    let sent = isForm ? Self.hiding(request.secretFields, in: request.body) : request.body
    return CassetteRequest(
      purpose: request.purpose.rawValue, method: head.method.rawValue,
      host: (head.authority ?? "").prefix { $0 != ":" }.lowercased(),
      path: plain(requestSecrets.text(String(halves.first ?? "/"))), query: parameters(query),
      body: body(requestSecrets.text(sent), isForm: isForm))
  }

  /// The answer as a cassette keeps it; stand-ins of tokens can be told apart, so that they work when played back.
  public mutating func answer(_ answer: CRMAnswer) -> CassetteAnswer {
    switch answer {
    case .unreachable(let reason): return .unreachable(reason)
    case .response(let response, let body):
      let fields = answerSecrets.fields(response.headerFields).map {
        [
          $0.name, plain(String(decoding: requestSecrets.known(in: Array($0.value.utf8)), as: UTF8.self), in: .answer),
        ]
      }
      let text = requestSecrets.known(in: answerSecrets.text(body))
      return .response(
        status: response.status.code, fields: fields, body: self.text(text))
    }
  }

  /// What a client is to get of a recorded answer: with the numbers it asked for itself put back.
  func played(_ body: String) -> [UInt8] {
    switch people {
    case .keep: Array(body.utf8)
    case .pseudonyms: pseudonyms.restoringNumbers(Array(body.utf8))
    }
  }

  private mutating func plain(_ text: String, in origin: Pseudonyms.Origin = .request) -> String {
    switch people {
    case .keep: text
    case .pseudonyms: pseudonyms.text(text, in: origin)
    }
  }

  private mutating func text(_ bytes: [UInt8]) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    switch people {
    case .keep: return text
    case .pseudonyms:
      guard let value = JSONValue(parsing: bytes) else { return pseudonyms.text(text, in: .answer) }
      return String(decoding: pseudonyms.value(value, in: .answer).bytes(), as: UTF8.self)
    }
  }

  private mutating func body(_ bytes: [UInt8], isForm: Bool) -> String {
    if let value = JSONValue(parsing: bytes) {
      let own = people == .keep ? value : pseudonyms.value(value, in: .request)
      return String(decoding: own.sorted.bytes(), as: UTF8.self)
    }
    let text = String(decoding: bytes, as: UTF8.self)
    guard isForm else { return plain(text) }
    return parameters(text).map { $0.joined(separator: "=") }.joined(separator: "\n")
  }

  private mutating func parameters(_ text: String) -> [[String]] {
    let pairs = text.utf8.split(separator: UInt8(ascii: "&")).map { pair in
      pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false).map { half in
        PercentEncoding.decode(half.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: " ") : $0 })
      }
    }
    return pairs.map { $0.map { half($0) } }.sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// A parameter's name or value; JSON packed into one, as SugarCRM's and vTiger's requests have it, as a body is.
  private mutating func half(_ text: String) -> String {
    switch JSONValue(parsing: Array(text.utf8)) {
    case .object?, .array?: body(Array(text.utf8), isForm: false)
    case .null?, .bool?, .integer?, .decimal?, .number?, .string?, nil: plain(text)
    }
  }

  /// A query or form in which the values that the client itself names as secret are gone, but for those whose name says
  /// what kind of secret they are.
  private static func hiding(_ names: Set<String>, in form: [UInt8]) -> [UInt8] {
    let unknown = names.filter { !SecretKind.isName($0) }
    guard !unknown.isEmpty else { return form }
    let pairs = form.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: false).map { pair in
      let name = String(decoding: pair.prefix { $0 != UInt8(ascii: "=") }, as: UTF8.self)
      return unknown.contains(name) ? Array("\(name)=<token>".utf8) : Array(pair)
    }
    return Array(pairs.joined(separator: [UInt8(ascii: "&")]))
  }

  private static func isForm(_ request: HTTPRequest) -> Bool {
    request.headerFields[.contentType]?.lowercased().hasPrefix("application/x-www-form-urlencoded") ?? false
  }
}

/// An answer as a cassette keeps it.
public enum CassetteAnswer: Hashable, Sendable {
  case response(status: Int, fields: [[String]], body: String)
  case unreachable(CRMAnswer.UnreachableReason)
}

extension JSONValue {
  /// With the members of every object in the order of their names.
  var sorted: JSONValue {
    switch self {
    case .object(let members):
      .object(members.sorted { $0.name < $1.name }.map { .init($0.name, $0.value.sorted) })
    case .array(let elements): .array(elements.map(\.sorted))
    case .null, .bool, .integer, .decimal, .number, .string: self
    }
  }
}
