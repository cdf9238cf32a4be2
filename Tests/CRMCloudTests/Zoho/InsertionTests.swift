import CRMCloud
import HTTPTypes
import Primitives
import Testing

struct InsertionTests {
  @Test func anInsertionIsAnsweredWithTheNewId() throws {
    var organisation = try Organisation.open()
    let reply = organisation.post("Contacts", #"{"data":[{"Last_Name":"+15550104","Phone":"+15550104"}]}"#)
    #expect(reply.status == 201 && reply.code == "SUCCESS")
    let record = try #require(organisation.cloud.records(in: .contacts).last)
    #expect(record.id.count == 19 && record.id.allSatisfy { $0.isNumber })
    #expect(reply.text.contains(#""id":"\#(record.id)""#))
    #expect(reply.text.contains(#""Created_Time":"2027-01-15T08:00:00+00:00""#))
    #expect(reply.text.hasSuffix(#""message":"record added","status":"success"}]}"#))
    #expect(record.text("Last_Name") == "+15550104" && record.text("Full_Name") == "+15550104")
    #expect(record.createdAt == organisation.now && record.text("Email") == nil && record.text("Nonsense") == nil)
    #expect(organisation.get("/crm/v2/Contacts/\(record.id)").status == 200)
    #expect(organisation.get("/crm/v2/Contacts/search?phone=15550104").member("id") == record.id)
  }

  @Test func theIndexLagsAsLongAsTheSwitchSays() throws {
    var settings = ZohoCloudSettings()
    settings.indexDelay = .seconds(60)
    var organisation = try Organisation.open(settings)
    _ = organisation.post("Leads", #"{"data":[{"Last_Name":"x","Company":"x","Phone":"5550105"}]}"#)
    let id = try #require(organisation.cloud.records(in: .leads).last?.id)
    organisation.now = organisation.now + .seconds(59)
    #expect(organisation.get("/crm/v2/Leads/search?phone=5550105").status == 204)
    #expect(organisation.get("/crm/v2/Leads/\(id)").status == 200)
    organisation.now = organisation.now + .seconds(1)
    #expect(organisation.get("/crm/v2/Leads/search?phone=5550105").status == 200)
  }

  /// Module, record, and the refusal's code and details.
  @Test(arguments: [
    ("Contacts", "{}", "MANDATORY_NOT_FOUND", #"{"api_name":"Last_Name"}"#),
    ("Contacts", #"{"Last_Name":null}"#, "MANDATORY_NOT_FOUND", #"{"api_name":"Last_Name"}"#),
    ("Contacts", #"{"Last_Name":"  "}"#, "MANDATORY_NOT_FOUND", #"{"api_name":"Last_Name"}"#),
    ("Leads", #"{"Last_Name":"x"}"#, "MANDATORY_NOT_FOUND", #"{"api_name":"Company"}"#),
    ("Accounts", #"{"Last_Name":"x"}"#, "MANDATORY_NOT_FOUND", #"{"api_name":"Account_Name"}"#),
    ("Contacts", #"{"Last_Name":7}"#, "INVALID_DATA", #"{"expected_data_type":"text","api_name":"Last_Name"}"#),
    (
      "Contacts", #"{"Last_Name":"x","Phone":"a*b"}"#, "INVALID_DATA",
      #"{"expected_data_type":"phone","api_name":"Phone"}"#
    ),
    (
      "Contacts", #"{"Last_Name":"x","Phone":5550100}"#, "INVALID_DATA",
      #"{"expected_data_type":"phone","api_name":"Phone"}"#
    ),
    (
      "Contacts", #"{"Last_Name":"x","Mobile":"5550100555010055501005550100555"}"#, "INVALID_DATA",
      #"{"maximum_length":30,"api_name":"Mobile"}"#
    ),
    (
      "Contacts", #"{"Last_Name":"x","Account_Name":{"id":"1"}}"#, "INVALID_DATA", #"{"api_name":"Account_Name"}"#
    ),
    ("Contacts", "[]", "INVALID_DATA", #"{"expected_data_type":"jsonobject","api_name":"data"}"#),
    ("Contacts", "null", "INVALID_DATA", #"{"expected_data_type":"jsonobject","api_name":"data"}"#),
    ("Calls", #"{"Call_Type":"Inbound"}"#, "MANDATORY_NOT_FOUND", #"{"api_name":"Subject"}"#),
  ])
  func aRefusedRecordSaysWhichField(module: String, record: String, code: String, details: String) throws {
    var organisation = try Organisation.open()
    let reply = organisation.post(module, #"{"data":[\#(record)]}"#)
    #expect(reply.status == 202 && reply.text.hasPrefix(#"{"data":[{"code":"\#(code)","details":\#(details),"#))
    #expect(organisation.cloud.records(in: .calls).isEmpty && organisation.cloud.records(in: .contacts).count == 2)
  }

  @Test(arguments: [202, 201, 400])
  func theStatusOfRefusedRecordsIsASwitch(status: Int) throws {
    var settings = ZohoCloudSettings()
    settings.refusedRecordStatus = status
    var organisation = try Organisation.open(settings)
    let reply = organisation.post("Contacts", #"{"data":[{"Last_Name":"x"},{}]}"#)
    #expect(reply.status == status && reply.code == "SUCCESS" && reply.text.contains("MANDATORY_NOT_FOUND"))
    #expect(organisation.cloud.records(in: .contacts).count == 3)
  }

  @Test(arguments: [
    ("", "INVALID_DATA"), ("<html>", "INVALID_DATA"), ("{\"data\":", "INVALID_DATA"), ("{}", "MANDATORY_NOT_FOUND"),
    ("[]", "MANDATORY_NOT_FOUND"), (#"{"data":{}}"#, "INVALID_DATA"), (#"{"data":null}"#, "INVALID_DATA"),
    (#"{"data":[]}"#, "INVALID_DATA"), (#"{"data":"x"}"#, "INVALID_DATA"),
    (#"{"data":["# + Array(repeating: "{}", count: 101).joined(separator: ",") + "]}", "INVALID_DATA"),
    (String(repeating: "[", count: 400) + String(repeating: "]", count: 400), "INVALID_DATA"),
    (String(repeating: "[", count: 40_000), "INVALID_DATA"),
  ])
  func aBodyThatIsNoListOfRecordsIsRefusedWhole(body: String, code: String) throws {
    var organisation = try Organisation.open()
    let reply = organisation.post("Contacts", body)
    #expect(reply.status == 400 && reply.code == code)
  }

  @Test func aBodyWithoutEndIsNotRead() throws {
    var organisation = try Organisation.open()
    #expect(organisation.post("Contacts", String(repeating: " ", count: 2_000_000)).status == 413)
  }

  @Test func anInsertionNeedsTheScopeOfItsModule() throws {
    var organisation = try Organisation.open(scopes: Organisation.guideScopes)
    let body = #"{"data":[{"Last_Name":"x","Company":"x"}]}"#
    #expect(organisation.post("Contacts", body).code == "OAUTH_SCOPE_MISMATCH")
    #expect(organisation.post("Calls", body).code == "OAUTH_SCOPE_MISMATCH")
    #expect(organisation.post("Leads", body).status == 201)
    organisation = try Organisation.open(scopes: ["ZohoCRM.modules.leads.READ"])
    #expect(organisation.post("Leads", body).code == "OAUTH_SCOPE_MISMATCH")
    organisation = try Organisation.open(scopes: ["ZohoCRM.modules.leads.WRITE"])
    #expect(organisation.post("Leads", body).status == 201)
  }

  @Test func aFullModuleTakesNoMore() throws {
    var settings = ZohoCloudSettings()
    settings.maximumRecordsPerModule = 3
    var organisation = try Organisation.open(settings)
    let reply = organisation.post("Contacts", #"{"data":[{"Last_Name":"x"},{"Last_Name":"y"}]}"#)
    #expect(reply.status == 202 && reply.text.contains("LIMIT_EXCEEDED"))
    #expect(organisation.cloud.records(in: .contacts).count == 3)
  }

  @Test func fieldsTheModuleLacksAreIgnored() throws {
    var organisation = try Organisation.open()
    #expect(organisation.post("Contacts", #"{"data":[{"Last_Name":"x","Nonsense":{"a":[1,2.5,true]}}]}"#).status == 201)
    #expect(organisation.cloud.records(in: .contacts).last?.text("Nonsense") == nil)
  }
}

struct CallsTests {
  private func call(_ changes: [String: String] = [:]) -> String {
    var fields = [
      "Subject": #""UCM call""#, "Call_Type": #""Inbound""#, "Call_Start_Time": #""2027-01-15T09:00:00+01:00""#,
      "Call_Duration": #""3:5""#, "Call_Duration_in_seconds": "185",
    ]
    for (name, value) in changes { fields[name] = value.isEmpty ? nil : value }
    let members = fields.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }
    return #"{"data":[{"# + members.joined(separator: ",") + "}]}"
  }

  @Test(arguments: [
    [:], ["Call_Type": #""Outbound""#], ["Call_Type": #""Missed""#, "Call_Duration": ""],
    ["Call_Type": #""Outbound""#, "Call_Duration": "", "Call_Status": #""Scheduled""#],
    ["Call_Duration": #""0:0""#], ["Call_Duration": #""125:30""#], ["Call_Duration": #""03:05""#],
    ["Call_Purpose": #""-None-""#], ["Who_Id": #"{"id":"4000000000000123456","name":"x"}"#],
    ["Who_Id": #"{"id":4000000000000123456}"#], ["Who_Id": "4000000000000123456"],
    ["What_Id": #"{"id":"4000000000000200001"}"#, "$se_module": #""Accounts""#],
    ["Who_Id": #"{"id":"4000000000000123456"}"#, "$se_module": #""Contacts""#],
  ])
  func theseCallsAreTaken(changes: [String: String]) throws {
    var organisation = try Organisation.open()
    let reply = organisation.post("Calls", call(changes))
    #expect(reply.status == 201, "\(reply)")
    #expect(organisation.cloud.callsLogged.count == 1)
  }

  @Test(arguments: [
    ("Subject", "", "MANDATORY_NOT_FOUND"), ("Call_Type", "", "MANDATORY_NOT_FOUND"),
    ("Call_Start_Time", "", "MANDATORY_NOT_FOUND"), ("Call_Start_Time", #""""#, "INVALID_DATA"),
    ("Call_Start_Time", #""2027-01-15 09:00:00""#, "INVALID_DATA"), ("Call_Start_Time", "1800000000", "INVALID_DATA"),
    ("Call_Start_Time", #""2027-02-30T09:00:00+01:00""#, "INVALID_DATA"), ("Call_Type", #""inbound""#, "INVALID_DATA"),
    ("Call_Type", #""Internal""#, "INVALID_DATA"), ("Call_Duration", "", "INVALID_DATA"),
    ("Call_Duration", #""185""#, "INVALID_DATA"), ("Call_Duration", #""3:60""#, "INVALID_DATA"),
    ("Call_Duration", #""-3:5""#, "INVALID_DATA"), ("Call_Duration", #""1:2:3""#, "INVALID_DATA"),
    ("Call_Duration", #"":""#, "INVALID_DATA"), ("Call_Duration", "185", "INVALID_DATA"),
    ("Call_Duration_in_seconds", #""185""#, "INVALID_DATA"), ("Who_Id", #"{"id":"1"}"#, "INVALID_DATA"),
    ("Who_Id", #"{"id":"4000000000000200001"}"#, "INVALID_DATA"), ("Who_Id", "7", "INVALID_DATA"),
    ("Who_Id", "-7", "INVALID_DATA"), ("Who_Id", "7.5", "INVALID_DATA"),
    ("Who_Id", #"{"id":99999999999999999999}"#, "INVALID_DATA"), ("Who_Id", "[]", "INVALID_DATA"),
    ("What_Id", #"{"id":"4000000000000200001"}"#, "MANDATORY_NOT_FOUND"),
    ("$se_module", #""Nonsense""#, "INVALID_DATA"),
  ])
  func theseCallsAreRefused(field: String, value: String, code: String) throws {
    var organisation = try Organisation.open()
    let reply = organisation.post("Calls", call([field: value]))
    #expect(reply.status == 202 && reply.code == code, "\(reply)")
    #expect(organisation.cloud.callsLogged.isEmpty)
  }

  @Test(arguments: [("Inbound", 202), ("Outbound", 202), ("Missed", 201)])
  func anAnsweredCallOfZeroSecondsIsRefusedWhereTheSwitchSaysSo(type: String, status: Int) throws {
    var settings = ZohoCloudSettings()
    settings.acceptsZeroDuration = false
    var organisation = try Organisation.open(settings)
    let reply = organisation.post("Calls", call(["Call_Type": "\"\(type)\"", "Call_Duration": #""0:0""#]))
    #expect(reply.status == status)
    if status == 202 { #expect(reply.code == "DEPENDENT_MISMATCH") }
  }
}
