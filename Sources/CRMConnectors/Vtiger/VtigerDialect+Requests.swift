import HTTPTypes
import JSON
import Primitives

extension VtigerDialect {
  func query(_ text: String, _ purpose: CRMRequest.Purpose, _ session: CRMSession) -> DialectRequest {
    get("query", [("sessionName", session.value.value), ("query", text)], purpose)
  }

  func create(
    _ element: JSONValue, in module: String, _ purpose: CRMRequest.Purpose, _ session: CRMSession
  ) -> DialectRequest {
    let pairs = [
      ("sessionName", session.value.value), ("elementType", module),
      ("element", String(decoding: element.bytes(), as: UTF8.self)),
    ]
    return post("create", pairs, purpose)
  }

  func get(_ operation: String, _ pairs: [(String, String)], _ purpose: CRMRequest.Purpose) -> DialectRequest {
    let form = PercentEncoding.form([(name: "operation", value: operation)] + pairs.map { (name: $0.0, value: $0.1) })
    let request = HTTPRequest(
      method: .get, scheme: server.scheme, authority: server.authority, path: "\(path)?\(form)")
    return DialectRequest(purpose: purpose, request: request, secretFields: Self.secretFields)
  }

  func post(_ operation: String, _ pairs: [(String, String)], _ purpose: CRMRequest.Purpose) -> DialectRequest {
    let form = PercentEncoding.form([(name: "operation", value: operation)] + pairs.map { (name: $0.0, value: $0.1) })
    var request = HTTPRequest(method: .post, scheme: server.scheme, authority: server.authority, path: path)
    request.headerFields[.contentType] = "application/x-www-form-urlencoded"
    return DialectRequest(
      purpose: purpose, request: request, body: Array(form.utf8), secretFields: Self.secretFields)
  }

  private var path: String { server.path + "/webservice.php" }

  private static let secretFields: Set<String> = ["sessionName", "accessKey"]
}
