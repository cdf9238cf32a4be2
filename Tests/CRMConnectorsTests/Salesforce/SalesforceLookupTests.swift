import CRMConnectors
import HTTPTypes
import Primitives
import Testing

struct SalesforceLookupTests {
  private let contact = "003000000000001AAA"
  private let tables: [CRMTable] = [.contacts, .leads, .accounts]

  @Test func oneSearchCoversEveryTableInEachWayTheIndexMayHoldTheNumber() throws {
    var dialogue = try SalesforceDialogue.loggedIn()
    let asked = dialogue.ask("+1 (617) 555-0142", in: [.leads, .accounts])
    #expect(
      asked.lines == [
        "GET https://example.my.salesforce.com/services/data/v64.0/search/?q="
          + PercentEncoding.encode(
            #"FIND {16175550142 OR 6175550142 OR "617 555 0142"} IN PHONE FIELDS RETURNING "#
              + "Lead(Id,Name,Phone,MobilePhone,Fax LIMIT 200),Account(Id,Name,Phone,Fax LIMIT 200)")
      ])
    #expect(asked.authorizations == ["Bearer " + SalesforceDialogue.session])
  }

  @Test func aNumberTheIndexDoesNotKnowIsLookedForInTheStoredTextsByOneRequest() throws {
    var dialogue = try SalesforceDialogue.loggedIn()
    let asked = dialogue.ask("+493012345678", in: [.leads, .accounts])
    let texts = dialogue.answer(asked, .hits())
    #expect(texts.lines == ["POST https://example.my.salesforce.com/services/data/v64.0/composite/batch"])
    let query = PercentEncoding.encode(
      "SELECT Id,Name,Phone,Fax FROM Account WHERE Phone LIKE '%2%3%4%5%6%7%8%' OR Fax LIKE "
        + "'%2%3%4%5%6%7%8%' LIMIT 200")
    #expect(texts.bodies.first?.contains(#"{"method":"GET","url":"v64.0/query/?q=\#(query)"}"#) ?? false)
    let found = dialogue.answer(
      texts, .batch("", salesforceRecord("Account", "001000000000001AAA", "Acme", #""Phone":"+49 30 12345678""#)))
    #expect(found.outcomes == [.found(reference(.accounts, "001000000000001AAA", "Acme"))])
  }

  @Test func withoutTheLookIntoStoredTextsTheIndexHasTheLastWord() throws {
    var settings = ConnectorSettings()
    settings.salesforce.searchesStoredTexts = false
    var dialogue = try SalesforceDialogue.loggedIn(settings)
    let asked = dialogue.ask("16175550142", in: tables)
    #expect(dialogue.answer(asked, .hits()).outcomes == [.missed])
  }

  @Test func ofSeveralTablesTheFirstInTheQuestionsOrderWins() throws {
    var dialogue = try SalesforceDialogue.loggedIn()
    let asked = dialogue.ask("6175550142", in: [.accounts, .contacts])
    let answer = CRMAnswer.hits(
      salesforceRecord("Contact", contact), salesforceRecord("Account", "001000000000001AAA", "Acme"))
    #expect(dialogue.answer(asked, answer).outcomes == [.found(reference(.accounts, "001000000000001AAA", "Acme"))])
  }

  @Test func severalHitsInOneTableAreSaidToBeSeveral() throws {
    var dialogue = try SalesforceDialogue.loggedIn()
    let asked = dialogue.ask("6175550142", in: tables)
    let answer = CRMAnswer.hits(
      salesforceRecord("Contact", contact), salesforceRecord("Contact", "003000000000002AAA", "Other"))
    #expect(
      dialogue.answer(asked, answer).outcomes == [.ambiguous(reference(.contacts, contact, "Bo Tester"), count: 2)])
  }

  @Test(arguments: [
    #""Phone":"+1 (617) 555-0143""#, #""Phone":null"#, #""Phone":42"#, #""MobilePhone":"55-0142""#,
    #""Phone":"","Fax":"none""#, #""Description":"6175550142""#,
  ])
  func aHitThatDoesNotHoldTheNumberIsNone(fields: String) throws {
    var dialogue = try SalesforceDialogue.loggedIn()
    let asked = dialogue.ask("6175550142", in: [.contacts])
    let texts = dialogue.answer(asked, .hits(salesforceRecord("Contact", contact, "Bo", fields)))
    #expect(dialogue.answer(texts, .batch("")).outcomes == [.missed])
  }

  @Test(arguments: ["MobilePhone", "HomePhone", "OtherPhone", "AssistantPhone", "Fax"])
  func anyOfTheTelephoneFieldsMayHoldTheNumber(field: String) throws {
    var dialogue = try SalesforceDialogue.loggedIn()
    let asked = dialogue.ask("6175550142", in: [.contacts])
    let hit = salesforceRecord("Contact", contact, "Bo", #""Phone":null,"\#(field)":"617.555.0142 ext 5""#)
    #expect(dialogue.answer(asked, .hits(hit)).outcomes == [.found(reference(.contacts, contact, "Bo"))])
  }

  @Test(arguments: ["0", "00", "1", "anonymous", "", "*97", "O'Brien", "42'} OR {*", "+1 617; DROP"])
  func whatIsNoNumberReachesNoQuery(text: String) throws {
    var dialogue = try SalesforceDialogue.loggedIn()
    let asked = dialogue.ask(text, in: tables, addingTo: .contacts)
    let isHarmless = asked.requests.allSatisfy { ($0.request.path ?? "").contains("FIND%20%7B00%7D") }
    #expect(isHarmless && (asked.requests.isEmpty || text == "00"))
  }

  @Test func aShortNumberIsNotLookedForInEveryNumberThatHasItsDigits() throws {
    var dialogue = try SalesforceDialogue.loggedIn()
    let asked = dialogue.ask("42", in: [.contacts])
    #expect(dialogue.answer(asked, .hits(salesforceRecord("Contact", contact))).outcomes == [.missed])
  }

  @Test(arguments: [
    (200, "", "unreadableAnswer"), (200, "<html>", "unreadableAnswer"), (200, "{}", "unexpectedShape"),
    (200, "[]", "unexpectedShape"), (200, "null", "unexpectedShape"),
    (200, #"{"searchRecords":null}"#, "unexpectedShape"),
    (200, #"{"searchRecords":[{}]}"#, "unexpectedShape"),
    (200, #"{"searchRecords":[{"Id":"003000000000001AAA"}]}"#, "unexpectedShape"),
    (200, #"{"searchRecords":[{"attributes":{"type":"Contact"},"Id":"../../x"}]}"#, "unexpectedShape"),
    (200, #"{"searchRecords":[{"attributes":{"type":"Contact"},"Id":7}]}"#, "unexpectedShape"),
    (200, #"[{"message":"no","errorCode":"MALFORMED_SEARCH"}]"#, "MALFORMED_SEARCH"),
    (400, #"[{"message":"no","errorCode":"INVALID_TYPE"}]"#, "INVALID_TYPE"),
    (400, #"[{"message":"no","errorCode":"call 5550142"}]"#, "unknownCode"),
    (403, #"[{"message":"no","errorCode":"API_DISABLED_FOR_ORG"}]"#, "API_DISABLED_FOR_ORG"),
    (404, #"[{"errorCode":"NOT_FOUND","message":"The requested resource does not exist"}]"#, "NOT_FOUND"),
    (500, "", "unreadableAnswer"), (503, "<html>maintenance</html>", "unreadableAnswer"), (302, "", "redirected"),
    (200, #"{"hasErrors":false,"results":[]}"#, "unexpectedShape"),
  ])
  func aHostileOrBrokenAnswerFailsAndAddsNobody(status: Int, body: String, code: String) throws {
    var dialogue = try SalesforceDialogue.loggedIn()
    let asked = dialogue.ask("6175550142", in: tables, addingTo: .contacts)
    let outputs = dialogue.answer(asked, .json(status, body))
    #expect(outputs.requests.isEmpty && outputs.outcomes == [.failed(status, code)])
  }

  @Test func aBatchThatFailedInPartAddsNobody() throws {
    var dialogue = try SalesforceDialogue.loggedIn()
    let asked = dialogue.ask("6175550142", in: [.contacts, .leads], addingTo: .leads)
    let texts = dialogue.answer(asked, .hits())
    let answer = CRMAnswer.json(
      200,
      #"{"hasErrors":true,"results":[{"statusCode":200,"result":{"records":[]}},{"statusCode":400,"result":"#
        + #"[{"errorCode":"QUERY_TIMEOUT","message":"slow"}]}]}"#)
    #expect(dialogue.answer(texts, answer).outcomes == [.failed(400, "QUERY_TIMEOUT")])
  }

  @Test(arguments: [
    (CRMTable.contacts, #"{"LastName":"6175550142","Phone":"6175550142"}"#, "Contact"),
    (.leads, #"{"Company":"6175550142","LastName":"6175550142","Phone":"6175550142"}"#, "Lead"),
    (.accounts, #"{"Name":"6175550142","Phone":"6175550142"}"#, "Account"),
  ])
  func anUnknownNumberIsAddedWithWhatTheTableDemands(table: CRMTable, body: String, object: String) throws {
    var dialogue = try SalesforceDialogue.loggedIn()
    let asked = dialogue.ask("6175550142", in: [table], addingTo: table)
    let creation = dialogue.answer(dialogue.answer(asked, .hits()), .batch(""))
    #expect(creation.lines == ["POST https://example.my.salesforce.com/services/data/v64.0/sobjects/\(object)"])
    #expect(creation.bodies == [body])
    let added = dialogue.answer(creation, .madeContact)
    #expect(added.outcomes == [.added(reference(table, "003000000000009AAA", "6175550142"))])
  }

  @Test func aCreationWhoseAnswerWasLostIsLookedForBeforeItIsRepeated() throws {
    var dialogue = try SalesforceDialogue.loggedIn()
    let asked = dialogue.ask("6175550142", addingTo: .contacts)
    let creation = dialogue.answer(dialogue.answer(asked, .hits()), .batch(""))
    let look = dialogue.answer(creation, .unreachable(.timedOut))
    #expect(
      look.lines == [
        "GET https://example.my.salesforce.com/services/data/v64.0/query/?q="
          + PercentEncoding.encode(
            "SELECT Id,Name,Phone,MobilePhone,HomePhone,OtherPhone,AssistantPhone,Fax FROM Contact WHERE Phone = "
              + "'6175550142' OR Phone LIKE '%5%5%5%0%1%4%2%' ORDER BY CreatedDate DESC LIMIT 200")
      ])
    #expect(
      dialogue.answer(look, .page(salesforceRecord("Contact", contact))).outcomes == [
        .added(reference(.contacts, contact, "6175550142"))
      ])
  }

  @Test(arguments: [
    (400, #"[{"errorCode":"DUPLICATES_DETECTED","message":"no"}]"#, "DUPLICATES_DETECTED"),
    (400, #"[{"errorCode":"REQUIRED_FIELD_MISSING","message":"no","fields":["Company"]}]"#, "REQUIRED_FIELD_MISSING"),
    (400, #"[{"errorCode":"FIELD_CUSTOM_VALIDATION_EXCEPTION","message":"no"}]"#, "FIELD_CUSTOM_VALIDATION_EXCEPTION"),
    (
      201, #"{"id":null,"success":false,"errors":[{"statusCode":"STORAGE_LIMIT_EXCEEDED","message":"no"}]}"#,
      "STORAGE_LIMIT_EXCEEDED"
    ),
  ])
  func aRefusedCreationIsNotRepeated(status: Int, body: String, code: String) throws {
    var dialogue = try SalesforceDialogue.loggedIn()
    let asked = dialogue.ask("6175550142", addingTo: .contacts)
    let creation = dialogue.answer(dialogue.answer(asked, .hits()), .batch(""))
    #expect(dialogue.answer(creation, .json(status, body)) == [.lookedUp(.init(rawValue: 1), .failed(status, code))])
  }

  @Test(arguments: [(201, "<html>"), (201, "{}"), (201, #"{"success":true}"#), (500, ""), (200, "{\"id\":\"00")])
  func aCreationAnsweredInHalfIsLookedFor(status: Int, body: String) throws {
    var dialogue = try SalesforceDialogue.loggedIn()
    let asked = dialogue.ask("6175550142", addingTo: .contacts)
    let creation = dialogue.answer(dialogue.answer(asked, .hits()), .batch(""))
    #expect(dialogue.answer(creation, .json(status, body)).requests.map(\.purpose) == [.confirm])
  }

  @Test func aSpentDayIsADayOfSilenceWithoutALogin() throws {
    var dialogue = try SalesforceDialogue.loggedIn()
    let asked = dialogue.ask("6175550142")
    let limit = CRMAnswer.salesforceError(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.")
    #expect(dialogue.answer(asked, limit).outcomes == [.failed(403, "REQUEST_LIMIT_EXCEEDED")])
    dialogue.wait(seconds: 86_399)
    #expect(dialogue.ask("6175550142").requests.isEmpty)
    let failure = CRMFailure(status: 403, code: "REQUEST_LIMIT_EXCEEDED")
    #expect(dialogue.connector.logIn(at: dialogue.now) == [.loginStatus(.loggedIn)])
    #expect(dialogue.log(.example()) == [.logged(.init(rawValue: 9), .postponed(failure, mayExist: false))])
    dialogue.wait(seconds: 1)
    #expect(dialogue.ask("6175550142").requests.map(\.purpose) == [.search])
  }

  @Test(arguments: [
    CRMAnswer.salesforceError(403, "REQUEST_LIMIT_EXCEEDED", "ConcurrentRequests Limit exceeded."),
    .json(429, "<html>slow down</html>"),
  ])
  func tooManyAtOnceIsAMinuteOfSilence(answer: CRMAnswer) throws {
    var dialogue = try SalesforceDialogue.loggedIn()
    _ = dialogue.answer(dialogue.ask("6175550142"), answer)
    dialogue.wait(seconds: 59)
    #expect(dialogue.ask("6175550142").requests.isEmpty)
    dialogue.wait(seconds: 1)
    #expect(dialogue.ask("6175550142").requests.count == 1)
  }

  @Test func anExpiredSessionIsRenewedOnceAndTheRequestRepeatedOnce() throws {
    var dialogue = try SalesforceDialogue.loggedIn()
    let expired = CRMAnswer.salesforceError(401, "INVALID_SESSION_ID", "Session expired or invalid")
    let login = dialogue.answer(dialogue.ask("6175550142"), expired)
    #expect(login.requests.map(\.purpose) == [.token])
    let again = dialogue.answer(login, .soapSession(session: "00D!second"))
    #expect(again.authorizations == ["Bearer 00D!second"])
    let outputs = dialogue.answer(again, expired)
    #expect(outputs.requests.isEmpty && outputs.outcomes == [.failed(401, "INVALID_SESSION_ID")])
    #expect(dialogue.ask("6175550142").requests.isEmpty)
  }

  @Test func theVendorsMannerAsksInAllFieldsOfThreeObjects() throws {
    var settings = ConnectorSettings()
    settings.numbers.manner = .vendorAddIn
    var dialogue = try SalesforceDialogue.loggedIn(settings)
    let asked = dialogue.ask("+1 617", in: [.contacts])
    #expect(
      asked.requests.map(\.request.path) == [
        "/services/data/v64.0/parameterizedSearch/?q=%2B1%20617&sobject=Account&sobject=Contact&sobject=Lead"
          + "&Account.fields=Id%2CName%2CPhone%2CFax&Contact.fields=Id%2CName%2CPhone%2CMobilePhone%2CHomePhone%2C"
          + "OtherPhone%2CAssistantPhone%2CFax&Lead.fields=Id%2CName%2CPhone%2CMobilePhone%2CFax"
      ])
  }
}
