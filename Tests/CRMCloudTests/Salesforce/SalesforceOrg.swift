import CRMCloud
import HTTPTypes
import Primitives

/// An organisation of Salesforce, and requests to it in one line each.
struct SalesforceOrg {
  static let host = "example.my.salesforce.com"
  static let boID = "003000000000001AAA"
  static let acmeID = "001000000000001AAA"

  static func data(_ change: (inout SalesforceCloudData) -> Void = { _ in }) -> SalesforceCloudData {
    var data = SalesforceCloudData()
    var ann = SalesforceCloudData.User(id: "005000000000001", userName: "ann@example.com", fullName: "Ann Agent")
    ann.password = Secret("pass")
    ann.securityToken = Secret("TOKEN")
    data.users = [ann]
    var client = SalesforceCloudData.Client(id: "3MVG9.EXAMPLE", secret: Secret("AB12CD"))
    client.refreshTokens = [.init(token: Secret("5Aep861"), userName: "ann@example.com")]
    client.runsAs = "ann@example.com"
    data.clients = [client]
    data.records = [
      "Contact": [
        ["Id": "003000000000001", "FirstName": "Bo", "LastName": "Tester", "Phone": "(617) 555-0142"],
        ["LastName": "Plain", "MobilePhone": "+493012345678", "Email": "plain@example.com"],
        ["LastName": "Spaced", "Phone": "+44 20 7946 0958"],
      ],
      "Lead": [["LastName": "Lead", "Company": "Lead Ltd", "Phone": "16175550111"]],
      "Account": [["Id": acmeID, "Name": "Acme", "Phone": "617.555.0199 ext 5"]],
    ]
    change(&data)
    return data
  }

  var cloud: SalesforceCloud
  var now = Instant(seconds: 1_795_900_000)
  var token = ""

  init(_ change: (inout SalesforceCloudData) -> Void = { _ in }) throws {
    cloud = try SalesforceCloud(Self.data(change), seed: 1)
  }

  /// One with a session.
  static func open(_ change: (inout SalesforceCloudData) -> Void = { _ in }) throws -> SalesforceOrg {
    var org = try SalesforceOrg(change)
    org.token = org.logIn().element("sessionId") ?? ""
    return org
  }

  mutating func send(
    _ method: HTTPRequest.Method, _ host: String, _ path: String, body: String = "", authorization: String? = nil
  ) -> SalesforceReply {
    var request = HTTPRequest(method: method, scheme: "https", authority: host, path: path)
    request.headerFields[.authorization] = authorization
    return SalesforceReply(cloud.respond(to: request, body: Array(body.utf8), at: now))
  }

  mutating func logIn(
    _ user: String = "ann@example.com", _ password: String = "passTOKEN", at host: String = "login.salesforce.com",
    version: String = "64.0"
  ) -> SalesforceReply {
    send(
      .post, host, "/services/Soap/u/" + version,
      body: #"<?xml version="1.0"?><e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>"#
        + #"<n1:login xmlns:n1="urn:partner.soap.sforce.com"><n1:username>\#(user)</n1:username>"#
        + "<n1:password>\(password)</n1:password></n1:login></e:Body></e:Envelope>")
  }

  mutating func token(_ form: String, at host: String = "login.salesforce.com") -> SalesforceReply {
    send(.post, host, "/services/oauth2/token", body: form)
  }

  mutating func call(_ method: HTTPRequest.Method, _ path: String, _ body: String = "") -> SalesforceReply {
    send(method, Self.host, "/services/data/v64.0/" + path, body: body, authorization: "Bearer " + token)
  }

  mutating func query(_ text: String) -> SalesforceReply {
    call(.get, "query/?" + PercentEncoding.form([("q", text)]))
  }

  mutating func search(_ text: String) -> SalesforceReply {
    call(.get, "search/?" + PercentEncoding.form([("q", text)]))
  }
}

/// A response as tests look at it.
struct SalesforceReply: CustomStringConvertible {
  let status: Int
  let text: String
  let usage: String?

  init(_ response: CloudResponse) {
    status = response.response.status.code
    text = String(decoding: response.body, as: UTF8.self)
    usage = HTTPField.Name("Sforce-Limit-Info").flatMap { response.response.headerFields[$0] }
  }

  var description: String { "\(status) \(text)" }

  func member(_ name: String) -> String? { members(name).first }

  /// Every text of that name.
  func members(_ name: String) -> [String] { texts(after: "\"\(name)\":\"", to: "\"") }

  func element(_ name: String) -> String? { texts(after: "<\(name)>", to: "<").first }

  var code: String? { member("errorCode") ?? member("error") ?? element("sf:exceptionCode") }

  /// The ids' or names of what was found.
  var names: [String] { members("Name") }

  private func texts(after start: String, to end: Character) -> [String] {
    var found: [String] = []
    var rest = text[...]
    while let range = rest.firstRange(of: start) {
      rest = rest[range.upperBound...]
      found.append(String(rest.prefix { $0 != end }))
    }
    return found
  }
}
