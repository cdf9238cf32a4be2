import CRMConnectors
import HTTPTypes
import Primitives
import Testing

/// The exact requests of the client of v4_1.
struct SugarV4RequestTests {
  /// The form's fields, decoded.
  private static func form(_ request: CRMRequest?) -> [String: String] {
    let body = String(decoding: request?.body ?? [], as: UTF8.self)
    var fields: [String: String] = [:]
    for pair in body.split(separator: "&") {
      let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      fields[String(halves[0])] = PercentEncoding.decode(Array(halves[1].utf8))
    }
    return fields
  }

  @Test(arguments: [
    ("https://crm.example.com/sugarcrm/", "https", "crm.example.com", "/sugarcrm/service/v4_1/rest.php"),
    ("http://CRM.example.com:8080", "http", "crm.example.com:8080", "/service/v4_1/rest.php"),
  ])
  func loginSendsTheMD5OfThePassword(server: String, scheme: String, authority: String, path: String) throws {
    var dialogue = try SugarDialogue(server: server)
    let request = try #require(dialogue.connector.logIn(at: dialogue.now).requests.first)
    #expect(request.purpose == .token && request.secretFields == ["session", "password"])
    #expect(request.request.method == .post && request.request.scheme == scheme)
    #expect(request.request.authority == authority && request.request.path == path)
    #expect(
      Self.form(request) == [
        "method": "login", "input_type": "JSON", "response_type": "JSON",
        "rest_data": #"{"user_auth":{"user_name":"ann","password":"4ac6430a17d0215b3052b15c879d48bc","version":"1"},"#
          + #""application_name":"ucm","name_value_list":[]}"#,
      ])
  }

  @Test func aLookupIsAConditionOverThePhoneFieldsWithEveryDocumentedArgument() throws {
    var dialogue = try SugarDialogue.loggedIn()
    let form = Self.form(dialogue.ask("+1 (617) 555-0142", in: [.accounts]).requests.first)
    #expect(form["method"] == "get_entry_list")
    let pattern = "%1%7%5%5%5%0%1%4%2%"
    #expect(
      form["rest_data"]
        == #"{"session":"\#(SugarDialogue.session)","module_name":"Accounts","#
        + #""query":"accounts.phone_office like '\#(pattern)' or accounts.phone_alternate like '\#(pattern)' or "#
        + #"accounts.phone_fax like '\#(pattern)'","order_by":"","offset":0,"#
        + #""select_fields":["id","name","phone_office","phone_alternate","phone_fax"],"#
        + #""link_name_to_fields_array":[],"max_results":500,"deleted":0}"#)
  }

  @Test(
    arguments: [
      ("+16175550142", ["%1%7%5%5%5%0%1%4%2%"]), ("5550142", ["%5%5%5%0%1%4%2%"]), ("0042", ["%4%2%"]),
      ("00", ["%0%0%"]), ("0 617 555 0142", ["%1%7%5%5%5%0%1%4%2%"]),
    ] as [(String, [String])])
  func onlyTheNumbersLastDigitsReachTheCondition(number: String, patterns: [String]) throws {
    var dialogue = try SugarDialogue.loggedIn()
    let data = try #require(Self.form(dialogue.ask(number).requests.first)["rest_data"])
    #expect(patterns.allSatisfy { data.contains("contacts.phone_work like '\($0)'") })
  }

  @Test func aKnownCountryLeavesTheSubscribersNumberAndFewerDigitsAreASecondQuestion() throws {
    var numbers = NumberPlan()
    numbers.countryCode = "44"
    numbers.trunkPrefix = "0"
    numbers.comparison = .equal
    numbers.searchedDigits = 6
    var dialogue = try SugarDialogue.loggedIn(numbers: numbers)
    let first = dialogue.ask("02079460000")
    #expect(Self.form(first.requests.first)["rest_data"]?.contains("like '%2%0%7%9%4%6%0%0%0%0%'") ?? false)
    let second = dialogue.answer(first, .json(200, #"{"result_count":0,"total_count":0,"entry_list":[]}"#))
    #expect(Self.form(second.requests.first)["rest_data"]?.contains("like '%4%6%0%0%0%0%'") ?? false)
  }

  @Test func aCallIsSetWithBothHalvesOfItsDurationAndTiedToItsContact() throws {
    var dialogue = try SugarDialogue.loggedIn()
    let record = CRMRecordReference(table: .contacts, id: "c-1", name: "Bo \"Quote\" O'Tester")
    let call = CallLogEntry(
      id: .init(rawValue: 9), direction: .inbound, number: "+15550100", record: record, agentExtension: "1001",
      start: Instant(seconds: 1_800_000_000), utcOffsetSeconds: 3600, talkSeconds: 72, mark: "1800000000.17")
    let made = dialogue.log(call)
    #expect(made.requests.map(\.purpose) == [.logCall])
    let form = Self.form(made.requests.first)
    #expect(form["method"] == "set_entry")
    #expect(
      form["rest_data"]
        == #"{"session":"\#(SugarDialogue.session)","module_name":"Calls","name_value_list":["#
        + #"{"name":"name","value":"UCM call"},{"name":"date_start","value":"2027-01-15 08:00:00"},"#
        + #"{"name":"duration_hours","value":0},{"name":"duration_minutes","value":2},"#
        + #"{"name":"status","value":"Held"},{"name":"direction","value":"Inbound"},"#
        + #"{"name":"description","value":"2027-01-15T09:00:00+01:00 +15550100 Bo \"Quote\" O'Tester called, "#
        + #"extension 1001 answered and talked for 1:12 [ucmsim call 1800000000.17]"},"#
        + #"{"name":"parent_type","value":"Contacts"},{"name":"parent_id","value":"c-1"},"#
        + #"{"name":"assigned_user_id","value":"7"}]}"#)
    let tie = dialogue.answer(made, .json(200, #"{"id":"call-1","entry_list":{}}"#))
    #expect(tie.requests.map(\.purpose) == [.link])
    let tieForm = Self.form(tie.requests.first)
    #expect(tieForm["method"] == "set_relationship")
    #expect(
      tieForm["rest_data"]
        == #"{"session":"\#(SugarDialogue.session)","module_name":"Contacts","module_id":"c-1","#
        + #""link_field_name":"calls","related_ids":["call-1"],"name_value_list":[],"delete":0}"#)
    #expect(
      dialogue.answer(tie, .json(200, #"{"created":1,"failed":0,"deleted":0}"#))
        == [.logged(.init(rawValue: 9), .logged(id: "call-1"))])
  }

  @Test(
    arguments: [
      (SugarDuration.roundedUp, 61, 2), (.roundedDown, 119, 1), (.nearest, 89, 1), (.nearest, 90, 2),
      (.roundedUp, 60, 1), (.roundedDown, 59, 0),
    ] as [(SugarDuration, Int64, Int)])
  func secondsBecomeMinutesAsTheSettingSays(form: SugarDuration, seconds: Int64, minutes: Int) throws {
    var settings = ConnectorSettings()
    settings.sugar.duration = form
    var dialogue = try SugarDialogue.loggedIn(.v4_1, settings)
    let data = Self.form(dialogue.log(.example(talkSeconds: seconds)).requests.first)["rest_data"] ?? ""
    #expect(data.contains(#"{"name":"duration_minutes","value":\#(minutes)}"#))
  }

  @Test func theVendorsFractionComesWithoutHours() throws {
    var settings = ConnectorSettings()
    settings.sugar.duration = .fractionOfMinutes
    var dialogue = try SugarDialogue.loggedIn(.v4_1, settings)
    let data = Self.form(dialogue.log(.example(talkSeconds: 72)).requests.first)["rest_data"] ?? ""
    #expect(data.contains(#"{"name":"duration_minutes","value":1.2}"#) && !data.contains("duration_hours"))
  }

  @Test func theVendorsSearchTakesTheCallersTextAsItIsAndLacksTwoArguments() throws {
    var numbers = NumberPlan()
    numbers.manner = .vendorAddIn
    var dialogue = try SugarDialogue.loggedIn(numbers: numbers)
    let search = dialogue.ask("+1 617", in: [.contacts, .leads])
    let form = Self.form(search.requests.first)
    #expect(form["method"] == "search_by_module")
    #expect(
      form["rest_data"]
        == #"{"session":"\#(SugarDialogue.session)","search_string":"+1 617","modules":["Contacts","Leads"],"#
        + #""select_fields":["id","name","title","department"]}"#)
  }

  @Test(arguments: ["crm.example.com", "ftp://crm.example.com", "https://ann:secret@crm.example.com", "https://"])
  func anAddressThatIsNoneMakesNoClient(server: String) {
    #expect(throws: ConnectorSettingsError.self) { _ = try SugarDialogue(server: server) }
  }

  @Test func nothingOfTheUsersIsPrinted() throws {
    var dialogue = try SugarDialogue.loggedIn()
    let outputs = dialogue.ask("+16175550142")
    for text in ["\(dialogue.connector)", "\(outputs)", String(reflecting: outputs)] {
      #expect(!text.contains("5550142") && !text.contains(SugarDialogue.session))
      #expect(!text.contains(SugarDialogue.password))
    }
  }
}
