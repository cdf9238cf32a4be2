import HTTPTypes
import JSON
import Primitives

extension ZohoV2Connector {
  /// `POST /oauth/v2/token` with the refresh grant. The parameters go in the body: a URL ends in logs.
  mutating func refreshRequest() -> CRMRequest {
    let form = PercentEncoding.form([
      ("client_id", user.clientID), ("client_secret", user.clientSecret.value), ("grant_type", "refresh_token"),
      ("refresh_token", user.refreshToken.value),
    ])
    var request = HTTPRequest(
      method: .post, scheme: "https", authority: dataCentre.accountsHost, path: "/oauth/v2/token")
    request.headerFields[.contentType] = "application/x-www-form-urlencoded"
    let id = nextRequestID()
    tokens.refreshing(by: id)
    return CRMRequest(id: id, purpose: .token, request: request, body: Array(form.utf8))
  }

  /// The job's request, noted as in flight.
  mutating func request(for job: Job, token: ZohoAccessToken) -> CRMRequest {
    let id = nextRequestID()
    inFlight[id] = Flight(job: job, token: token)
    switch job.work {
    case .search(let question, let table, _):
      let path = ZohoSearch.path(table: table, number: question.number)
      return CRMRequest(
        id: id, purpose: .search, subject: .question(question.id), request: authorized(.get, path, token))
    case .create(let question, let table):
      let caller = ZohoNewCaller(table: table, number: question.number, settings: settings)
      return insertion(
        of: caller.json, into: table.zohoModule, id: id, purpose: .create, about: .question(question.id), token)
    case .logCall(let call):
      let record = ZohoCallRecord(call, settings: settings)
      return insertion(
        of: record.json, into: "Calls", id: id, purpose: .logCall, about: .entry(call.id), token)
    }
  }

  private func insertion(
    of record: JSONValue, into module: String, id: CRMRequest.ID, purpose: CRMRequest.Purpose,
    about subject: CRMRequest.Subject, _ token: ZohoAccessToken
  ) -> CRMRequest {
    var request = authorized(.post, "/crm/v2/" + module, token)
    request.headerFields[.contentType] = "application/json"
    return CRMRequest(
      id: id, purpose: purpose, subject: subject, request: request, body: ZohoInsertion.body(adding: record))
  }

  /// The token's type reads `Bearer`, the header wants `Zoho-oauthtoken` (documented).
  private func authorized(_ method: HTTPRequest.Method, _ path: String, _ token: ZohoAccessToken) -> HTTPRequest {
    var request = HTTPRequest(method: method, scheme: "https", authority: token.apiHost, path: path)
    request.headerFields[.authorization] = "Zoho-oauthtoken " + token.value.value
    return request
  }
}
