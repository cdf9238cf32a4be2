import CRMConnectors
import HTTPTypes
import Primitives

/// A client of Salesforce with its clock, so that a test reads as a conversation.
struct SalesforceDialogue {
  static let password = PasswordCredentials(userName: "bo&co@example.com", password: Secret("pass<word>'\""))
  static let byPassword = SalesforceCredentials.password(password, securityToken: Secret("TOKEN&1"))
  static let byToken = SalesforceCredentials.oauth(
    clientID: "3MVG9.EXAMPLE", clientSecret: Secret("AB12CD"), refreshToken: Secret("5Aep861EXAMPLE"))
  static let session = "00D000000000001!AQexample"
  static let instance = "example.my.salesforce.com"

  var connector: SalesforceConnector
  var now = Instant(seconds: 1_800_000_000)
  private var lastQuestion = 0

  init(
    _ settings: ConnectorSettings = ConnectorSettings(), server: String = "",
    credentials: SalesforceCredentials = SalesforceDialogue.byPassword
  ) throws {
    connector = try SalesforceConnector(serverAddress: server, credentials: credentials, settings: settings)
  }

  static func loggedIn(_ settings: ConnectorSettings = ConnectorSettings()) throws -> SalesforceDialogue {
    var dialogue = try SalesforceDialogue(settings)
    _ = dialogue.answer(dialogue.connector.logIn(at: dialogue.now), .soapSession())
    return dialogue
  }

  mutating func wait(seconds: Int64) { now = now + .seconds(seconds) }

  mutating func ask(
    _ number: String, in tables: [CRMTable] = [.contacts], addingTo table: CRMTable? = nil
  ) -> [ConnectorOutput] {
    lastQuestion += 1
    let question = LookupQuestion(
      id: .init(rawValue: lastQuestion), number: number, tables: tables, addUnknownTo: table)
    return connector.lookUp(question, at: now)
  }

  mutating func log(_ call: CallLogEntry) -> [ConnectorOutput] { connector.log(call, at: now) }

  /// Answers the only request of `outputs`.
  mutating func answer(_ outputs: [ConnectorOutput], _ answer: CRMAnswer) -> [ConnectorOutput] {
    guard let request = outputs.requests.first, outputs.requests.count == 1 else { return [] }
    return connector.receive(answer, for: request.id, at: now)
  }
}

extension CRMAnswer {
  static func xml(_ status: Int, _ text: String) -> CRMAnswer {
    .response(HTTPResponse(status: .init(code: status)), body: Array(text.utf8))
  }

  static func soapSession(
    server: String = "https://example.my.salesforce.com/services/Soap/u/64.0/00D000000000001",
    session: String = SalesforceDialogue.session, rest: String = "<userId>005000000000001AAA</userId>"
  ) -> CRMAnswer {
    .xml(
      200,
      #"<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/"#
        + #"envelope/" xmlns="urn:partner.soap.sforce.com"><soapenv:Body><loginResponse><result>"#
        + "<serverUrl>\(server)</serverUrl><sessionId>\(session)</sessionId>\(rest)"
        + "</result></loginResponse></soapenv:Body></soapenv:Envelope>")
  }

  static func soapFault(_ code: String) -> CRMAnswer {
    .xml(
      500,
      #"<soapenv:Envelope xmlns:soapenv="x"><soapenv:Body><soapenv:Fault><faultcode>sf:"# + code
        + "</faultcode><faultstring>no &amp; never</faultstring></soapenv:Fault></soapenv:Body></soapenv:Envelope>")
  }

  static func salesforceError(_ status: Int, _ code: String, _ message: String = "no") -> CRMAnswer {
    .json(status, #"[{"message":"\#(message)","errorCode":"\#(code)"}]"#)
  }

  static func hits(_ records: String...) -> CRMAnswer {
    .json(200, #"{"searchRecords":["# + records.joined(separator: ",") + "]}")
  }

  static func page(_ records: String...) -> CRMAnswer {
    .json(200, #"{"totalSize":1,"done":true,"records":["# + records.joined(separator: ",") + "]}")
  }

  /// A batch with one query for each text.
  static func batch(_ pages: String...) -> CRMAnswer {
    let results = pages.map { #"{"statusCode":200,"result":{"records":[\#($0)]}}"# }
    return .json(200, #"{"hasErrors":false,"results":["# + results.joined(separator: ",") + "]}")
  }

  static let madeContact = CRMAnswer.json(201, #"{"id":"003000000000009AAA","success":true,"errors":[]}"#)
}

func salesforceRecord(
  _ object: String, _ id: String, _ name: String = "Bo Tester", _ fields: String = #""Phone":"+1 (617) 555-0142""#
) -> String {
  #"{"attributes":{"type":"\#(object)","url":"/x"},"Id":"\#(id)","Name":"\#(name)",\#(fields)}"#
}
