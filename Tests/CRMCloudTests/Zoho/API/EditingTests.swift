import CRMCloud
import HTTPTypes
import Primitives
import Testing

struct EditingTests {
  private static let bo = "4000000000000123456"

  @Test("Seed row 31: an edit shows in the record and in lookups")
  func anEditChangesWhatItNamesAndNothingElse() throws {
    var organisation = try Organisation.whole()
    organisation.now = organisation.now + .seconds(60)
    let reply = organisation.api(
      .put, "v2/Contacts/\(Self.bo)", #"{"data":[{"Mobile":"555-0777","Fax":null,"Nonsense":1}],"trigger":[]}"#)
    #expect(reply.status == 200 && reply.text.hasSuffix(#""message":"record updated","status":"success"}]}"#))
    #expect(reply.text.contains(#""Modified_Time":"2027-01-15T08:01:00+00:00""#))
    #expect(reply.text.contains(#""Created_Time":"1970-01-01T00:00:00+00:00""#))
    let shown = organisation.api(.get, "v2/Contacts/\(Self.bo)")
    #expect(shown.text.contains(#""Mobile":"555-0777""#) && shown.text.contains(#""Fax":null"#))
    #expect(shown.text.contains(#""Phone":"+1 (555) 010-0100""#))
    #expect(organisation.api(.get, "v2/Contacts/search?phone=5550777").status == 200)
    #expect(organisation.api(.get, "v2/Contacts/search?phone=5550101").status == 204)
    #expect(organisation.cloud.records(in: .contacts).first?.modifiedAt == organisation.now)
  }

  @Test func severalRecordsAreEditedAtOnce() throws {
    var organisation = try Organisation.whole()
    let id = organisation.add("Leads", #"{"Last_Name":"x","Company":"x"}"#)
    let reply = organisation.api(
      .put, "v2/Leads",
      #"{"data":[{"id":"\#(id)","City":"Bonn"},{"id":"1","City":"Bonn"},{"City":"Bonn"},"#
        + #"{"id":"\#(id)","Last_Name":null}]}"#
    )
    #expect(reply.status == 202)
    #expect(organisation.cloud.records(in: .leads).last?.text("City") == "Bonn")
    #expect(organisation.cloud.records(in: .leads).last?.text("Last_Name") == "x")
    #expect(reply.text.contains(#""code":"INVALID_DATA","details":{"id":"1"}"#))
    #expect(
      reply.text.contains(#""details":{"api_name":"id"}"#)
        && reply.text.contains(#""details":{"api_name":"Last_Name"}"#))
  }

  /// Version, records of which some are wrong, and the status.
  @Test(arguments: [
    ("v2", #"[{}]"#, 202), ("v2.1", #"[{"Last_Name":"x"},{}]"#, 202), ("v2", #"[{"Last_Name":"x"}]"#, 201),
    ("v3", #"[{}]"#, 400), ("v4", #"[{"Last_Name":"x"},{}]"#, 207), ("v8", #"[{"Last_Name":"x"}]"#, 201),
    ("v8", #"[{},{}]"#, 400),
  ])
  func theStatusOfPartlyRefusedRecordsGoesByTheVersion(version: String, records: String, status: Int) throws {
    var organisation = try Organisation.whole()
    #expect(organisation.api(.post, version + "/Contacts", "{\"data\":\(records)}").status == status)
  }

  @Test(arguments: [("v2", false), ("v3", false), ("v4", true), ("v8", true)])
  func laterVersionsSayWhereTheErrorStands(version: String, isLocated: Bool) throws {
    var organisation = try Organisation.whole()
    let reply = organisation.api(
      .post, version + "/Contacts", #"{"data":[{"Last_Name":"x"},{"Last_Name":"y","Phone":"*"}]}"#)
    #expect(reply.text.contains(#""json_path":"$.data[1].Phone""#) == isLocated, "\(reply)")
    #expect(organisation.api(.post, version + "/Contacts", "{}").text.contains(#""json_path":"$.data""#) == isLocated)
  }

  @Test func anUpsertEditsWhatIsThereAndAddsWhatIsNot() throws {
    var organisation = try Organisation.whole()
    let body = #"{"data":[{"Last_Name":"Up","Email":"Up@example.com","Phone":"5550401"}]}"#
    let first = organisation.api(.post, "v2/Contacts/upsert", body)
    #expect(first.status == 201 && first.text.contains(#""action":"insert""#), "\(first)")
    let second = organisation.api(
      .post, "v2/Contacts/upsert", #"{"data":[{"Last_Name":"Upper","Email":"up@example.com"}]}"#)
    #expect(second.status == 200 && second.text.contains(#""action":"update""#))
    #expect(second.text.contains(#""duplicate_field":"Email""#))
    #expect(organisation.cloud.records(in: .contacts).last?.text("Last_Name") == "Upper")
    #expect(organisation.cloud.records(in: .contacts).last?.text("Phone") == "5550401")
    let byPhone = organisation.api(
      .post, "v2/Contacts/upsert",
      #"{"data":[{"Last_Name":"P","Phone":"5550401"},{}],"duplicate_check_fields":["Phone"]}"#)
    #expect(byPhone.status == 202 && byPhone.text.contains(#""duplicate_field":"Phone""#))
    #expect(organisation.cloud.records(in: .contacts).count == 3)
    let bad = organisation.api(.post, "v2/Contacts/upsert", #"{"data":[{}],"duplicate_check_fields":["Nonsense"]}"#)
    #expect(bad.status == 400 && bad.code == "INVALID_DATA")
  }

  @Test func recordsAreDeletedOneByOneOrTogether() throws {
    var organisation = try Organisation.whole()
    let ids = (0..<3).map { organisation.add("Leads", #"{"Last_Name":"\#($0)","Company":"x"}"#) }
    let one = organisation.api(.delete, "v2/Leads/\(ids[0])")
    #expect(
      one.text
        == #"{"data":[{"code":"SUCCESS","details":{"id":"\#(ids[0])"},"message":"record deleted","status":"success"}]}"#
    )
    #expect(organisation.api(.delete, "v2/Leads/\(ids[0])").status == 202)
    #expect(organisation.api(.delete, "v2/Leads?ids=\(ids[1]),\(ids[2]),9").status == 202)
    #expect(organisation.cloud.records(in: .leads).count == 1)
    #expect(organisation.api(.delete, "v2/Leads").code == "REQUIRED_PARAM_MISSING")
    let many = (0..<101).map(String.init).joined(separator: ",")
    #expect(organisation.api(.delete, "v2/Leads?ids=" + many).code == "LIMIT_EXCEEDED")
    #expect(organisation.api(.delete, "v2/Contacts/\(ids[1])").status == 202)
  }

  @Test func theOwnerIsSettableToAUserWhoWorks() throws {
    var data = Organisation.data(scopes: Organisation.allScopes)
    data.organisations[0].users = [
      .init(id: "4000000000000001001", fullName: "Ann Owner"), .init(id: "4000000000000001002", fullName: "Bob Next"),
      .init(id: "4000000000000001003", fullName: "Cy Gone", isActive: false),
    ]
    var organisation = try Organisation(data)
    organisation.token = organisation.refresh().member("access_token") ?? ""
    let record = { (owner: String) in #"{"data":[{"Last_Name":"x","Owner":\#(owner)}]}"# }
    #expect(organisation.api(.post, "v2/Contacts", record(#"{"id":"4000000000000001002"}"#)).status == 201)
    #expect(organisation.api(.post, "v2/Contacts", record(#""4000000000000001002""#)).status == 201)
    #expect(organisation.api(.get, "v2/Contacts").text.contains(#""Owner":{"name":"Bob Next""#))
    for wrong in [#"{"id":"4000000000000001003"}"#, #"{"id":"9"}"#, "7", "[]"] {
      let reply = organisation.api(.post, "v2/Contacts", record(wrong))
      #expect(reply.status == 202 && reply.code == "INVALID_DATA", "\(wrong)")
    }
  }

  @Test func anAddressIsRefusedTwiceWhereTheSwitchSaysSo() throws {
    var settings = ZohoCloudSettings()
    settings.refusesDuplicateEmails = true
    var organisation = try Organisation.whole(settings)
    let id = organisation.add("Contacts", #"{"Last_Name":"x","Email":"one@example.com"}"#)
    let reply = organisation.api(.post, "v2/Contacts", #"{"data":[{"Last_Name":"y","Email":"ONE@example.com"}]}"#)
    #expect(
      reply.status == 202
        && reply.text.contains(#""code":"DUPLICATE_DATA","details":{"api_name":"Email","id":"\#(id)"}"#))
    #expect(organisation.api(.put, "v2/Contacts/\(id)", #"{"data":[{"Email":"one@example.com"}]}"#).status == 200)
    #expect(
      organisation.api(.post, "v2/Leads", #"{"data":[{"Last_Name":"y","Company":"c","Email":"one@example.com"}]}"#)
        .status == 201)
  }

  /// Field of a lead, value, what is expected of it.
  @Test(arguments: [
    ("Email", #""no address""#, #"{"expected_data_type":"email","api_name":"Email"}"#),
    ("Email", "7", #"{"expected_data_type":"email","api_name":"Email"}"#),
    ("Email", #""a@b""#, #"{"expected_data_type":"email","api_name":"Email"}"#),
    ("No_of_Employees", #""7""#, #"{"expected_data_type":"integer","api_name":"No_of_Employees"}"#),
    ("No_of_Employees", "7.5", #"{"expected_data_type":"integer","api_name":"No_of_Employees"}"#),
    ("No_of_Employees", "1000000000", #"{"maximum_length":9,"api_name":"No_of_Employees"}"#),
    ("No_of_Employees", "99999999999999999999", #"{"expected_data_type":"integer","api_name":"No_of_Employees"}"#),
    ("Annual_Revenue", #""much""#, #"{"expected_data_type":"currency","api_name":"Annual_Revenue"}"#),
    ("Annual_Revenue", "1e16", #"{"maximum_length":16,"api_name":"Annual_Revenue"}"#),
    ("Annual_Revenue", "-9223372036854775808", #"{"maximum_length":16,"api_name":"Annual_Revenue"}"#),
    ("Email_Opt_Out", #""true""#, #"{"expected_data_type":"boolean","api_name":"Email_Opt_Out"}"#),
    ("Lead_Source", "[]", #"{"expected_data_type":"picklist","api_name":"Lead_Source"}"#),
    ("Website", "true", #"{"expected_data_type":"website","api_name":"Website"}"#),
    ("City", #""\#(String(repeating: "é", count: 101))""#, #"{"maximum_length":100,"api_name":"City"}"#),
  ])
  func aFieldTakesItsOwnKindOnly(field: String, value: String, details: String) throws {
    var organisation = try Organisation.whole()
    let reply = organisation.api(
      .post, "v2/Leads", #"{"data":[{"Last_Name":"x","Company":"x","\#(field)":\#(value)}]}"#)
    #expect(reply.status == 202 && reply.text.contains("\"details\":" + details), "\(reply)")
  }

  @Test(arguments: [#""trigger":"workflow""#, #""trigger":[7]"#, #""trigger":{}"#])
  func aTriggerThatIsNoListIsRefused(trigger: String) throws {
    var organisation = try Organisation.whole()
    let reply = organisation.api(.post, "v2/Contacts", #"{"data":[{"Last_Name":"x"}],\#(trigger)}"#)
    #expect(reply.status == 400 && reply.code == "INVALID_DATA")
    let good = #"{"data":[{"Last_Name":"x"}],"trigger":["workflow","approval","blueprint"]}"#
    #expect(organisation.api(.post, "v2/Contacts", good).status == 201)
  }
}

struct CallsOfLaterVersionsTests {
  private func call(_ type: String, _ duration: String, _ more: String = "") -> String {
    #"{"data":[{"Subject":"s","Call_Type":"\#(type)","Call_Start_Time":"2027-01-15T09:00:00+01:00","#
      + #""Call_Duration":"\#(duration)"\#(more)}]}"#
  }

  @Test(
    "E3: calls are not logged: later versions refuse a zero duration",
    arguments: [
      ("v2", "Inbound", 201), ("v6", "Inbound", 201), ("v7", "Inbound", 400), ("v8", "Outbound", 400),
      ("v8", "Missed", 201),
    ])
  func zeroSecondsAreRefusedFromV7On(version: String, type: String, status: Int) throws {
    var organisation = try Organisation.whole()
    let reply = organisation.api(.post, version + "/Calls", call(type, "0:0"))
    #expect(reply.status == status)
    if status == 400 {
      #expect(reply.code == "DEPENDENT_MISMATCH" && reply.text.contains("Call Duration can not be zero."))
    }
  }

  @Test(arguments: [("v2", "Call_Status"), ("v5", "Outgoing_Call_Status"), ("v8", "Outbound_Call_Status")])
  func theStateHasTheVersionsName(version: String, name: String) throws {
    var organisation = try Organisation.whole()
    #expect(
      organisation.api(.post, version + "/Calls", call("Outbound", "1:0", #","\#(name)":"Completed""#)).status == 201)
    let id = organisation.cloud.callsLogged.last?.id ?? ""
    #expect(organisation.cloud.callsLogged.last?.text("Call_Status") == "Completed")
    #expect(organisation.api(.get, "\(version)/Calls/\(id)").text.contains("\"\(name)\":\"Completed\""))
    #expect(organisation.api(.get, "\(version)/Calls?fields=\(name)").text.contains("\"\(name)\":\"Completed\""))
  }

  @Test func aCompletedCallKeepsItsTypeAndOwner() throws {
    var data = Organisation.data(scopes: Organisation.allScopes)
    data.organisations[0].users.append(.init(id: "4000000000000001002", fullName: "Bob Next"))
    var organisation = try Organisation(data)
    organisation.token = organisation.refresh().member("access_token") ?? ""
    #expect(organisation.api(.post, "v2/Calls", call("Inbound", "1:0")).status == 201)
    let id = organisation.cloud.callsLogged[0].id
    #expect(organisation.cloud.callsLogged[0].text("Call_Duration_in_seconds") == "60")
    let edit = { (organisation: inout Organisation, change: String) in
      organisation.api(.put, "v2/Calls/\(id)", #"{"data":[{\#(change)}]}"#)
    }
    #expect(edit(&organisation, #""Description":"x""#).status == 200)
    #expect(edit(&organisation, #""Call_Type":"Outbound""#).text.contains(#""api_name":"Call_Type""#))
    #expect(edit(&organisation, #""Owner":{"id":"4000000000000001002"}"#).text.contains(#""api_name":"Owner""#))
    #expect(edit(&organisation, #""Call_Duration":"5:00""#).status == 200)
    #expect(organisation.cloud.callsLogged[0].text("Call_Duration_in_seconds") == "300")
  }

  @Test("Seed row 3: records are asked for, edited, and calls added, in both APIs' modules")
  func aCallBelongsToItsContactLeadOrDeal() throws {
    var organisation = try Organisation.whole()
    let deal = organisation.add("Deals", #"{"Deal_Name":"Big","Stage":"Qualification"}"#)
    let lead = organisation.cloud.records(in: .leads)[0].id
    let bo = "4000000000000123456"
    let links = [
      #","Who_Id":{"id":"\#(bo)"}"#, #","What_Id":{"id":"\#(lead)"},"$se_module":"Leads""#,
      #","Who_Id":{"id":"\#(bo)"},"What_Id":{"id":"\#(deal)"},"$se_module":"Deals""#,
    ]
    for link in links { #expect(organisation.api(.post, "v2/Calls", call("Inbound", "1:0", link)).status == 201) }
    #expect(organisation.api(.get, "v2/Contacts/\(bo)/Calls").text.contains(#""count":2"#))
    #expect(organisation.api(.get, "v2/Leads/\(lead)/Calls").text.contains(#""count":1"#))
    #expect(organisation.api(.get, "v2/Deals/\(deal)/Calls_History").text.contains(#""count":1"#))
    #expect(organisation.api(.get, "v2/Deals/\(deal)/Tasks").status == 204)
  }
}
