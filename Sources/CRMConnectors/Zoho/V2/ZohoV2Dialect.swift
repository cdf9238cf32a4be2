import HTTPTypes
import JSON
import Primitives

/// Zoho CRM's second version: OAuth at the accounts server, JSON at the API server.
struct ZohoV2Dialect: CRMDialect {
  let dataCentre: ZohoDataCentre
  let credentials: ZohoV2Credentials
  let settings: ConnectorSettings

  var hostName: String { dataCentre.apiHost }
  var renewsSessions: Bool { true }

  /// `POST /oauth/v2/token` with the refresh grant. The parameters go in the body: a URL ends in logs.
  func loginRequest() -> DialectRequest {
    let form = PercentEncoding.form([
      ("client_id", credentials.clientID), ("client_secret", credentials.clientSecret.value),
      ("grant_type", "refresh_token"), ("refresh_token", credentials.refreshToken.value),
    ])
    var request = HTTPRequest(
      method: .post, scheme: "https", authority: dataCentre.accountsHost, path: "/oauth/v2/token")
    request.headerFields[.contentType] = "application/x-www-form-urlencoded"
    return DialectRequest(purpose: .token, request: request, body: Array(form.utf8))
  }

  func readLogin(_ answer: CRMAnswer, step: Int, at now: Instant) throws(CRMRefusal) -> LoginProgress {
    .opened(try ZohoTokenReply.read(answer, dataCentre: dataCentre, settings: settings, at: now))
  }

  /// Documented for `INVALID_TOKEN`: expired, revoked, another data centre, another environment. A token made this
  /// moment is not expired.
  func reasonOfRefusedSession(at now: Instant) -> LogoutReason { .wrongRegion }

  /// `GET /crm/v2/{Module}/search?phone=…` (documented; that the appliance asks this way is assumed).
  ///
  /// The number is encoded whole: a `+` left alone arrives as a space and finds nobody, which is the commonest fault of
  /// Zoho clients (documented: Zoho's search page and its Kaizen post 82).
  func search(_ spelling: String, in tables: [CRMTable], _ session: CRMSession) -> DialectRequest {
    if settings.numbers.manner == .vendorAddIn {
      return vendorQuery(spelling, in: tables.first ?? .contacts, session)
    }
    let path = "/crm/v2/\(tables.zohoModule)/search?" + PercentEncoding.form([("phone", spelling)])
    return DialectRequest(purpose: .search, request: authorized(.get, path, session))
  }

  /// Among the newest: lists show what searches do not find yet.
  func find(_ caller: NewCaller, _ session: CRMSession) -> DialectRequest {
    let path = "/crm/v2/\(caller.table.zohoModule)?page=1&per_page=200&sort_by=Created_Time&sort_order=desc"
    return DialectRequest(purpose: .confirm, request: authorized(.get, path, session))
  }

  func readRecords(_ answer: CRMAnswer, in tables: [CRMTable]) throws(CRMRefusal) -> [CRMHit] {
    try ZohoV2Record.read(answer, settings: settings)
  }

  /// Mandatory are Last_Name for contacts, Last_Name and (in the standard layout) Company for leads, Account_Name for
  /// accounts (documented).
  func create(_ caller: NewCaller, _ session: CRMSession) -> DialectRequest {
    let (name, number) = (JSONValue.string(caller.name), JSONValue.string(caller.number))
    let record: JSONValue =
      switch caller.table {
      case .contacts: ["Last_Name": name, "Phone": number]
      case .leads: ["Company": name, "Last_Name": name, "Phone": number]
      case .accounts: ["Account_Name": name, "Phone": number]
      }
    return insertion(of: record, into: caller.table.zohoModule, .create, session)
  }

  func record(_ call: CallRecordTexts, _ session: CRMSession) -> DialectRequest {
    insertion(of: call.zohoV2Record, into: "Calls", .logCall, session)
  }

  func readInsertion(_ answer: CRMAnswer) throws(CRMRefusal) -> String {
    try ZohoInsertion.read(answer, settings: settings)
  }

  /// Among the newest; no search goes by a description.
  func findCall(_ call: CallRecordTexts, page: Int, _ session: CRMSession) -> DialectRequest {
    let path =
      "/crm/v2/Calls?page=\(page)&per_page=200&sort_by=Created_Time&sort_order=desc"
      + "&fields=Subject,Description,Caller_ID"
    return DialectRequest(purpose: .confirm, request: authorized(.get, path, session))
  }

  func readCalls(_ answer: CRMAnswer) throws(CRMRefusal) -> CRMCallPage {
    try ZohoV2CallPage.read(answer, settings: settings)
  }

  /// `POST /crm/v2/coql` as the vendor's softphone sends it (observed in its source): equality with the text of each
  /// field, one record, and the caller's text put between the quotes as it came, with all that follows from that.
  private func vendorQuery(_ text: String, in table: CRMTable, _ session: CRMSession) -> DialectRequest {
    let terms = table.zohoAddInFields.map { "\($0) = '\(text)'" }
    // More than two conditions are nested in pairs (documented).
    let condition = terms.dropLast().reversed().reduce(terms.last ?? "") { rest, term in
      "\(term) or \(rest.contains(" or ") ? "(\(rest))" : rest)"
    }
    let name = table == .accounts ? "Account_Name" : "Full_Name"
    let query = "select \(name), Phone from \(table.zohoModule) where \(condition) limit 1"
    var request = authorized(.post, "/crm/v2/coql", session)
    request.headerFields[.contentType] = "application/json"
    let body: JSONValue = ["select_query": .string(query)]
    return DialectRequest(purpose: .search, request: request, body: body.bytes())
  }

  private func insertion(
    of record: JSONValue, into module: String, _ purpose: CRMRequest.Purpose, _ session: CRMSession
  ) -> DialectRequest {
    var request = authorized(.post, "/crm/v2/" + module, session)
    request.headerFields[.contentType] = "application/json"
    return DialectRequest(purpose: purpose, request: request, body: ZohoInsertion.body(adding: record))
  }

  /// The token's type reads `Bearer`, the header wants `Zoho-oauthtoken` (documented).
  private func authorized(_ method: HTTPRequest.Method, _ path: String, _ session: CRMSession) -> HTTPRequest {
    var request = HTTPRequest(method: method, scheme: "https", authority: session.apiHost, path: path)
    request.headerFields[.authorization] = "Zoho-oauthtoken " + session.value.value
    return request
  }
}
