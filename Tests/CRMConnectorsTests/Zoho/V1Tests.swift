import CRMConnectors
import Foundation
import HTTPTypes
import Primitives
import Testing

struct V1Tests {
  private static let token = "0123456789abcdef0123456789abcdef"

  private struct Talk {
    var connector: ZohoV1Connector
    var now = Instant(seconds: 1_525_000_000)

    init(_ settings: ConnectorSettings = ConnectorSettings()) throws {
      connector = try ZohoV1Connector(
        serverAddress: "https://crm.zoho.com.cn", credentials: .init(securityToken: Secret(V1Tests.token)),
        settings: settings)
    }

    static func loggedIn(_ settings: ConnectorSettings = ConnectorSettings()) throws -> Talk {
      var talk = try Talk(settings)
      let login = talk.connector.logIn(at: talk.now)
      _ = talk.answer(login, #"{"response":{"result":{"row":[]},"uri":"/"}}"#)
      return talk
    }

    mutating func ask(_ number: String, in tables: [CRMTable] = [.contacts], add: CRMTable? = nil) -> [ConnectorOutput]
    {
      connector.lookUp(.init(id: .init(rawValue: 1), number: number, tables: tables, addUnknownTo: add), at: now)
    }

    mutating func answer(_ outputs: [ConnectorOutput], _ body: String, status: Int = 200) -> [ConnectorOutput] {
      answer(outputs, .json(status, body))
    }

    mutating func answer(_ outputs: [ConnectorOutput], _ answer: CRMAnswer) -> [ConnectorOutput] {
      outputs.requests.first.map { connector.receive(answer, for: $0.id, at: now) } ?? []
    }
  }

  private static func coded(_ kind: String, _ code: String) -> String {
    #"{"response":{"\#(kind)":{"code":"\#(code)","message":"x"},"uri":"/"}}"#
  }
  private static let miss = coded("nodata", "4422")

  private static func row(_ fields: [(String, String)]) -> String {
    let list = fields.map { #"{"val":"\#($0.0)","content":"\#($0.1)"}"# }
    return #"{"no":"1","FL":"# + (list.count == 1 ? list[0] : "[" + list.joined(separator: ",") + "]") + "}"
  }
  private static func rows(_ rows: String, _ module: String = "Contacts") -> String {
    #"{"response":{"result":{"\#(module)":{"row":\#(rows)}},"uri":"/"}}"#
  }
  private static let anna = row([("CONTACTID", "500"), ("First Name", "Anna"), ("Phone", "+1 555-0100")])

  private func form(_ outputs: [ConnectorOutput]) -> [String: String] {
    var result: [String: String] = [:]
    for pair in outputs.bodies.joined().split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1)
      result[String(parts[0])] = parts.count > 1 ? String(parts[1]).removingPercentEncoding : ""
    }
    return result
  }

  @Test func aLoginAsksForTheModulesWithTheTokenInTheBody() throws {
    var talk = try Talk()
    let login = talk.connector.logIn(at: talk.now)
    #expect(login.lines == ["POST https://crm.zoho.com.cn/crm/private/json/Info/getModules"])
    #expect(login.bodies == ["authtoken=\(Self.token)&scope=crmapi&type=api"])
    #expect(login.requests.map(\.secretFields) == [["authtoken"]])
    #expect(talk.answer(login, #"{"response":{"result":{"row":[]}}}"#) == [.loginStatus(.loggedIn)])
  }

  @Test(arguments: [
    (
      CRMTable.contacts,
      "(((((Phone:+15550100)OR(Mobile:+15550100))OR(Home Phone:+15550100))OR(Other Phone:+15550100))"
        + "OR(Asst Phone:+15550100))"
    ),
    (.leads, "(((Phone:+15550100)OR(Mobile:+15550100))OR(Fax:+15550100))"),
    (.accounts, "((Phone:+15550100)OR(Fax:+15550100))"),
  ])
  func aTablesPhoneFieldsAreAskedTogether(table: CRMTable, criteria: String) throws {
    var talk = try Talk.loggedIn()
    let asked = talk.ask("+15550100", in: [table])
    #expect(asked.requests.first?.request.path?.hasSuffix("/searchRecords") == true)
    #expect(asked.requests.first?.request.path?.contains("authtoken") == false)
    #expect(form(asked)["criteria"] == criteria)
    #expect(asked.bodies.joined().contains("%2B15550100"))
  }

  @Test func aSpellingThatWouldBreakOutOfTheCriteriaIsNotAsked() throws {
    var settings = ConnectorSettings()
    settings.numbers.countryCode = "1"
    var talk = try Talk.loggedIn(settings)
    #expect(form(talk.ask("(555) 010-0199"))["criteria"]?.contains("(Phone:+15550100199)") == true)
    var plain = try Talk.loggedIn()
    #expect(plain.ask("(555) 010-0199").outcomes == [.missed])
  }

  @Test(arguments: [rows(anna), rows("[\(anna)]"), rows("[\(row([("CONTACTID", "9"), ("Phone", "1")])),\(anna)]")])
  func oneRecordIsAnObjectAndSeveralAreAnArray(body: String) throws {
    var talk = try Talk.loggedIn()
    let asked = talk.ask("+15550100")
    #expect(talk.answer(asked, body).outcomes == [.found(reference(.contacts, "500", "Anna"))])
  }

  @Test func aMissLeadsToTheNextTableAndToAnAddition() throws {
    var talk = try Talk.loggedIn()
    let contacts = talk.ask("+15550100", in: [.contacts, .leads], add: .leads)
    let leads = talk.answer(contacts, Self.miss)
    let create = talk.answer(leads, Self.miss)
    #expect(create.lines == ["POST https://crm.zoho.com.cn/crm/private/json/Leads/insertRecords"])
    #expect(
      form(create)["xmlData"]
        == #"<Leads><row no="1"><FL val="Company">+15550100</FL><FL val="Last Name">+15550100</FL>"#
        + #"<FL val="Phone">+15550100</FL></row></Leads>"#)
    let added = #"{"response":{"result":{"message":"ok","recorddetail":{"FL":[{"val":"Id","content":"77"}]}}}}"#
    #expect(talk.answer(create, added).outcomes == [.added(reference(.leads, "77", "+15550100"))])
  }

  private func log(_ table: CRMTable?, name: String = "Bo", talkSeconds: Int64 = 205) throws -> String {
    var talk = try Talk.loggedIn()
    let call = CallLogEntry(
      id: .init(rawValue: 9), direction: .inbound, number: "+15550100", record: table.map { reference($0, "42", name) },
      agentExtension: "1001", start: Instant(seconds: 1_525_000_000), utcOffsetSeconds: 7200, talkSeconds: talkSeconds,
      mark: "1525000000.1")
    return form(talk.connector.log(call, at: talk.now))["xmlData"] ?? ""
  }

  @Test func aCallHasItsMandatoryFieldsInTheSitesWallClock() throws {
    let xml = try log(.contacts)
    for field in [
      #"<FL val="Subject">UCM call</FL>"#, #"<FL val="Call Type">Inbound</FL>"#,
      #"<FL val="Call Start Time">2018-04-29 13:06:40</FL>"#, #"<FL val="Call Duration">03:25</FL>"#,
      #"<FL val="CONTACTID">42</FL>"#, "[ucmsim call 1525000000.1]</FL>",
    ] { #expect(xml.contains(field)) }
  }

  @Test(arguments: [(CRMTable.leads, "Leads"), (.accounts, "Accounts")])
  func othersThanContactsAreRelatedByModule(table: CRMTable, module: String) throws {
    let xml = try log(table)
    #expect(xml.contains(#"<FL val="SEID">42</FL><FL val="SEMODULE">\#(module)</FL>"#) && !xml.contains("CONTACTID"))
  }

  @Test(arguments: [(0, "00:00"), (59, "00:59"), (6000, "100:00"), (-1, "00:00")] as [(Int64, String)])
  func theDurationIsPadded(seconds: Int64, text: String) throws {
    #expect(try log(nil, talkSeconds: seconds).contains(#"<FL val="Call Duration">\#(text)</FL>"#))
  }

  @Test func whatIsInANameCannotBreakOutOfTheXML() throws {
    let xml = try log(.contacts, name: #"</FL><FL val="SMOWNERID">1</FL>&"']]>"#)
    #expect(!xml.contains("SMOWNERID\"") && xml.contains("&lt;/FL&gt;&lt;FL val=&quot;SMOWNERID&quot;&gt;1"))
    #expect(xml.contains("&amp;&quot;&apos;]]&gt;"))
  }

  @Test(arguments: [
    ("4834", Int64(1_525_000_000), LogoutReason.securityTokenInvalid), ("4834", 1_600_000_000, .versionRetired),
    ("4890", 1_525_000_000, .securityTokenInvalid),
  ])
  func aRefusedTokenLogsTheUserOutAndIsNotShownAgain(code: String, now: Int64, reason: LogoutReason) throws {
    var talk = try Talk.loggedIn()
    talk.now = Instant(seconds: now)
    let asked = talk.ask("+15550100")
    let failure = CRMFailure(status: 200, code: code)
    #expect(
      talk.answer(asked, Self.coded("error", code)) == [
        .loginStatus(.loggedOut(reason, failure)), .lookedUp(.init(rawValue: 1), .failed(failure)),
      ])
    #expect(talk.ask("+15550100").outcomes == [.failed(failure)])
  }

  @Test(arguments: ["4820", "4421"]) func tooManyRequestsSilenceTheClientForAMinute(code: String) throws {
    var talk = try Talk.loggedIn()
    let asked = talk.ask("+15550100")
    #expect(talk.answer(asked, Self.coded("error", code)).outcomes == [.failed(200, code)])
    talk.now = talk.now + .seconds(59)
    #expect(talk.ask("+15550100").outcomes == [.failed(200, code)])
    talk.now = talk.now + .seconds(1)
    #expect(talk.ask("+15550100").requests.count == 1)
  }

  @Test(arguments: [
    (200, "", "unreadableAnswer"), (200, "<html>maintenance</html>", "unreadableAnswer"),
    (200, "<?xml version=\"1.0\"?><response/>", "unreadableAnswer"), (200, "{", "unreadableAnswer"),
    (200, "{}", "unexpectedShape"), (200, "[]", "unexpectedShape"), (200, "null", "unexpectedShape"),
    (200, #"{"response":{}}"#, "unexpectedShape"), (200, #"{"response":{"result":{}}}"#, "unexpectedShape"),
    (200, #"{"response":{"result":[]}}"#, "unexpectedShape"), (200, #"{"response":7}"#, "unexpectedShape"),
    (200, rows("[]"), "unexpectedShape"), (200, rows(#"{"FL":7}"#), "unexpectedShape"),
    (200, rows(row([("CONTACTID", "../x"), ("Phone", "+15550100")])), "unexpectedShape"),
    (200, rows(row([("Phone", "+15550100")])), "unexpectedShape"),
    (200, coded("error", "5550100 token"), "unknownCode"), (200, coded("error", "4600"), "4600"),
    (301, "", "redirected"), (302, "<html>", "redirected"), (503, "<html>", "unreadableAnswer"),
    (500, coded("error", "4500"), "4500"),
  ])
  func aHostileOrBrokenAnswerFailsAndAddsNobody(status: Int, body: String, code: String) throws {
    var talk = try Talk.loggedIn()
    let asked = talk.ask("+15550100", in: [.contacts, .leads], add: .contacts)
    let outputs = talk.answer(asked, body, status: status)
    #expect(outputs.requests.isEmpty && outputs.outcomes == [.failed(status, code)])
  }

  @Test func anEndlessAnswerIsNotReadAndDeepNestingIsAFailure() throws {
    var talk = try Talk.loggedIn()
    var asked = talk.ask("+15550100")
    let endless = CRMAnswer.response(HTTPResponse(status: 200), body: Array(repeating: 91, count: 30_000_000))
    #expect(talk.answer(asked, endless).outcomes == [.failed(200, "answerTooLarge")])
    asked = talk.ask("+15550100")
    let deep = #"{"response":"# + String(repeating: "[", count: 50_000) + String(repeating: "]", count: 50_000) + "}"
    #expect(talk.answer(asked, deep).requests.isEmpty)
  }

  @Test(arguments: CRMAnswer.UnreachableReason.allCases)
  func anUnreachableServerFailsTheQuestion(reason: CRMAnswer.UnreachableReason) throws {
    var talk = try Talk.loggedIn()
    let asked = talk.ask("+15550100")
    #expect(talk.answer(asked, .unreachable(reason)).outcomes == [.failed(nil, reason.rawValue)])
  }

  @Test(arguments: [
    ("https://crm.zoho.com", "crm.zoho.com"), ("https://crm.zoho.eu/", "crm.zoho.eu"),
    ("https://crm.zoho.com.cn", "crm.zoho.com.cn"), ("https://crm.zoho.in", "crm.zoho.in"),
    ("https://crm.zohocloud.ca", "crm.zohocloud.ca"),
  ])
  func everyDataCentreHasItsHost(address: String, host: String) throws {
    #expect(try ZohoDataCentre(serverAddress: address, of: .zohoV1).crmHost == host)
  }

  @Test(arguments: ["https://www.zohoapis.com", "http://crm.zoho.com", "https://crm.zoho.com.evil.example", ""])
  func anyOtherAddressIsRefused(address: String) {
    #expect(throws: ZohoServerAddressError.self) { try ZohoDataCentre(serverAddress: address, of: .zohoV1) }
  }

  @Test func noPrintingShowsTheToken() throws {
    var talk = try Talk.loggedIn()
    let asked = talk.ask("+15550100")
    for value in [talk.connector, asked] as [Any] {
      var text = String(describing: value) + String(reflecting: value)
      dump(value, to: &text)
      #expect(!text.contains(Self.token) && !text.contains("5550100"))
    }
  }
}
