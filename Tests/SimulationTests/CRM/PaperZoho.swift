import CRMConnectors
import HTTPTypes
import JSON
import Primitives

/// As much of Zoho as a telephone integration meets, in both versions: what stands in it can be read by a test, and
/// what goes wrong is the test's to say.
struct PaperZoho: BenchCRM {
  struct Record: Hashable {
    let id: String
    var fields: [String: String]
  }

  enum TokenState: CaseIterable {
    case good, expired, revoked, scopeTooNarrow
  }

  enum Mishap: Hashable {
    /// Nothing is carried out; no answer comes.
    case dead
    /// Carried out; no answer comes.
    case answerLost
    /// Nothing is carried out.
    case status(Int)
    /// Carried out; half the answer comes.
    case cut
  }

  var token = TokenState.good
  /// By module, oldest first.
  var records: [String: [Record]] = [:]
  /// `search POST /crm/…` without queries.
  var journal: [String] = []
  /// From a record's creation until a search finds it.
  var indexDelaySeconds: Int64 = 0
  /// What goes wrong with a request; nil for nothing.
  var mishap: ((CRMRequest, Instant) -> Mishap?)?
  private var createdAt: [String: Instant] = [:]
  private var lastID = 4_000_000_000_000_000_000
  private var tokensGiven = 0

  mutating func add(_ module: String, _ fields: [String: String], at now: Instant = Instant(seconds: 0)) -> String {
    lastID += 1
    records[module, default: []].append(Record(id: String(lastID), fields: fields))
    createdAt[String(lastID)] = now
    return String(lastID)
  }

  func texts(_ module: String, _ field: String) -> [String] { (records[module] ?? []).map { $0.fields[field] ?? "" } }

  mutating func answer(_ request: CRMRequest, at now: Instant) -> (answer: CRMAnswer, delaySeconds: Double?) {
    let path = request.request.path ?? ""
    journal.append("\(request.purpose.rawValue) \(request.request.method.rawValue) \(path.prefix { $0 != "?" })")
    let trouble = mishap?(request, now)
    switch trouble {
    case .dead: return (.unreachable(.timedOut), 10)
    case .status(let status): return (Self.json(status, ["message": "trouble"]), nil)
    case .answerLost, .cut, nil: break
    }
    let answer = path.hasPrefix("/crm/private/") ? v1(request, at: now) : v2(request, at: now)
    switch (trouble, answer) {
    case (.answerLost, _): return (.unreachable(.timedOut), 10)
    case (.cut, .response(let response, let body)):
      return (.response(response, body: Array(body.prefix(body.count / 2))), nil)
    case (_, _): return (answer, nil)
    }
  }

  static func json(_ status: Int, _ value: JSONValue) -> CRMAnswer {
    .response(HTTPResponse(status: .init(code: status)), body: value.bytes())
  }

  /// Records whose fields for numbers end in the same digits.
  func found(_ module: String, _ number: String, at now: Instant) -> [Record] {
    let wanted = number.filter(\.isNumber).suffix(9)
    return (records[module] ?? []).filter { record in
      guard let created = createdAt[record.id], now - created >= .seconds(indexDelaySeconds) else { return false }
      return ["Phone", "Mobile"].contains { record.fields[$0]?.filter(\.isNumber).hasSuffix(wanted) ?? false }
    }
  }

  static func pairs(_ text: some StringProtocol) -> [String: String] {
    var result: [String: String] = [:]
    for pair in text.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      result[String(parts[0])] = PercentEncoding.decode(Array((parts.count > 1 ? parts[1] : "").utf8))
    }
    return result
  }

  private mutating func v2(_ request: CRMRequest, at now: Instant) -> CRMAnswer {
    let path = request.request.path ?? ""
    if path.hasPrefix("/oauth/") {
      guard token != .revoked else { return Self.json(200, ["error": "invalid_code"]) }
      tokensGiven += 1
      return Self.json(200, ["access_token": .string("1000.t.\(tokensGiven)"), "expires_in": 3600])
    }
    guard request.request.headerFields[.authorization] == "Zoho-oauthtoken 1000.t.\(tokensGiven)",
      !(token == .expired && tokensGiven == 1)
    else { return Self.json(401, ["code": "INVALID_TOKEN", "details": [:], "message": "", "status": "error"]) }
    guard token != .scopeTooNarrow else {
      return Self.json(401, ["code": "OAUTH_SCOPE_MISMATCH", "details": [:], "message": "", "status": "error"])
    }
    let parts = path.dropFirst("/crm/v2/".count).split(separator: "?", maxSplits: 1)
    let query = parts.count > 1 ? Self.pairs(parts[1]) : [:]
    let names = parts[0].split(separator: "/")
    let module = String(names[0])
    if request.request.method == .post {
      let members = JSONValue(parsing: request.body)?["data"]?.array?.first?.members ?? []
      var fields: [String: String] = [:]
      for member in members { fields[member.name] = member.value.string ?? member.value["id"]?.string ?? "" }
      let id = add(module, fields, at: now)
      return Self.json(
        201, ["data": [["code": "SUCCESS", "details": ["id": .string(id)], "message": "", "status": "success"]]])
    }
    let rows = query["phone"].map { found(module, $0, at: now) } ?? (records[module] ?? []).reversed()
    guard !rows.isEmpty else { return .response(HTTPResponse(status: .noContent), body: []) }
    let data = rows.prefix(200).map { row in
      JSONValue.object(
        [.init("id", .string(row.id)), .init("Phone", .optional(row.fields["Phone"]))]
          + row.fields.keys.sorted().filter { $0 != "Phone" }.map { .init($0, .string(row.fields[$0] ?? "")) })
    }
    return Self.json(200, ["data": .array(data), "info": ["more_records": false]])
  }
}
