import CRMCloud
import CRMConnectors
import Crypto
import HTTPTypes
import JSON
import Primitives

/// A vTiger server with a few people, and how a test talks to it.
struct VtigerOffice {
  static let key = "Wq3vT8sLk2Zp9XcR"
  static let address = "https://crm.example.com/vtigercrm"

  var cloud: CRMClouds
  var now = Instant(seconds: 1_800_000_000)

  init(_ change: (inout VtigerCloudData) -> Void = { _ in }) throws {
    var contents = CloudContents()
    var data = Self.data
    change(&data)
    contents.vtiger = data
    cloud = try CRMClouds(contents, seed: 1)
  }

  static var data: VtigerCloudData {
    var admin = VtigerCloudData.User(userName: "admin", accessKey: Secret(key))
    admin.lastName = "Administrator"
    var ann = VtigerCloudData.User(userName: "ann", accessKey: Secret("AnnsKey000000000"))
    ann.phoneExtension = "1001"
    var data = VtigerCloudData(address: address, users: [admin, ann])
    data.contacts = [
      .init(id: "12x2", values: ["firstname": "Bo", "lastname": "Tester", "phone": "+1 (617) 555-0142"]),
      .init(values: ["lastname": "O'Brien", "mobile": "+442079460000"]),
      .init(values: ["lastname": "Trunk", "mobile": "07700900999"]),
    ]
    data.leads = [.init(id: "10x40", values: ["lastname": "Lead", "company": "Lead Ltd", "phone": "030 / 123456"])]
    data.accounts = [.init(values: ["accountname": "Acme", "phone": "617.555.0199"])]
    data.callbackSecret = Secret("letmein")
    return data
  }

  /// GET with these parameters; the parsed answer, null where the body is no JSON.
  mutating func get(_ pairs: [(String, String)]) -> (status: Int, json: JSONValue, text: String) {
    let query = PercentEncoding.form(pairs.map { (name: $0.0, value: $0.1) })
    return send(
      HTTPRequest(
        method: .get, scheme: "https", authority: "crm.example.com", path: "/vtigercrm/webservice.php?" + query))
  }

  mutating func post(_ pairs: [(String, String)]) -> (status: Int, json: JSONValue, text: String) {
    var request = HTTPRequest(
      method: .post, scheme: "https", authority: "crm.example.com", path: "/vtigercrm/webservice.php")
    request.headerFields[.contentType] = "application/x-www-form-urlencoded"
    return send(request, body: PercentEncoding.form(pairs.map { (name: $0.0, value: $0.1) }))
  }

  mutating func send(_ request: HTTPRequest, body: String = "") -> (status: Int, json: JSONValue, text: String) {
    let answer = cloud.respond(to: request, body: Array(body.utf8), at: now)
    return (
      answer.response.status.code, JSONValue(parsing: answer.body) ?? .null,
      String(decoding: answer.body, as: UTF8.self)
    )
  }

  mutating func token(_ user: String = "admin") -> String {
    get([("operation", "getchallenge"), ("username", user)]).json["result"]?["token"]?.string ?? ""
  }

  mutating func logIn(_ user: String = "admin", token: String, key: String = VtigerOffice.key) -> JSONValue {
    let proof = Insecure.MD5.hash(data: Array((token + key).utf8)).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
    return post([("operation", "login"), ("username", user), ("accessKey", proof)]).json
  }

  mutating func session() -> String {
    let token = token()
    return logIn(token: token)["result"]?["sessionName"]?.string ?? ""
  }

  mutating func query(_ text: String, _ session: String) -> JSONValue { ask(text, session).json }

  /// The answer to a query with its bytes.
  mutating func ask(_ text: String, _ session: String) -> (status: Int, json: JSONValue, text: String) {
    get([("operation", "query"), ("sessionName", session), ("query", text)])
  }

  /// Ids of the records found; the error's code where it is one.
  mutating func found(_ text: String, _ session: String) -> [String] {
    let answer = query(text, session)
    return answer["result"]?.array?.compactMap { $0["id"]?.string } ?? [answer["error"]?["code"]?.string ?? "?"]
  }

  mutating func create(_ module: String, _ element: String, _ session: String) -> JSONValue {
    post([("operation", "create"), ("sessionName", session), ("elementType", module), ("element", element)]).json
  }

  func dump(_ kind: String) -> [JSONValue] { cloud.dump("vtiger." + kind) ?? [] }
}

extension JSONValue {
  var errorCode: String? { self["error"]?["code"]?.string }
  var text: String { String(decoding: bytes(), as: UTF8.self) }
}
