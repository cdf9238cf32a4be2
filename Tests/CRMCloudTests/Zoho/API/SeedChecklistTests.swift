import CRMCloud
import HTTPTypes
import Primitives
import Testing

/// Rows of the checklist and complaints that no other test of the API bears the name of.
struct SeedChecklistTests {
  @Test(
    "Seed row 6: every spelling of the v2 server address answers",
    arguments: [
      ("us", "crm.zohoapis.com"), ("us", "www.zohoapis.com"), ("cn", "crm.zohoapis.com.cn"),
      ("cn", "www.zohoapis.com.cn"),
      ("eu", "www.zohoapis.eu"),
    ])
  func everyAddressOfTheGuidesAnswers(centre: String, host: String) throws {
    let accounts = ["us": "accounts.zoho.com", "cn": "accounts.zoho.com.cn", "eu": "accounts.zoho.eu"]
    var organisation = try Organisation(Organisation.data(dataCentre: centre))
    organisation.token = organisation.refresh(at: accounts[centre] ?? "").member("access_token") ?? ""
    #expect(Reply(organisation.call(.get, "v2/Contacts/search?phone=5550102", host: host)).status == 200)
  }

  @Test("Seed row 7: an unknown number becomes a record, unless mandatory fields are missing")
  func anUnknownNumberBecomesARecordOfTheChosenTable() throws {
    var organisation = try Organisation.whole()
    let number = "+15550199"
    for (module, record) in [
      ("Contacts", #"{"Last_Name":"\#(number)","Phone":"\#(number)"}"#),
      ("Leads", #"{"Last_Name":"\#(number)","Company":"\#(number)","Phone":"\#(number)"}"#),
      ("Accounts", #"{"Account_Name":"\#(number)","Phone":"\#(number)"}"#),
    ] {
      #expect(organisation.api(.get, "v2/\(module)/search?phone=%2B15550199").status == 204)
      #expect(
        organisation.api(.post, "v2/\(module)", #"{"data":[{"Phone":"\#(number)"}]}"#).code == "MANDATORY_NOT_FOUND")
      #expect(organisation.api(.post, "v2/\(module)", "{\"data\":[\(record)]}").status == 201)
      #expect(organisation.api(.get, "v2/\(module)/search?phone=%2B15550199").status == 200)
    }
  }

  @Test("Seed row 8: lookups go table by table; one number can be several people's")
  func aNumberCanBeSeveralPeoples() throws {
    var organisation = try Organisation.whole()
    for name in ["One", "Two"] {
      _ = organisation.add("Contacts", #"{"Last_Name":"\#(name)","Phone":"+49 30 00000012"}"#)
    }
    #expect(organisation.api(.get, "v2/Accounts/search?phone=493000000012").status == 204)
    #expect(organisation.api(.get, "v2/Contacts/search?phone=493000000012").count == 2)
    #expect(organisation.api(.get, "v2/Leads/search?phone=493000000012").count == 1)
  }

  @Test("E3: the same unknown caller is created again and again, while the index lags")
  func whoLooksAgainTooSoonCreatesAgain() throws {
    var settings = ZohoCloudSettings()
    settings.indexDelay = .seconds(5)
    var organisation = try Organisation.whole(settings)
    for _ in 0..<3 {
      if organisation.api(.get, "v2/Contacts/search?phone=5550198").status == 204 {
        _ = organisation.add("Contacts", #"{"Last_Name":"x","Phone":"5550198"}"#)
      }
      organisation.now = organisation.now + .seconds(2)
    }
    organisation.now = organisation.now + .seconds(10)
    #expect(organisation.api(.get, "v2/Contacts/search?phone=5550198").count == 3)
  }

  @Test("E3: wrong name shown: a part of the number is enough for a hit")
  func aPartOfANumberIsAHit() throws {
    var organisation = try Organisation.whole()
    _ = organisation.add("Contacts", #"{"Last_Name":"Longer","Phone":"+49155501012"}"#)
    let reply = organisation.api(.get, "v2/Contacts/search?phone=5550101")
    #expect(reply.count == 2 && reply.text.contains("Longer"))
  }

  @Test("E3: a number with + never matches: it arrives as a space where it is not encoded")
  func aPlusAsItIsIsASpace() throws {
    var organisation = try Organisation.whole()
    _ = organisation.add("Contacts", #"{"Last_Name":"x","Phone":"+15550197"}"#)
    #expect(organisation.api(.get, "v2/Contacts/search?phone=+15550197").status == 204)
    #expect(organisation.api(.get, "v2/Contacts/search?phone=%2B15550197").status == 200)
    #expect(organisation.api(.get, "v2/Contacts/search?criteria=(Phone:equals:+15550197)").status == 204)
    #expect(organisation.criteria("(Phone:equals:+15550197)").status == 200)
  }

  @Test("E3: a call is logged twice where the request is repeated: nothing here recognises it")
  func aRepeatedLogIsASecondRecord() throws {
    var organisation = try Organisation.whole()
    let call =
      #"{"Subject":"s","Call_Type":"Inbound","Call_Start_Time":"2027-01-15T09:00:00+01:00","#
      + #""Call_Duration":"1:0","Description":"id 7"}"#
    for _ in 0..<2 { _ = organisation.add("Calls", call) }
    #expect(organisation.cloud.callsLogged.count == 2)
    #expect(organisation.query("select id from Calls where Description = 'id 7'").text.contains(#""count":2"#))
  }
}
