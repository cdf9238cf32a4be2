public import HTTPTypes
import JSON
public import Primitives

/// The cloud of a described connector: the requests of its file, recognised; answers in the shape of its examples.
public struct DescribedCloud: NeighbouringCloud, Codable {
  /// Records kept of one table, and calls; one more is refused.
  static let recordsMax = 100_000
  static let sessionsMax = 1000

  struct Call: Codable {
    let findings: DescribedFindings
    let record: JSONValue
  }

  let contents: DescribedCloudContents
  var records: [String: [JSONValue]]
  var calls: [Call] = []
  /// Tokens and the end of their lives.
  var sessions: [String: Instant] = [:]
  var isExhausted = false
  private var generator: SeededGenerator
  private var lastID: Int64

  /// - Parameter seed: decides tokens; ids count up from those of the examples.
  public init(_ contents: DescribedCloudContents, seed: UInt64) {
    self.contents = contents
    records = contents.records
    generator = SeededGenerator(seed: seed)
    lastID = 10_000
  }

  /// The description's.
  public var hosts: [VirtualHost] {
    contents.hosts.map { VirtualHost(name: $0, purpose: contents.name + ", by its description") }
  }

  /// 404 for what the description does not ask, 400 for what it asks otherwise.
  public mutating func respond(to request: HTTPRequest, body: [UInt8], at now: Instant) -> CloudResponse {
    let asked = CloudRequest(request, body: body)
    guard contents.hosts.contains(asked.host) else { return .text(421, "no such host here") }
    if isExhausted { return Self.response(contents.throttle) }
    let candidates = contents.endpoints.filter { $0.pattern.method == asked.method.rawValue && $0.isAt(asked) != nil }
    guard !candidates.isEmpty else { return Self.complaint(404, "the description asks for no such thing") }
    var isRefused = false
    for endpoint in candidates {
      guard let findings = endpoint.findings(in: asked) else {
        // A login that asks otherwise has other credentials.
        if case .logIn = endpoint.work { isRefused = true }
        continue
      }
      guard let credentials = endpoint.credentials.match(asked), isLive(credentials["Token"], at: now) else {
        isRefused = true
        continue
      }
      return carryOut(endpoint, findings.merging(credentials) { found, _ in found }, at: now)
    }
    return isRefused
      ? Self.response(contents.refusal) : Self.complaint(400, "the description asks otherwise at this place")
  }

  func serves(_ host: String) -> Bool {
    contents.hosts.contains(host)
  }

  private func isLive(_ token: String?, at now: Instant) -> Bool {
    token.map { token in sessions[token].map { now < $0 } ?? false } ?? true
  }

  mutating func newToken(until end: Instant) -> String {
    // The one that ends first makes room.
    while sessions.count >= Self.sessionsMax, let oldest = sessions.min(by: { ($0.value, $0.key) < ($1.value, $1.key) })
    {
      sessions.removeValue(forKey: oldest.key)
    }
    let token = generator.hexadecimal(32)
    sessions[token] = end
    return token
  }

  mutating func newID() -> String {
    lastID += 1
    return String(lastID)
  }

  static func response(_ answer: DescribedAnswer) -> CloudResponse {
    if let json = answer.json { return .json(answer.status, json) }
    return answer.text.isEmpty ? .empty(answer.status) : .text(answer.status, answer.text)
  }

  private static func complaint(_ status: Int, _ words: String) -> CloudResponse {
    .json(status, ["error": .string(words)])
  }
}

extension DescribedEndpoint {
  /// What the path's places hold; nil for another path.
  func isAt(_ request: CloudRequest) -> DescribedFindings? {
    guard request.parts.count == pattern.path.count else { return nil }
    return zip(pattern.path, request.parts).reduce([:]) { found, pair in found.flatMap { pair.0.match(pair.1, $0) } }
  }

  func findings(in request: CloudRequest) -> DescribedFindings? {
    guard var findings = isAt(request) else { return nil }
    let known = Set((pattern.query + credentials.query).map(\.name))
    guard request.query.pairs.allSatisfy({ known.contains($0.name) }),
      let inQuery = pattern.query.match(findings, { request.query[$0] }),
      let inHeaders = pattern.headers.match(inQuery, { request.header($0) })
    else { return nil }
    findings = inHeaders
    switch pattern.body {
    case .none: return request.body.isEmpty ? findings : nil
    case .json(let value): return JSONValue(parsing: request.body).flatMap { value.match($0, findings) }
    case .form(let fields):
      let form = request.form
      return fields.match(findings) { form[$0] }
    }
  }
}

extension DescribedCredentialsPattern {
  func match(_ request: CloudRequest) -> DescribedFindings? {
    let form = request.form
    return headers.match([:]) { request.header($0) }
      .flatMap { query.match($0) { request.query[$0] } }
      .flatMap { self.form.match($0) { form[$0] } }
  }
}

extension CloudRequest {
  fileprivate func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { headerFields[$0] } }
}
