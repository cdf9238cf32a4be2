import CRMCloud
import HTTPTypes
import JSON
import Primitives
import Testing

/// vTiger's own PBX channel.
struct VtigerCallbackTests {
  private static func report(_ office: inout VtigerOffice, _ query: String, secret: String = "letmein") -> String {
    let path = "/vtigercrm/modules/PBXManager/callbacks/PBXManager.php?vtigersignature=\(secret)&" + query
    let request = HTTPRequest(method: .get, scheme: "https", authority: "crm.example.com", path: path)
    let answer = office.cloud.respond(to: request, body: [], at: office.now)
    return "\(answer.response.status.code) " + String(decoding: answer.body, as: UTF8.self)
  }

  @Test func aCallIsRecordedFromItsBeginningToItsEnd() throws {
    var office = try VtigerOffice()
    let ringing = Self.report(&office, "callstatus=StartApp&callerIdNumber=16175550142&callUUID=u1")
    #expect(ringing == "200 <Response><Dial><Number>SIP/1001</Number></Dial></Response>")
    _ = Self.report(&office, "callstatus=DialAnswer&callUUID=u1")
    #expect(office.dump("pbxmanager").first?["callstatus"] == "in-progress")
    _ = Self.report(&office, "callstatus=EndCall&callUUID=u1&duration=80&billableseconds=72")
    let record = office.dump("pbxmanager").first
    #expect(record?["customer"] == "12x2" && record?["customertype"] == "Contacts" && record?["direction"] == "inbound")
    #expect(record?["callstatus"] == "completed" && record?["billduration"] == "72")
  }

  @Test(arguments: [
    ("6175550142", "12x2"), ("16175550142", "12x2"), ("%2B16175550142", "12x2"), ("5550142", "12x2"), ("42", "12x2"),
    ("0016175550142", ""), ("6175550199", ""),
  ])
  func aCallerIsFoundAtEitherEndOfAStoredNumber(number: String, id: String) throws {
    var office = try VtigerOffice()
    _ = Self.report(&office, "callstatus=StartApp&callerIdNumber=\(number)&callUUID=u1")
    #expect(office.dump("pbxmanager").first?["customer"]?.string == id)
  }

  @Test func aCallerThatIsAUserMakesTheCallOutbound() throws {
    var office = try VtigerOffice()
    _ = Self.report(&office, "callstatus=StartApp&callerIdNumber=1001&callUUID=u1")
    #expect(office.dump("pbxmanager").first?["direction"] == "outbound")
    #expect(office.dump("pbxmanager").first?["user"] == "19x2")
  }

  @Test func aWrongSecretChangesNothing() throws {
    var office = try VtigerOffice()
    let refused = Self.report(&office, "callstatus=StartApp&callerIdNumber=1&callUUID=u1", secret: "no")
    #expect(refused == "200 <Response><Authentication>Failure</Authentication></Response>")
    #expect(office.dump("pbxmanager").isEmpty)
    var without = try VtigerOffice { $0.callbackSecret = nil }
    #expect(Self.report(&without, "callstatus=StartApp&callUUID=u1", secret: "").contains("Failure"))
  }
}
