import ApplianceAPI
import Crypto
import HTTPTypes
import JSON
import Primitives

/// Doors with one user, a client in front of them, and a clock that the test turns.
struct DoorsUnderTest {
  var doors: ApplianceDoors
  var state = FakeState()
  var client = IPAddress(v4: 0x7F00_0001)
  var now = Instant(seconds: 1_000_000)
  static let password = "cdrapi123"

  init(
    _ settings: DoorSettings = DoorSettings(), rights: APIRights = .everything, networks: [IPNetwork] = [],
    crm: CRMPages = CRMPages(), crmFault: @escaping @Sendable (CRMPages.InForce) -> String? = { _ in nil }
  ) {
    var user = APIUser(name: "cdrapi", password: Secret(Self.password))
    user.rights = rights
    user.networks = networks
    doors = ApplianceDoors(settings: settings, users: [user], crm: crm, key: [1, 2, 3], crmFault: crmFault)
  }

  mutating func post(_ text: String, path: String = "/api") -> DoorAnswer {
    let request = HTTPRequest(method: .post, scheme: "https", authority: "127.0.0.1:8089", path: path)
    return doors.respond(to: request, body: Array(text.utf8), at: .httpsAPI, from: client, now: now, of: state)
  }

  /// The answer as JSON.
  mutating func ask(_ action: String, _ parameters: [(String, JSONValue)] = []) -> JSONValue {
    let members = [JSONValue.Member("action", .string(action))] + parameters.map { JSONValue.Member($0.0, $0.1) }
    let body: JSONValue = ["request": .object(members)]
    return JSONValue(parsing: post(String(decoding: body.bytes(), as: UTF8.self)).body) ?? .null
  }

  mutating func challenge() -> String { ask("challenge", [("user", "cdrapi")])["response"]?["challenge"]?.string ?? "" }

  mutating func logIn(password: String = password, user: String = "cdrapi") -> JSONValue {
    let challenge = ask("challenge", [("user", .string(user))])["response"]?["challenge"]?.string ?? ""
    return ask("login", [("user", .string(user)), ("token", .string(md5(challenge + password)))])
  }

  mutating func cookie() -> JSONValue { logIn()["response"]?["cookie"] ?? .null }

  mutating func get(_ path: String, authorization: String? = nil) -> DoorAnswer {
    var request = HTTPRequest(method: .get, scheme: "https", authority: "127.0.0.1:8443", path: path)
    request.headerFields[.authorization] = authorization
    return doors.respond(to: request, body: [], at: .cdrAPI, from: client, now: now, of: state)
  }

  /// Asks once for the nonce and then with it.
  mutating func getWithDigest(_ path: String, password: String = password) -> DoorAnswer {
    get(path, authorization: digest(for: path, nonce: nonce(get(path)), password: password))
  }

  func nonce(_ answer: DoorAnswer) -> String {
    let header = answer.response.headerFields[.wwwAuthenticate] ?? ""
    return String((header.components(between: "nonce=\"", and: "\"")) ?? "")
  }

  func digest(
    for path: String, nonce: String, password: String = password, count: String = "00000001", method: String = "GET"
  ) -> String {
    let first = md5("cdrapi:grandstream:" + password)
    let response = md5("\(first):\(nonce):\(count):abc:auth:" + md5("\(method):\(path)"))
    return "Digest username=\"cdrapi\", realm=\"grandstream\", nonce=\"\(nonce)\", uri=\"\(path)\", qop=auth, "
      + "nc=\(count), cnonce=\"abc\", response=\"\(response)\""
  }

  func md5(_ text: String) -> String {
    Insecure.MD5.hash(data: Array(text.utf8)).map { String($0, radix: 16) }
      .map { $0.count == 1 ? "0" + $0 : $0 }.joined()
  }
}

extension String {
  fileprivate func components(between start: String, and end: String) -> Substring? {
    guard let begin = firstRange(of: start)?.upperBound, let close = self[begin...].firstRange(of: end)?.lowerBound
    else { return nil }
    return self[begin..<close]
  }
}

extension JSONValue {
  /// `status` of an answer; nil where it has none.
  var status: Int64? {
    switch self["status"] {
    case .integer(let number)?: number
    case .null?, .bool?, .decimal?, .number?, .string?, .array?, .object?, nil: nil
    }
  }
}
