import CRMConnectors
import HTTPTypes
import Primitives
import Testing

struct LookupTests {
  @Test func aLookupIsOneSearchWithTheTokenInItsHeader() throws {
    var dialogue = try Dialogue.loggedIn()
    var request = HTTPRequest(
      method: .get, scheme: "https", authority: "www.zohoapis.com",
      path: "/crm/v2/Contacts/search?phone=%2B493000000012")
    request.headerFields[.authorization] = "Zoho-oauthtoken 1000.first.token"
    #expect(
      dialogue.ask("+493000000012") == [
        .send(
          CRMRequest(
            id: .init(rawValue: 2), purpose: .search, subject: .question(.init(rawValue: 1)), request: request))
      ])
  }

  @Test(arguments: [
    ("+1 (555) 0100", "%2B1%20%28555%29%200100"), ("555-0100", "555-0100"), (" 030/55 501 ", "030%2F55%20501"),
    ("030.55501", "030.55501"),
  ])
  func everythingButUnreservedCharactersIsPercentEncoded(number: String, encoded: String) throws {
    var dialogue = try Dialogue.loggedIn()
    #expect(dialogue.ask(number).requests.map(\.request.path) == ["/crm/v2/Contacts/search?phone=" + encoded])
  }

  @Test func tablesAreAskedInOrderAndTheFirstHitWins() throws {
    var dialogue = try Dialogue.loggedIn()
    let accounts = dialogue.ask("+15550100", in: [.accounts, .leads, .contacts], addingTo: .leads)
    #expect(accounts.requests.map(\.request.path) == ["/crm/v2/Accounts/search?phone=%2B15550100"])
    let leads = dialogue.answer(accounts, .miss)
    #expect(leads.requests.map(\.request.path) == ["/crm/v2/Leads/search?phone=%2B15550100"])
    #expect(
      dialogue.answer(leads, .found("4000000000000123456", #""Full_Name":"Bo Tester""#)) == [
        .lookedUp(.init(rawValue: 1), .found(reference(.leads, "4000000000000123456", "Bo Tester")))
      ])
  }

  @Test func aNumberFoundNowhereIsAMiss() throws {
    var dialogue = try Dialogue.loggedIn()
    let contacts = dialogue.ask("+15550100", in: [.contacts, .leads])
    let leads = dialogue.answer(contacts, .miss)
    #expect(dialogue.answer(leads, .miss).outcomes == [.missed])
  }

  @Test func aMissMayCarryABody() throws {
    var dialogue = try Dialogue.loggedIn()
    let asked = dialogue.ask("+15550100")
    #expect(dialogue.answer(asked, .json(204, "<html>")).outcomes == [.missed])
  }

  @Test(arguments: [
    (#""Full_Name":"Bo Tester","Last_Name":"Other""#, "Bo Tester"),
    (#""First_Name":"Bo","Last_Name":"Tester""#, "Bo Tester"), (#""Last_Name":"Tester""#, "Tester"),
    (#""First_Name":null,"Last_Name":"Tester""#, "Tester"), (#""Full_Name":"","Last_Name":"Tester""#, "Tester"),
    (#""Account_Name":"Acme","Company":"Other""#, "Acme"), (#""Account_Name":{"name":"Acme","id":"1"}"#, "Acme"),
    (#""Company":"Acme Ltd""#, "Acme Ltd"), (#""Full_Name":7,"First_Name":[],"Company":"Acme""#, "Acme"),
    (#""Fax":null"#, "+15550100"), (#""Full_Name":" \t\r\n ""#, "+15550100"),
    (#""Full_Name":"Bo\r\nContact: <sip:x>""#, "Bo Contact: <sip:x>"), (#""Full_Name":"Zoë 李""#, "Zoë 李"),
    (#""Account_Name":{"name":{}}"#, "+15550100"), (#""Account_Name":[1]"#, "+15550100"),
  ])
  func theNameShownIsTheFirstThatIsThere(fields: String, name: String) throws {
    var dialogue = try Dialogue.loggedIn()
    let asked = dialogue.ask("+15550100")
    #expect(
      dialogue.answer(asked, .found("4000000000000123456", fields)).outcomes == [
        .found(reference(.contacts, "4000000000000123456", name))
      ])
  }

  @Test func aVeryLongNameIsCut() throws {
    var dialogue = try Dialogue.loggedIn()
    let asked = dialogue.ask("+15550100")
    let long = String(repeating: "x", count: 5000)
    #expect(
      dialogue.answer(asked, .found("1", #""Full_Name":"\#(long)""#)).outcomes == [
        .found(reference(.contacts, "1", String(repeating: "x", count: 255)))
      ])
  }

  @Test(arguments: [
    (200, "", "unreadableAnswer"), (200, "<html>maintenance</html>", "unreadableAnswer"),
    (200, #"{"data":[{"id":"1""#, "unreadableAnswer"), (200, "\u{FEFF}nonsense", "unreadableAnswer"),
    (200, "null", "unexpectedShape"), (200, "[]", "unexpectedShape"), (200, "7", "unexpectedShape"),
    (200, "{}", "unexpectedShape"), (200, #"{"data":null}"#, "unexpectedShape"),
    (200, #"{"data":[]}"#, "unexpectedShape"), (200, #"{"data":{"id":"1"}}"#, "unexpectedShape"),
    (200, #"{"data":[null]}"#, "unexpectedShape"), (200, #"{"data":["1"]}"#, "unexpectedShape"),
    (200, #"{"data":[{}]}"#, "unexpectedShape"), (200, #"{"data":[{"id":4000000000000123456}]}"#, "unexpectedShape"),
    (200, #"{"data":[{"id":"../../x"}]}"#, "unexpectedShape"), (200, #"{"data":[{"id":""}]}"#, "unexpectedShape"),
    (200, #"{"code":"INVALID_QUERY","status":"error"}"#, "INVALID_QUERY"),
    (400, #"{"code":"INVALID_DATA","status":"error"}"#, "INVALID_DATA"), (404, "", "unreadableAnswer"),
    (500, #"{"code":"INTERNAL_ERROR","status":"error"}"#, "INTERNAL_ERROR"), (503, "{}", "unexpectedStatus"),
    (200, #"{"data":[{"id":"1","Last_Name":"Bo"}]}"#, "unexpectedShape"),
    (304, "{}", "redirected"), (301, "<html>", "redirected"), (307, "", "redirected"),
    (400, #"{"code":"phone 5550100","status":"error"}"#, "unknownCode"),
    (400, #"{"status":"error"}"#, "unknownCode"),
  ])
  func aHostileOrBrokenAnswerFailsAndAddsNobody(status: Int, body: String, code: String) throws {
    var dialogue = try Dialogue.loggedIn()
    let asked = dialogue.ask("+15550100", in: [.contacts, .leads], addingTo: .contacts)
    let outputs = dialogue.answer(asked, .json(status, body))
    #expect(outputs.requests.isEmpty && outputs.outcomes == [.failed(status, code)])
  }

  @Test func anEndlessAnswerIsNotRead() throws {
    var dialogue = try Dialogue.loggedIn()
    let asked = dialogue.ask("+15550100")
    let body = Array(repeating: UInt8(ascii: "["), count: 10_000_000)
    let answer = CRMAnswer.response(HTTPResponse(status: 200), body: body)
    #expect(dialogue.answer(asked, answer).outcomes == [.failed(200, "answerTooLarge")])
  }

  @Test(arguments: [("[", "]"), (#"{"data":"#, "}"), (#"{"data":["#, "]}")])
  func deepNestingIsAFailure(open: String, close: String) throws {
    var dialogue = try Dialogue.loggedIn()
    let asked = dialogue.ask("+15550100")
    let text = String(repeating: open, count: 50_000) + String(repeating: close, count: 50_000)
    let outcomes = dialogue.answer(asked, .json(200, text)).outcomes
    #expect([[.failed(200, "unreadableAnswer")], [.failed(200, "unexpectedShape")]].contains(outcomes))
  }

  @Test func bytesThatAreNoTextAreAFailure() throws {
    var dialogue = try Dialogue.loggedIn()
    let asked = dialogue.ask("+15550100")
    let answer = CRMAnswer.response(HTTPResponse(status: 200), body: [0xff, 0xfe, 0x00, 0xc0])
    #expect(dialogue.answer(asked, answer).outcomes == [.failed(200, "unreadableAnswer")])
  }

  @Test(arguments: [
    ("", "emptyNumber"), (" ", "emptyNumber"), (String(repeating: "5", count: 65), "numberTooLong"),
    ("5", "numberTooShort"), ("+1", "numberTooShort"), ("anonymous", "notANumber"), ("Restricted", "notANumber"),
    ("a&b=c#d", "notANumber"), ("100%", "notANumber"), ("Zoë", "notANumber"), ("*72", "notANumber"),
    ("5550100\r\nX: y", "notANumber"), ("\u{0}5550100", "notANumber"), ("5550100' or '1'='1", "notANumber"),
    ("(Phone:5550100)OR(Phone:*)", "notANumber"), ("</FL>5550100", "notANumber"), ("++15550100", "notANumber"),
    ("+", "notANumber"), ("--", "notANumber"), ("٥٥٥٠١٠٠", "notANumber"), (#"1","x":"/\"#, "notANumber"),
  ])
  func aNumberThatCannotBeAskedForFails(number: String, code: String) throws {
    var dialogue = try Dialogue.loggedIn()
    #expect(dialogue.ask(number, addingTo: .contacts) == [.lookedUp(.init(rawValue: 1), .failed(nil, code))])
  }

  @Test func withoutTablesNobodyIsAskedAndNobodyAdded() throws {
    var dialogue = try Dialogue.loggedIn()
    #expect(dialogue.ask("+15550100", in: [], addingTo: .contacts) == [.lookedUp(.init(rawValue: 1), .missed)])
  }

  @Test func anAnswerToARequestNobodyMadeIsIgnored() throws {
    var dialogue = try Dialogue.loggedIn()
    let asked = dialogue.ask("+15550100")
    #expect(dialogue.connector.receive(.miss, for: .init(rawValue: 99), at: dialogue.now).isEmpty)
    #expect(dialogue.answer(asked, .miss).outcomes == [.missed])
    #expect(dialogue.answer(asked, .miss).isEmpty)
  }
}
