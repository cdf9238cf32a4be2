import CRMConnectors
import Cassettes
import HTTPTypes

/// Requests and answers as a connector has them.
enum Traffic {
  static let secrets = ["client-secret-abc", "1000.refresh.token-xyz", "1000.access.token-123"]
  static let people = ["Hansen", "Helga", "2011"]

  static func token(_ number: Int = 1) -> CRMRequest {
    request(
      number, .token, .post, "accounts.zoho.com", "/oauth/v2/token",
      body: "client_id=1000.ABC&client_secret=\(secrets[0])&grant_type=refresh_token&refresh_token=\(secrets[1])",
      type: "application/x-www-form-urlencoded")
  }

  static func search(_ phone: String, _ number: Int = 2) -> CRMRequest {
    request(number, .search, .get, "www.zohoapis.com", "/crm/v2/Contacts/search?phone=\(phone)", token: secrets[2])
  }

  static func create(_ body: String, _ number: Int = 3) -> CRMRequest {
    request(
      number, .create, .post, "www.zohoapis.com", "/crm/v2/Leads", body: body, token: secrets[2],
      type: "application/json")
  }

  static let tokenAnswer = json(200, #"{"access_token":"\#(secrets[2])","expires_in":3600}"#)
  static let found = json(
    200,
    #"{"data":[{"id":"4822465000000129110","Full_Name":"Helga Hansen","Phone":"+49 30 0000-2011"}],"info":{"count":1}}"#
  )
  static let miss = CRMAnswer.response(HTTPResponse(status: .noContent), body: [])

  static func json(_ status: Int, _ text: String) -> CRMAnswer {
    var response = HTTPResponse(status: .init(code: status))
    response.headerFields[.contentType] = "application/json;charset=UTF-8"
    return .response(response, body: Array(text.utf8))
  }

  /// The bytes of a cassette of these exchanges.
  static func cassette(
    _ exchanges: [(CRMRequest, CRMAnswer)], people: CassetteRedaction.People = .keep
  ) -> [UInt8] {
    var redaction = CassetteRedaction(people: people)
    return exchanges.reduce(Cassette.head(people)) { bytes, exchange in
      let request = redaction.request(exchange.0)
      return bytes + Cassette.line(request, redaction.answer(exchange.1))
    }
  }

  private static func request(
    _ number: Int, _ purpose: CRMRequest.Purpose, _ method: HTTPRequest.Method, _ host: String, _ path: String,
    body: String = "", token: String? = nil, type: String? = nil
  ) -> CRMRequest {
    var head = HTTPRequest(method: method, scheme: "https", authority: host, path: path)
    if let token { head.headerFields[.authorization] = "Zoho-oauthtoken \(token)" }
    if let type { head.headerFields[.contentType] = type }
    return CRMRequest(
      id: CRMRequest.ID(rawValue: number), purpose: purpose, request: head, body: Array(body.utf8))
  }
}

extension CRMAnswer {
  var text: String {
    switch self {
    case .response(let response, let body): "\(response.status.code) \(String(decoding: body, as: UTF8.self))"
    case .unreachable(let reason): reason.rawValue
    }
  }
}
