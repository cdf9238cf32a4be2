import CRMCloud
import CRMConnectors
import HTTPTypes
import Primitives

/// The appliance's connector and a SugarCRM installation, each request answered at once unless the test says otherwise.
struct SugarOffice {
  static let password = "correct horse"
  static let bo = CRMRecordReference(table: .contacts, id: "b0b0b0b0-0000-4000-8000-000000000001", name: "Bo Tester")
  static let lea = CRMRecordReference(table: .leads, id: "1ead1ead-0000-4000-8000-000000000001", name: "Lea Lead")
  static let acme = CRMRecordReference(table: .accounts, id: "acceacce-0000-4000-8000-000000000001", name: "Acme")

  static let data = SugarCloudData(
    address: "https://crm.example.com/sugarcrm",
    users: [
      .init(id: "1", userName: "admin", password: Secret(password), lastName: "Administrator"),
      .init(id: "2", userName: "ann", password: Secret("ann's"), firstName: "Ann", lastName: "Agent"),
    ],
    contacts: [
      .init(
        id: bo.id,
        fields: [
          "first_name": "Bo", "last_name": "Tester", "phone_work": "+1 (617) 555-0142", "phone_mobile": "555-0199",
        ]),
      .init(fields: ["last_name": "Twin", "phone_work": "1 617 555 0177"]),
      .init(fields: ["last_name": "Twin", "phone_home": "(617) 555-0177"]),
    ],
    leads: [
      .init(id: lea.id, fields: ["first_name": "Lea", "last_name": "Lead", "phone_work": "617.555.0143 ext 5"])
    ],
    accounts: [.init(id: acme.id, fields: ["name": "Acme", "phone_office": "16175550144"])])

  var cloud: SugarCloud
  var connector: any CRMConnector
  var now = Instant(seconds: 1_800_000_000)
  /// Purpose and status of every exchange.
  private(set) var journal: [String] = []
  /// What has been sent.
  private(set) var sent: [CRMRequest] = []
  /// Answers that the connector is given in place of the cloud's, which has seen the request: by purpose, used up.
  var lost: [CRMRequest.Purpose: CRMAnswer] = [:]
  private var lastID = 0

  static func settings(_ api: SugarAPI, server: String = "https://crm.example.com/sugarcrm") -> CRMSettings {
    var settings = CRMSettings(
      system: .sugarCRM, serverAddress: server, addUnknownNumber: nil, contactLookups: [.contacts])
    settings.sugarAPI = api
    return settings
  }

  init(
    _ api: SugarAPI = .v4_1, userName: String = "admin", password: String = SugarOffice.password,
    _ cloudSettings: SugarCloudSettings = SugarCloudSettings(), manner: LookupManner = .verified,
    connector settings: ConnectorSettings = ConnectorSettings()
  ) throws {
    cloud = try SugarCloud(data: Self.data, settings: cloudSettings, seed: 1)
    var page = Self.settings(api)
    page.numbers.manner = manner
    let credentials = PasswordCredentials(userName: userName, password: Secret(password))
    connector = try page.connector(
      for: CRMUserSettings(isEnabled: true, credentials: .sugarCRM(credentials)), settings: settings)
  }

  mutating func logIn() -> [ConnectorOutput] { carryOut(connector.logIn(at: now)) }

  mutating func lookUp(
    _ number: String, in tables: [CRMTable] = [.contacts, .leads, .accounts], addingTo table: CRMTable? = nil
  ) -> LookupOutcome? {
    lastID += 1
    let question = LookupQuestion(id: .init(rawValue: lastID), number: number, tables: tables, addUnknownTo: table)
    for output in carryOut(connector.lookUp(question, at: now)) {
      if case .lookedUp(question.id, let outcome) = output { return outcome }
    }
    return nil
  }

  mutating func log(
    _ direction: CallLogEntry.Direction, _ record: CRMRecordReference? = nil, seconds: Int64 = 72,
    mark: String = "1800000000.17", mayExist: Bool = false
  ) -> CallLogOutcome? {
    lastID += 1
    let call = CallLogEntry(
      id: .init(rawValue: lastID), direction: direction, number: "+16175550142", record: record,
      agentExtension: "1001", start: now, utcOffsetSeconds: 3600, talkSeconds: seconds, mark: mark, mayExist: mayExist)
    for output in carryOut(connector.log(call, at: now)) {
      if case .logged(call.id, let outcome) = output { return outcome }
    }
    return nil
  }

  private mutating func carryOut(_ outputs: [ConnectorOutput]) -> [ConnectorOutput] {
    var pending = outputs
    var results: [ConnectorOutput] = []
    while !pending.isEmpty {
      let output = pending.removeFirst()
      guard case .send(let request) = output else {
        results.append(output)
        continue
      }
      sent.append(request)
      let answer = cloud.respond(to: request.request, body: request.body, at: now)
      journal.append("\(request.purpose.rawValue) \(answer.response.status.code)")
      let given = lost.removeValue(forKey: request.purpose) ?? .response(answer.response, body: answer.body)
      pending += connector.receive(given, for: request.id, at: now)
    }
    return results
  }

  mutating func takeJournal() -> [String] {
    defer { journal = [] }
    return journal
  }

  var calls: [SugarCloudRecord] { cloud.records(in: "Calls") }

  /// A call of v4_1 by somebody else, as text.
  mutating func call(_ method: String, _ data: String) -> Reply {
    var request = HTTPRequest(
      method: .post, scheme: "https", authority: "crm.example.com", path: "/sugarcrm/service/v4_1/rest.php")
    request.headerFields[.contentType] = "application/x-www-form-urlencoded"
    let form = PercentEncoding.form([
      ("method", method), ("input_type", "JSON"), ("response_type", "JSON"), ("rest_data", data),
    ])
    return Reply(cloud.respond(to: request, body: Array(form.utf8), at: now))
  }

  /// A session of v4_1 for the administrator.
  mutating func session() -> String {
    // MD5 of the password.
    let digest = "3cb4e732631f47e6eb961f34554b7cde"
    return call(
      "login",
      #"{"user_auth":{"user_name":"admin","password":"\#(digest)","version":"1"},"application_name":"t","#
        + #""name_value_list":[]}"#
    ).member("id") ?? ""
  }

  mutating func rest(
    _ method: HTTPRequest.Method, _ path: String, token: String? = nil, _ body: String = ""
  ) -> Reply {
    var request = HTTPRequest(
      method: method, scheme: "https", authority: "crm.example.com", path: "/sugarcrm/rest/v10/" + path)
    if let token, let name = HTTPField.Name("OAuth-Token") { request.headerFields[name] = token }
    return Reply(cloud.respond(to: request, body: Array(body.utf8), at: now))
  }
}
