import ApplianceAPI
import ApplianceWeb
import HTTPTypes
import JSON
import Primitives

/// A browser at the web interface: it keeps cookies and sends what forms hide.
struct WebUnderTest {
  var web: WebInterface
  var doors: ApplianceDoors
  var state = FakeWebState()
  var beside: BesideState<FakeWebState>?
  var client = IPAddress(v4: 0x7F00_0001)
  var now = Instant(seconds: 1_000_000)
  var cookies: [String: String] = [:]
  /// Leaves passwords uncompared.
  var holdsChecks = false
  static let password = "admin123"
  static let portalPassword = "user123"

  /// - Parameter portalPassword: nil for a portal that lets nobody in.
  init(portalPassword: String? = portalPassword) {
    web = WebInterface(
      settings: WebSettings(
        password: Self.hash(Self.password), portalPassword: portalPassword.map(Self.hash),
        decoy: Self.hash("nobody's")), key: [1, 2, 3])
    doors = ApplianceDoors(users: [APIUser(name: "cdrapi", password: Secret("cdrapi123"))], key: [4, 5, 6])
  }

  /// Already signed in.
  init(
    as user: String, menu: [CRMSystemForm] = CRMSystemForm.all(), settings: CRMPages.Settings = CRMPages.Settings(),
    userPages: DoorSettings.UserPages = .atOnce,
    crmFault: @escaping @Sendable (CRMPages.InForce) -> String? = { _ in nil }
  ) {
    self.init()
    var doorSettings = DoorSettings()
    doorSettings.crmUserPages = userPages
    doors = ApplianceDoors(
      settings: doorSettings, users: [APIUser(name: "cdrapi", password: Secret("cdrapi123"))],
      crm: CRMPages(menu: menu, settings: settings), key: [4, 5, 6], crmFault: crmFault)
    _ = signIn(user, user == "admin" ? Self.password : Self.portalPassword)
  }

  mutating func send(
    _ method: HTTPRequest.Method, _ path: String, _ fields: [(String, String)] = [], headers: [(String, String)] = []
  ) -> WebAnswer? {
    var request = HTTPRequest(method: method, scheme: "https", authority: "127.0.0.1:8089", path: path)
    if !cookies.isEmpty {
      request.headerFields[.cookie] = cookies.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        .joined(separator: "; ")
    }
    request.headerFields[.contentType] = "application/x-www-form-urlencoded"
    for (name, value) in headers {
      if let name = HTTPField.Name(name) { request.headerFields[name] = value }
    }
    let body = fields.map { "\(PercentEncoding.encode($0.0))=\(PercentEncoding.encode($0.1))" }.joined(separator: "&")
    var answer = web.respond(
      to: request, body: Array(body.utf8), from: client, now: now, doors: &doors, of: state, beside: beside)
    if let check = answer?.check, !holdsChecks {
      answer = web.finish(check, isRight: check.isRight(), from: client, now: now, doors: &doors)
    }
    for cookie in answer?.response.headerFields[values: .setCookie] ?? [] {
      let pair = cookie.prefix { $0 != ";" }.split(separator: "=", omittingEmptySubsequences: false)
      cookies[String(pair[0])] = cookie.contains("Max-Age=0") ? nil : String(pair[1])
    }
    return answer
  }

  /// As cheap as hashes can be.
  static func hash(_ password: String) -> PasswordHash {
    guard let cost = PasswordHash.Cost(rounds: 4),
      let hash = PasswordHash(of: Secret(password), salt: Array(0..<16), cost: cost)
    else { preconditionFailure("16 KiB of memory") }
    return hash
  }

  mutating func get(_ path: String) -> String { send(.get, path)?.text ?? "" }

  mutating func status(_ path: String) -> Int? { send(.get, path)?.response.status.code }

  /// The value that forms of the page have to send.
  mutating func proof(on path: String) -> String { get(path).firstBetween("name=\"csrf\" value=\"", "\"") ?? "" }

  /// Fills in a form of the page and sends it to `path`.
  mutating func post(_ path: String, _ fields: [(String, String)], from page: String? = nil) -> WebAnswer? {
    let proof = proof(on: page ?? path)
    return send(.post, path, fields + [("csrf", proof)])
  }

  mutating func signIn(_ user: String, _ password: String) -> WebAnswer? {
    post("/signin", [("user", user), ("password", password)])
  }
}

extension WebAnswer {
  var text: String { String(decoding: body, as: UTF8.self) }
  var status: Int { response.status.code }
  var location: String? { response.headerFields[.location] }
}

extension String {
  func firstBetween(_ start: String, _ end: String) -> String? {
    guard let begin = firstRange(of: start)?.upperBound, let close = self[begin...].firstRange(of: end)?.lowerBound
    else { return nil }
    return String(self[begin..<close])
  }
}
