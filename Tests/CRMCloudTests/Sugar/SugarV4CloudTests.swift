import CRMCloud
import CRMConnectors
import HTTPTypes
import Primitives
import Testing

/// v4_1 as SuiteCRM 7.14.6 on PHP 8.2 was measured, and as older stacks are.
struct SugarV4CloudTests {
  private static func list(_ session: String, _ module: String, _ query: String, fields: String = #"["id"]"#) -> String
  {
    let quoted = query.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\\\"")
    return #"{"session":"\#(session)","module_name":"\#(module)","query":"\#(quoted)","order_by":"","offset":0,"#
      + #""select_fields":\#(fields),"link_name_to_fields_array":[],"max_results":50,"deleted":0}"#
  }

  private static func sloppy() -> SugarCloudSettings {
    var settings = SugarCloudSettings()
    settings.manner = .sloppy
    return settings
  }

  @Test func aPlainPasswordIsNoPassword() throws {
    var office = try SugarOffice()
    let reply = office.call(
      "login",
      #"{"user_auth":{"user_name":"admin","password":"\#(SugarOffice.password)"},"application_name":"","#
        + #""name_value_list":[]}"#
    )
    #expect(reply.status == 200 && reply.text.contains(#""name":"Invalid Login","number":10,"#))
    #expect(!office.session().isEmpty)
  }

  @Test(
    arguments: [
      ("", "number\":11"), ("nonsense", "number\":11"),
    ])
  func anUnknownSessionIsNumberEleven(session: String, text: String) throws {
    var office = try SugarOffice()
    #expect(office.call("get_entry_list", Self.list(session, "Contacts", "")).text.contains(text))
  }

  @Test func anUnknownMethodHasItsNumberAsText() throws {
    var office = try SugarOffice()
    for method in ["nonsense", "", "__construct"] {
      #expect(office.call(method, "{}").text.contains(#""number":"-1""#))
    }
  }

  @Test(
    arguments: [
      "{}", "", "[]", "7", "null", "{", #"{"session":"S"}"#,
      #"{"session":"S","modules_name":"Contacts","id":"1"}"#,
      #"{"session":"S","module_name":"Contacts","id":"1","select_field":[],"link_name_to_fields_array":[]}"#,
    ])
  func aMissingOrMisspeltArgumentIsFiveHundredWithNothing(data: String) throws {
    var office = try SugarOffice()
    let session = office.session()
    let reply = office.call(
      "get_entry", data.split(separator: "S", omittingEmptySubsequences: false).joined(separator: session))
    #expect(reply.status == 500 && reply.text.isEmpty)
  }

  @Test func namedArgumentsNeedNoOrderAndAnArrayGoesByPlace() throws {
    var office = try SugarOffice()
    let session = office.session()
    let id = SugarOffice.bo.id
    for data in [
      #"{"id":"\#(id)","link_name_to_fields_array":[],"select_fields":["last_name"],"module_name":"Contacts","#
        + #""session":"\#(session)"}"#,
      #"["\#(session)","Contacts","\#(id)",["last_name"],[]]"#,
    ] {
      #expect(
        office.call("get_entry", data).text
          == #"{"entry_list":[{"id":"\#(id)","module_name":"Contacts","name_value_list":"#
          + #"{"last_name":{"name":"last_name","value":"Tester"}}}],"relationship_list":[]}"#)
    }
  }

  @Test func anOlderStackGoesByPlaceWhateverTheNames() throws {
    var office = try SugarOffice(.v4_1, Self.sloppy())
    let session = office.session()
    let data = #"{"a":"\#(session)","b":"Contacts","c":"\#(SugarOffice.bo.id)","d":["last_name"],"e":[]}"#
    #expect(office.call("get_entry", data).text.contains(#""value":"Tester""#))
    // In another order they are other arguments.
    let turned = #"{"module_name":"Contacts","session":"\#(session)","id":"1"}"#
    #expect(office.call("get_entry", turned).text.contains(#""number":11"#))
  }

  @Test func theVendorsSearchWorksOnOldStacksOnly() throws {
    for (manner, number) in [(SugarCloudSettings.Manner.strict, "+1 (617)"), (.sloppy, "+1 (617)")] {
      var settings = SugarCloudSettings()
      settings.manner = manner
      var office = try SugarOffice(.v4_1, settings)
      let session = office.session()
      let data =
        #"{"session":"\#(session)","search_string":"\#(number)","modules":["Contacts","Accounts"],"#
        + #""select_fields":["id","name","title","department"]}"#
      let reply = office.call("search_by_module", data)
      switch manner {
      case .strict: #expect(reply.status == 500 && reply.text.isEmpty)
      case .sloppy: #expect(reply.status == 200 && reply.text.contains("Bo Tester"))
      }
    }
  }

  @Test(
    arguments: [
      ("+1 (617)", true), ("+1 (617) 555-0142", true), ("+16175550142", false), ("6175550142", false), ("0142", false),
      ("%0142", true), ("bo", true), ("BO TES", true), ("ester", false), ("", false),
    ])
  func aSearchIsByPrefixOfTheStoredText(text: String, isFound: Bool) throws {
    var office = try SugarOffice()
    let session = office.session()
    let reply = office.call(
      "search_by_module", #"["\#(session)","\#(text)",["Contacts","Accounts","Leads","Employees"],0,5]"#)
    #expect(reply.text.contains(SugarOffice.bo.id) == isFound)
    let order = ["Accounts", "Contacts", "Leads", "Employees"].map { #""name":"\#($0)""# }
    let places = order.compactMap { reply.text.ranges(of: $0).first?.lowerBound }
    #expect(places.count == 4 && places == places.sorted())
  }

  @Test(
    arguments: [
      ("contacts.phone_work like '%0142'", 1), ("contacts.phone_work like '%5550142'", 0),
      ("contacts.phone_work like '%617%555%0142%'", 1), ("contacts.phone_work in ('x','+1 (617) 555-0142')", 1),
      ("contacts.phone_work regexp '6[^0-9]*1[^0-9]*7[^0-9]*5[^0-9]*5[^0-9]*5[^0-9]*0[^0-9]*1[^0-9]*4[^0-9]*2$'", 1),
      ("contacts.phone_work regexp '^617'", 0), ("(contacts.last_name = 'TESTER')", 1),
      ("contacts.last_name = 'x' or contacts.last_name = 'Twin' and contacts.phone_work like '1%'", 1),
      ("not contacts.last_name = 'Twin'", 1), ("contacts.phone_work is null", 1),
      ("contacts.phone_work is not null", 2), ("contacts.last_name != 'Twin' and 1 = 1", 1), ("", 3),
      ("contacts.phone_work = 1", 2), ("contacts.last_name like 't_in'", 2), ("contacts.last_name like '\\%'", 0),
      ("contacts.last_name not like 'T%'", 0), ("CONTACTS.last_name LIKE 'twin' AND contacts.deleted = 0", 2),
      ("contacts.last_name = 'O''Brien'", 0),
    ] as [(String, Int)])
  func conditionsMeanWhatTheyMeanToTheDatabase(query: String, count: Int) throws {
    var office = try SugarOffice()
    let session = office.session()
    let escaped = query.split(separator: "\\", omittingEmptySubsequences: false).joined(separator: "\\\\")
    let reply = office.call("get_entry_list", Self.list(session, "Contacts", escaped))
    #expect(reply.text.hasPrefix(#"{"result_count":\#(count),"total_count":\#(count == 0 ? "0" : "\"\(count)\""),"#))
  }

  @Test(
    arguments: [
      "phone_work like '%0142'", "contacts.nonsense = '1'", "leads.last_name = 'x'", "contacts.last_name = x",
      "contacts.last_name", "contacts.last_name = 'x", "(contacts.last_name = 'x'", "contacts.last_name = 'x')", ";",
      "contacts.last_name = 'x'; drop table contacts", "contacts.name = 'Bo'", "' or 1=1 -- ",
      "contacts.last_name like",
      "contacts.phone_work regexp '(a+)+$'", "and", "contacts.last_name = 'x' or", "contacts.last_name =\u{0} 'x'",
    ])
  func whatTheDatabaseDoesNotUnderstandIsFiveHundredWithAText(query: String) throws {
    var office = try SugarOffice()
    let session = office.session()
    let escaped = query == "contacts.last_name =\u{0} 'x'" ? "contacts.last_name =\\u0000 'x'" : query
    let reply = office.call("get_entry_list", Self.list(session, "Contacts", escaped))
    #expect(reply.status == 500 && reply.text.hasPrefix("Database failure"))
  }

  @Test(
    arguments: [
      "replace(replace(contacts.phone_work,'-',''),' ','') = '1'",
      "contacts.id in (select id from contacts)", "contacts.last_name = concat('a','b')",
    ])
  func functionsAndInnerSelectsAreDenied(query: String) throws {
    var office = try SugarOffice()
    let session = office.session()
    #expect(office.call("get_entry_list", Self.list(session, "Contacts", query)).text.contains(#""number":40"#))
  }

  @Test func deepAndLongConditionsEndInAnAnswer() throws {
    var office = try SugarOffice()
    let session = office.session()
    let deep = String(repeating: "(", count: 30_000) + "1=1" + String(repeating: ")", count: 30_000)
    let negations = String(repeating: "not ", count: 9000) + "1=1"
    let long = Array(repeating: "contacts.last_name like '%a%a%a%a%a%a%'", count: 1500).joined(separator: " or ")
    for query in [deep, negations, long] {
      let reply = office.call("get_entry_list", Self.list(session, "Contacts", query))
      #expect(reply.status == 500 || reply.status == 200)
    }
  }

  @Test func whatIsNotThereComesAsAWarning() throws {
    var office = try SugarOffice()
    let session = office.session()
    let reply = office.call("get_entry", #"["\#(session)","Contacts","nobody",[],[]]"#)
    #expect(reply.status == 200 && reply.text.contains(#"{"name":"warning","value":"Access to this object is denied"#))
    #expect(reply.text.contains(#"{"name":"deleted","value":"1"}"#))
  }

  @Test func nothingIsRequiredAndAnIdUpdates() throws {
    var office = try SugarOffice()
    let session = office.session()
    let blank = office.call("set_entry", #"["\#(session)","Contacts",[]]"#)
    let id = try #require(blank.member("id"))
    #expect(blank.text.hasSuffix(#""entry_list":{}}"#) || blank.text.hasSuffix(#""entry_list":[]}"#))
    _ = office.call("set_entry", #"["\#(session)","Contacts",{"id":"\#(id)","last_name":"Named","nonsense":"x"}]"#)
    #expect(office.cloud.records(in: "Contacts").last?.text("last_name") == "Named")
    _ = office.call(
      "set_entry", #"["\#(session)","Contacts",[{"name":"id","value":"\#(id)"},{"name":"deleted","value":1}]]"#)
    #expect(office.cloud.records(in: "Contacts").count == 3)
    let chosen = #"["\#(session)","Leads",{"id":"mine-1","new_with_id":true,"last_name":"Chosen"}]"#
    #expect(office.call("set_entry", chosen).member("id") == "mine-1")
    #expect(office.call("set_entry", chosen).status == 500)
    #expect(
      office.call("set_entries", #"["\#(session)","Leads",[{"last_name":"A"},{"last_name":"B"}]]"#).text.hasPrefix(
        #"{"ids":[""#))
    #expect(office.cloud.records(in: "Leads").count == 4)
    #expect(office.call("set_entry", #"["\#(session)","Users",{"last_name":"Mine"}]"#).text.contains(#""number":40"#))
    #expect(office.call("set_entry", #"["\#(session)","Nonsense",[]]"#).text.contains(#""number":20"#))
  }

  @Test(
    arguments: [
      (#""duration_minutes":5"#, nil, nil, nil), (#""duration_hours":0,"duration_minutes":1.2"#, nil, nil, nil),
      (#""duration_hours":"0","duration_minutes":"x""#, nil, nil, nil),
      (#""duration_hours":0,"duration_minutes":95"#, "0", "95", "2027-01-15 09:35:00"),
      (
        #""duration_hours":"2","duration_minutes":"0","date_end":"2030-01-01 00:00:00""#, "2", "0",
        "2027-01-15 10:00:00"
      ),
      (#""name":"x""#, nil, nil, "2027-01-15 08:00:00"),
    ] as [(String, String?, String?, String?)])
  func theDurationOfACallIsBothHalvesOrNeither(
    fields: String, hours: String?, minutes: String?, end: String?
  ) throws {
    var office = try SugarOffice()
    let session = office.session()
    let reply = office.call(
      "set_entry", #"["\#(session)","Calls",{"date_start":"2027-01-15 08:00:00","direction":"Sideways",\#(fields)}]"#)
    guard let end else {
      #expect(reply.status == 500 && reply.text.isEmpty && office.calls.isEmpty)
      return
    }
    let call = try #require(office.calls.last)
    #expect(call.text("duration_hours") == hours && call.text("duration_minutes") == minutes)
    #expect(call.text("date_end") == end && call.text("status") == "Planned" && call.text("direction") == "Sideways")
  }

  @Test(arguments: ["01/15/2027 08:00am", "2027-01-15T08:00:00Z", "2027-02-30 08:00:00", "now", "2027-01-15 8:00:00"])
  func aStartOfAnotherFormBecomesEmpty(start: String) throws {
    var office = try SugarOffice()
    let session = office.session()
    _ = office.call("set_entry", #"["\#(session)","Calls",{"date_start":"\#(start)"}]"#)
    #expect(office.calls.last?.text("date_start") == nil && office.calls.count == 1)
  }

  @Test func anOlderStackCutsFractionsOff() throws {
    var office = try SugarOffice(.v4_1, Self.sloppy())
    let session = office.session()
    _ = office.call("set_entry", #"["\#(session)","Calls",{"duration_minutes":1.2}]"#)
    #expect(office.calls.last?.text("duration_minutes") == "1")
  }

  @Test func tiesAreMadeOnceReadAndUndone() throws {
    var office = try SugarOffice()
    let session = office.session()
    let call = try #require(office.call("set_entry", #"["\#(session)","Calls",{"name":"c"}]"#).member("id"))
    let contact = SugarOffice.bo.id
    for _ in 1...2 {
      #expect(
        office.call("set_relationship", #"["\#(session)","Contacts","\#(contact)","calls",["\#(call)"],[],0]"#).text
          == #"{"created":1,"failed":0,"deleted":0}"#)
    }
    let read = #"["\#(session)","Contacts","\#(contact)","calls","",["name"],[],0]"#
    #expect(office.call("get_relationships", read).text.ranges(of: call).count == 1)
    #expect(
      office.call("set_relationship", #"["\#(session)","Contacts","\#(contact)","calls",["nothing"],[],0]"#).text
        == #"{"created":0,"failed":1,"deleted":0}"#)
    #expect(
      office.call("set_relationship", #"["\#(session)","Contacts","\#(contact)","calls",["\#(call)"],[],1]"#).text
        == #"{"created":0,"failed":0,"deleted":1}"#)
    #expect(!office.call("get_relationships", read).text.contains(call))
  }

  @Test func aSessionThatNobodyUsesEndsAndLoggingOutEndsOne() throws {
    var office = try SugarOffice()
    let (first, second) = (office.session(), office.session())
    #expect(office.call("logout", #"{"session":"\#(first)"}"#).text == "null")
    #expect(office.call("get_user_id", #"["\#(first)"]"#).text.contains(#""number":11"#))
    office.now = office.now + .seconds(1439)
    #expect(office.call("get_user_id", #"["\#(second)"]"#).text == #""1""#)
    office.now = office.now + .seconds(1440)
    #expect(office.call("get_user_id", #"["\#(second)"]"#).text.contains(#""number":11"#))
  }

  @Test func whatElseClientsAsk() throws {
    var office = try SugarOffice()
    let session = office.session()
    #expect(
      office.call("get_server_info", "[]").text.contains(
        #""flavor":"CE","version":"6.5.25","suitecrm_version":"7.14.6""#))
    #expect(office.call("get_available_modules", #"["\#(session)","all"]"#).text.contains(#""module_key":"Contacts""#))
    #expect(
      office.call("get_module_fields", #"["\#(session)","Leads",["phone_work"]]"#).text.contains(#""type":"phone""#))
    #expect(office.call("get_entries_count", #"["\#(session)","Contacts","",0]"#).text == #"{"result_count":"3"}"#)
  }

  @Test func otherPathsHostsAndSizesAreAnswered() throws {
    var office = try SugarOffice()
    for (host, path, status) in [
      ("crm.example.com", "/service/v4_1/rest.php", 404), ("crm.example.com", "/sugarcrm/", 404),
      ("other.example.com", "/sugarcrm/service/v4_1/rest.php", 421), ("", "", 421),
    ] {
      let request = HTTPRequest(method: .post, scheme: "https", authority: host, path: path)
      #expect(office.cloud.respond(to: request, body: [], at: office.now).response.status.code == status)
    }
    let request = HTTPRequest(
      method: .post, scheme: "https", authority: "crm.example.com", path: "/sugarcrm/service/v4_1/rest.php")
    let huge = [UInt8](repeating: 65, count: SugarCloud.maximumRequestBytes + 1)
    #expect(office.cloud.respond(to: request, body: huge, at: office.now).response.status.code == 413)
  }
}
