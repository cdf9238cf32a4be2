import CRMConnectors
import Primitives
import Testing

struct VtigerSearchTests {
  private static func contacts(_ condition: String) -> String {
    let fields = ["phone", "mobile", "homephone", "otherphone", "assistantphone", "fax"]
    return "select firstname,lastname,\(fields.joined(separator: ",")) from Contacts where "
      + fields.map { "\($0) \(condition)" }.joined(separator: " or ") + " limit 100;"
  }

  @Test func aSearchIsAQueryWithTheSession() throws {
    var dialogue = try VtigerDialogue.loggedIn()
    let asked = dialogue.ask("5550101")
    #expect(asked.requests.map(\.purpose) == [.search])
    #expect(
      asked.lines.first?.hasPrefix(
        "GET https://crm.example.com/vtigercrm/webservice.php?operation=query&sessionName=b4d1bf66b00b78ad07ea&query=s"
      ) == true)
    #expect(asked.queries == [Self.contacts("like '%5%5%5%0%1%0%1%'")])
    #expect(asked.requests.map(\.secretFields) == [["sessionName", "accessKey"]])
  }

  @Test(arguments: [
    ("+1 (617) 555-0142", "like '%1%7%5%5%5%0%1%4%2%'"), ("0016175550142", "like '%1%7%5%5%5%0%1%4%2%'"),
    ("0 30 12 34 56", "like '%3%0%1%2%3%4%5%6%'"), ("42", "= '42'"), ("00", "= '00'"),
    ("0123456", "like '%0%1%2%3%4%5%6%'"),
    ("1234567", "like '%1%2%3%4%5%6%7%'"), ("123 456", "= '123456'"),
  ])
  func theLastDigitsAreLookedForWhateverStandsBetween(number: String, condition: String) throws {
    var dialogue = try VtigerDialogue.loggedIn()
    #expect(dialogue.ask(number).queries == [Self.contacts(condition)])
  }

  @Test(arguments: ["1", "anonymous", "", "*97", "O'Brien", "5550101' or '1", "5550101;"])
  func whatIsNoNumberReachesNoQuery(number: String) throws {
    var dialogue = try VtigerDialogue.loggedIn()
    let asked = dialogue.ask(number, addingTo: .contacts)
    #expect(asked.requests.isEmpty)
    guard case .failed = asked.outcomes.first else {
      Issue.record("asked for \(number)")
      return
    }
  }

  @Test func everyTableHasItsFields() throws {
    var dialogue = try VtigerDialogue.loggedIn()
    let accounts = dialogue.ask("5550101", in: [.accounts, .leads])
    let like = "like '%5%5%5%0%1%0%1%'"
    #expect(
      accounts.queries == [
        "select accountname,phone,otherphone,fax from Accounts where phone \(like) or otherphone \(like) or fax \(like)"
          + " limit 100;"
      ])
    let leads = dialogue.answer(accounts, .rows())
    #expect(
      leads.queries == [
        "select firstname,lastname,company,phone,mobile,fax from Leads where phone \(like) or mobile \(like)"
          + " or fax \(like) limit 100;"
      ])
    #expect(dialogue.answer(leads, .rows()).outcomes == [.missed])
  }

  @Test func numbersOfOneCountryAreAskedForByTheDigitsTheirFormsShare() throws {
    var plan = NumberPlan()
    plan.countryCode = "49"
    plan.trunkPrefix = "0"
    plan.internationalPrefix = "00"
    plan.comparison = .equal
    for number in ["+493012345678", "00493012345678", "03012345678"] {
      var dialogue = try VtigerDialogue.loggedIn(numbers: plan)
      #expect(dialogue.ask(number).queries == [Self.contacts("like '%3%0%1%2%3%4%5%6%7%8%'")])
    }
  }

  @Test func theVendorsAddInAsksWithoutQuotes() throws {
    var plan = NumberPlan()
    plan.manner = .vendorAddIn
    var dialogue = try VtigerDialogue.loggedIn(numbers: plan)
    let query =
      "SELECT * FROM Contacts WHERE mobile = 5550101 OR phone = 5550101 OR homephone = 5550101 OR otherphone = 5550101"
      + " OR fax = 5550101;"
    #expect(dialogue.ask("5550101").queries == [query])
  }

  @Test(arguments: [
    (#"{"firstname":"Bo","lastname":"Tester","phone":"+1 (617) 555-0142","id":"12x2"}"#, "Bo Tester"),
    (#"{"firstname":"","lastname":"Tester","mobile":"6175550142","id":"12x2"}"#, "Tester"),
    (#"{"lastname":"Bo\r\nContact: <sip:x>","phone":"6175550142","id":"12x2"}"#, "Bo Contact: <sip:x>"),
    (
      #"{"lastname":"O&#039;Brien &amp; &lt;Co&gt; &amp;lt; &c; &","phone":"6175550142","id":"12x2"}"#,
      "O'Brien & <Co> &lt; &c; &"
    ),
    (#"{"lastname":7,"phone":"6175550142","id":"12x2"}"#, "+16175550142"),
  ])
  func theNameIsFirstAndLast(row: String, name: String) throws {
    var dialogue = try VtigerDialogue.loggedIn()
    let asked = dialogue.ask("+16175550142")
    #expect(
      dialogue.answer(asked, .rows(row)).outcomes == [
        .found(CRMRecordReference(table: .contacts, id: "12x2", name: name))
      ])
  }

  @Test func aLeadWithoutAPersonIsItsCompany() throws {
    var dialogue = try VtigerDialogue.loggedIn()
    let asked = dialogue.ask("6175550142", in: [.leads])
    let row = #"{"firstname":"","lastname":"","company":"Acme","phone":"6175550142","id":"10x9"}"#
    #expect(
      dialogue.answer(asked, .rows(row)).outcomes == [
        .found(CRMRecordReference(table: .leads, id: "10x9", name: "Acme"))
      ])
  }

  @Test func aHitWhoseNumbersAreOthersIsNone() throws {
    var dialogue = try VtigerDialogue.loggedIn()
    let asked = dialogue.ask("6175550142")
    let row = #"{"lastname":"Tester","phone":"61 75 55 01 42 99","id":"12x2"}"#
    #expect(dialogue.answer(asked, .rows(row)).outcomes == [.missed])
  }

  @Test func severalHitsAreToldAndTheFirstIsTaken() throws {
    var dialogue = try VtigerDialogue.loggedIn()
    let asked = dialogue.ask("6175550142")
    let rows = (1...3).map { #"{"lastname":"T\#($0)","phone":"617-555-0142","id":"12x\#($0)"}"# }
    #expect(
      dialogue.answer(asked, .rows(rows.joined(separator: ","))).outcomes == [
        .ambiguous(CRMRecordReference(table: .contacts, id: "12x1", name: "T1"), count: 3)
      ])
  }

  /// What a search says of answers that are none.
  @Test(arguments: [
    (CRMAnswer.failure("ACCESS_DENIED", "Permission to perform the operation is denied"), 200, "ACCESS_DENIED"),
    (.failure("QUERY_SYNTAX_ERROR"), 200, "QUERY_SYNTAX_ERROR"),
    (.failure("INTERNAL_SERVER_ERROR"), 200, "INTERNAL_SERVER_ERROR"),
    (.failure("DATABASE_QUERY_ERROR"), 200, "DATABASE_QUERY_ERROR"), (.json(500, ""), 500, "unexpectedStatus"),
    (.json(503, "<html>Service Unavailable"), 503, "unexpectedStatus"), (.json(404, "<html>"), 404, "unexpectedStatus"),
    (.json(302, ""), 302, "redirected"), (.json(200, "<html>login"), 200, "unreadableAnswer"),
    (.json(200, ""), 200, "unreadableAnswer"),
    (.json(200, #"{"success":true,"result":[{"id":"#), 200, "unreadableAnswer"),
    (.json(200, #"{"success":true,"result":{"id":"12x2"}}"#), 200, "unexpectedShape"),
    (.json(200, #"{"success":true,"result":null}"#), 200, "unexpectedShape"),
    (.rows(#"{"lastname":"No id"}"#), 200, "unexpectedShape"), (.rows(#"{"id":"12"}"#), 200, "unexpectedShape"),
    (.rows(#"{"id":12}"#), 200, "unexpectedShape"), (.json(429, ""), 429, "429"),
  ])
  func anAnswerThatIsNoneFailsTheQuestion(answer: CRMAnswer, status: Int, code: String) throws {
    var dialogue = try VtigerDialogue.loggedIn()
    let asked = dialogue.ask("5550101", addingTo: .contacts)
    let ended = dialogue.answer(asked, answer)
    #expect(ended.outcomes == [.failed(status, code)])
    #expect(ended.requests.isEmpty)
  }

  @Test func anAnswerThatIsTooLongIsNotRead() throws {
    var settings = ConnectorSettings()
    settings.maximumAnswerBytes = 600
    var dialogue = try VtigerDialogue.loggedIn(settings)
    let asked = dialogue.ask("5550101")
    let long = CRMAnswer.rows(#"{"lastname":"\#(String(repeating: "x", count: 600))","id":"12x2"}"#)
    #expect(dialogue.answer(asked, long).outcomes == [.failed(200, "answerTooLarge")])
  }

  /// coreBOS counts the rows beside them (measured).
  @Test func whatElseTheAnswerHoldsDoesNotCount() throws {
    var dialogue = try VtigerDialogue.loggedIn()
    let text = #"{"success":true,"result":[],"moreinfo":{"totalrows":0}}"#
    #expect(dialogue.answer(dialogue.ask("5550101"), .json(200, text)).outcomes == [.missed])
  }
}
