import HTTPTypes
import JSON
import Primitives

/// Salesforce: a login over SOAP or OAuth, then its REST API at the host that the login names.
struct SalesforceDialect: CRMDialect {
  let host: SalesforceHost
  let credentials: SalesforceCredentials
  let settings: ConnectorSettings

  var hostName: String { host.authority }
  var renewsSessions: Bool { true }
  var searchesTablesTogether: Bool { true }

  func loginRequest() -> DialectRequest {
    switch credentials {
    case .password(let credentials, let securityToken):
      SalesforceLogin.request(
        credentials, securityToken: securityToken, at: host, version: settings.salesforce.loginVersion)
    case .oauth(let clientID, let clientSecret, let refreshToken):
      SalesforceToken.request(clientID: clientID, clientSecret: clientSecret, refreshToken: refreshToken, at: host)
    }
  }

  /// By the newest refresh token, where they are changed with each use.
  func renewalRequest(of former: CRMSession) -> DialectRequest? {
    guard case .oauth(let clientID, let clientSecret, _) = credentials, let renewal = former.renewal else { return nil }
    return SalesforceToken.request(clientID: clientID, clientSecret: clientSecret, refreshToken: renewal, at: host)
  }

  func readLogin(_ answer: CRMAnswer, step: Int, at now: Instant) throws(CRMRefusal) -> LoginProgress {
    switch credentials {
    case .password: .opened(try SalesforceLogin.read(answer, host: host, settings: settings))
    case .oauth: .opened(try SalesforceToken.read(answer, host: host, settings: settings))
    }
  }

  /// The organisation lets this user in and not to the API (assumed).
  func reasonOfRefusedSession(at now: Instant) -> LogoutReason { .noPermission }

  /// First what the index is asked, then the pattern for the stored texts, told by its `%`.
  func candidates(for number: DialledNumber, _ plan: NumberPlan) -> [String] {
    if plan.manner == .vendorAddIn { return [number.text] }
    let pattern = settings.salesforce.searchesStoredTexts ? SalesforceQuery.pattern(number.digits) : nil
    return [SalesforceQuery.find(number, plan)] + (pattern.map { [$0] } ?? [])
  }

  func search(_ spelling: String, in tables: [CRMTable], _ session: CRMSession) -> DialectRequest {
    if settings.numbers.manner == .vendorAddIn { return addInSearch(spelling, session) }
    let limit = max(1, settings.salesforce.recordsMax)
    guard spelling.hasPrefix("%") else {
      let text = SalesforceQuery.search(spelling, in: tables, limit: limit)
      return get(.search, "search/?" + PercentEncoding.form([("q", text)]), session)
    }
    // One request for several objects; each query counts by itself against the day's limit (documented).
    let version = "v" + settings.salesforce.apiVersion
    let queries = tables.map { table -> JSONValue in
      let text = SalesforceQuery.texts(spelling, in: table, limit: limit)
      return ["method": "GET", "url": .string(version + "/query/?" + PercentEncoding.form([("q", text)]))]
    }
    return post(.search, "composite/batch", ["batchRequests": .array(queries)], session)
  }

  /// As the vendor's add-in asks (observed): whatever the caller shows, in all fields of three objects. Its second
  /// request, for the record behind the first id, is spared by naming the fields.
  private func addInSearch(_ text: String, _ session: CRMSession) -> DialectRequest {
    let objects: [CRMTable] = [.accounts, .contacts, .leads]
    let parameters =
      [("q", text)] + objects.map { ("sobject", $0.salesforceObject) }
      + objects.map { ("\($0.salesforceObject).fields", $0.salesforceFields) }
    return get(.search, "parameterizedSearch/?" + PercentEncoding.form(parameters), session)
  }

  /// By query, which no index delays.
  func find(_ caller: NewCaller, _ session: CRMSession) -> DialectRequest {
    let digits = String(decoding: caller.number.utf8.filter { (48...57).contains($0) }, as: UTF8.self)
    let text = SalesforceQuery.made(
      caller, pattern: SalesforceQuery.pattern(digits), limit: max(1, settings.salesforce.recordsMax))
    return get(.confirm, "query/?" + PercentEncoding.form([("q", text)]), session)
  }

  /// The add-in looks at the first record alone, of whichever table (observed).
  func readRecords(_ answer: CRMAnswer, in tables: [CRMTable]) throws(CRMRefusal) -> [CRMHit] {
    let hits = try SalesforceRecords.read(answer, in: tables, settings: settings)
    return settings.numbers.manner == .vendorAddIn ? Array(hits.prefix(1)) : hits
  }

  func readFind(_ answer: CRMAnswer, in table: CRMTable) throws(CRMRefusal) -> [CRMHit] {
    try SalesforceRecords.read(answer, in: [table], settings: settings)
  }

  /// Mandatory are LastName for contacts, LastName and Company for leads, Name for accounts (documented).
  func create(_ caller: NewCaller, _ session: CRMSession) -> DialectRequest {
    // A last name has 80 characters, a phone 40 (documented).
    let name = JSONValue.string(caller.name)
    let lastName = JSONValue.string(DisplayText.line(caller.name, limit: 80) ?? caller.name)
    let digits = String(decoding: caller.number.utf8.filter { (48...57).contains($0) }, as: UTF8.self)
    let number = JSONValue.string(caller.number.utf8.count > 40 ? digits : caller.number)
    let record: JSONValue =
      switch caller.table {
      case .contacts: ["LastName": lastName, "Phone": number]
      case .leads: ["Company": name, "LastName": lastName, "Phone": number]
      case .accounts: ["Name": name, "Phone": number]
      }
    return post(.create, "sobjects/" + caller.table.salesforceObject, record, session)
  }

  func record(_ call: CallRecordTexts, _ session: CRMSession) -> DialectRequest {
    post(.logCall, "sobjects/Task", call.salesforceTask(owner: session.userID), session)
  }

  func readInsertion(_ answer: CRMAnswer) throws(CRMRefusal) -> String {
    try SalesforceInsertion.read(answer, settings: settings)
  }

  func findCall(_ call: CallRecordTexts, page: Int, _ session: CRMSession) -> DialectRequest {
    let text = SalesforceQuery.calls(marked: call.mark ?? "")
    return get(.confirm, "query/?" + PercentEncoding.form([("q", text)]), session)
  }

  func readCalls(_ answer: CRMAnswer) throws(CRMRefusal) -> CRMCallPage {
    try SalesforceCallPage.read(answer, settings: settings)
  }

  private func get(_ purpose: CRMRequest.Purpose, _ path: String, _ session: CRMSession) -> DialectRequest {
    DialectRequest(purpose: purpose, request: authorized(.get, path, session))
  }

  private func post(
    _ purpose: CRMRequest.Purpose, _ path: String, _ body: JSONValue, _ session: CRMSession
  ) -> DialectRequest {
    var request = authorized(.post, path, session)
    request.headerFields[.contentType] = "application/json; charset=UTF-8"
    return DialectRequest(purpose: purpose, request: request, body: body.bytes())
  }

  private func authorized(_ method: HTTPRequest.Method, _ path: String, _ session: CRMSession) -> HTTPRequest {
    var request = HTTPRequest(
      method: method, scheme: "https", authority: session.apiHost,
      path: "/services/data/v\(settings.salesforce.apiVersion)/\(path)")
    request.headerFields[.authorization] = "Bearer " + session.value.value
    request.headerFields[.accept] = "application/json"
    return request
  }
}
