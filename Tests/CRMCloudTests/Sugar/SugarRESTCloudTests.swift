import CRMCloud
import CRMConnectors
import HTTPTypes
import Primitives
import Testing

/// `rest/v10` over the same records.
struct SugarRESTCloudTests {
  private static func login(_ platform: String = "ucm", user: String = "admin", password: String = SugarOffice.password)
    -> String
  {
    #"{"grant_type":"password","client_id":"sugar","client_secret":"","username":"\#(user)","password":"\#(password)","#
      + #""platform":"\#(platform)"}"#
  }

  private static func open(_ office: inout SugarOffice, _ platform: String = "ucm") -> Reply {
    office.rest(.post, "oauth2/token", login(platform))
  }

  @Test func aTokenOpensAndOneUserHasOneSessionOnEachPlatform() throws {
    var office = try SugarOffice()
    let first = Self.open(&office)
    #expect(first.status == 200 && first.text.contains(#""expires_in":3600"#))
    let human = try #require(Self.open(&office, "base").member("access_token"))
    let token = try #require(first.member("access_token"))
    #expect(office.rest(.get, "me", token: token).text.contains(#""user_name":"admin""#))
    let second = try #require(Self.open(&office).member("access_token"))
    #expect(office.rest(.get, "me", token: token).code == "invalid_grant")
    #expect(office.rest(.get, "me", token: second).status == 200)
    #expect(office.rest(.get, "me", token: human).status == 200)
    #expect(office.rest(.post, "oauth2/logout", token: second).text == #"{"success":true}"#)
    #expect(office.rest(.get, "me", token: second).status == 401)
  }

  @Test(
    arguments: [
      ("", 422, "missing_parameter"), ("{", 422, "invalid_parameter"), ("[]", 422, "missing_parameter"),
      (login(password: "wrong"), 401, "need_login"), (login(user: "nobody"), 401, "need_login"),
      (#"{"grant_type":"magic","client_id":"sugar"}"#, 422, "invalid_parameter"),
      (#"{"grant_type":"password","client_id":"other"}"#, 401, "need_login"),
      (#"{"grant_type":"refresh_token","client_id":"sugar","refresh_token":"x"}"#, 401, "invalid_grant"),
    ])
  func whatIsNoLoginIsToldWhy(body: String, status: Int, code: String) throws {
    var office = try SugarOffice()
    let reply = office.rest(.post, "oauth2/token", body)
    #expect(reply.status == status && reply.code == code)
  }

  @Test func aPlatformThatIsNotRegisteredIsRefusedWhereThatMatters() throws {
    var settings = SugarCloudSettings()
    settings.platforms = ["ucm"]
    var office = try SugarOffice(.v10, settings)
    #expect(Self.open(&office, "other").status == 422 && Self.open(&office).status == 200)
  }

  @Test func anExpiredTokenIsRenewedAndTheOldPairIsOver() throws {
    var office = try SugarOffice()
    let first = Self.open(&office)
    let (access, refresh) = (try #require(first.member("access_token")), try #require(first.member("refresh_token")))
    office.now = office.now + .seconds(3600)
    #expect(office.rest(.get, "me", token: access).code == "invalid_grant")
    let body =
      #"{"grant_type":"refresh_token","client_id":"sugar","client_secret":"","#
      + #""refresh_token":"\#(refresh)","platform":"ucm"}"#
    let renewed = office.rest(.post, "oauth2/token", body)
    #expect(office.rest(.get, "me", token: renewed.member("access_token")).status == 200)
    #expect(office.rest(.post, "oauth2/token", body).code == "invalid_grant")
  }

  @Test(
    arguments: [
      (#"{"filter":[{"$or":[{"phone_work":{"$contains":"0142"}},{"phone_mobile":{"$ends":"9999"}}]}]}"#, 1),
      (#"{"filter":[{"last_name":"Twin"},{"phone_work":{"$starts":"1 617"}}]}"#, 1),
      (#"{"filter":[{"last_name":{"$in":["Twin","Tester"]}}]}"#, 3),
      (#"{"filter":[{"last_name":{"$not_in":["Twin"]}}]}"#, 1), (#"{"filter":[{"phone_work":{"$contains":"%"}}]}"#, 0),
      (#"{"filter":[{"phone_work":{"$is_null":""}}]}"#, 1), (#"{"filter":[]}"#, 3), ("{}", 3), ("", 3),
    ] as [(String, Int)])
  func filtersFindByStoredText(body: String, count: Int) throws {
    var office = try SugarOffice()
    let token = Self.open(&office).member("access_token")
    let reply = office.rest(.post, "Contacts/filter", token: token, body)
    #expect(reply.status == 200 && reply.text.ranges(of: #""_module":"Contacts""#).count == count)
    #expect(reply.text.hasPrefix(#"{"next_offset":-1,"records":["#))
  }

  @Test(
    arguments: [
      #"{"filter":[{"nonsense":"x"}]}"#, #"{"filter":[{"last_name":{"$magic":"x"}}]}"#, #"{"filter":["x"]}"#,
      #"{"filter":7}"#, #"{"filter":[{"last_name":{"$contains":{}}}]}"#, "[",
    ])
  func whatIsNoFilterIsRefused(body: String) throws {
    var office = try SugarOffice()
    let token = Self.open(&office).member("access_token")
    #expect(office.rest(.post, "Contacts/filter", token: token, body).status == 422)
  }

  @Test func recordsAreMadeReadChangedAndDeleted() throws {
    var office = try SugarOffice()
    let token = Self.open(&office).member("access_token")
    let made = office.rest(.post, "Leads", token: token, #"{"last_name":"Made","phone_work":"+1 555"}"#)
    let id = try #require(made.member("id"))
    #expect(office.rest(.get, "Leads/\(id)?fields=last_name", token: token).member("last_name") == "Made")
    #expect(
      office.rest(.put, "Leads/\(id)", token: token, #"{"last_name":"Changed"}"#).member("last_name") == "Changed")
    #expect(office.rest(.delete, "Leads/\(id)", token: token).status == 200)
    #expect(office.rest(.get, "Leads/\(id)", token: token).code == "not_found")
    #expect(office.rest(.post, "Users", token: token, #"{"last_name":"Mine"}"#).code == "not_authorized")
    #expect(office.rest(.get, "Nonsense", token: token).code == "no_method")
    #expect(office.rest(.get, "Leads").code == "need_login")
    #expect(office.rest(.get, "Contacts?max_num=2", token: token).text.hasPrefix(#"{"next_offset":2,"#))
    let query = "Contacts/filter?filter[0][$or][0][phone_work][$contains]=0142"
    #expect(office.rest(.get, query, token: token).text.ranges(of: #""_module""#).count == 1)
  }

  @Test func aCallIsTiedEitherWay() throws {
    var office = try SugarOffice()
    let token = Self.open(&office).member("access_token")
    let start = #"{"name":"c","date_start":"2027-01-15T09:00:00+01:00","duration_minutes":5}"#
    let call = office.rest(.post, "Calls", token: token, start)
    let id = try #require(call.member("id"))
    #expect(call.member("date_start") == "2027-01-15T08:00:00+00:00")
    let contact = "Contacts/\(SugarOffice.bo.id)/link"
    #expect(office.rest(.post, contact, token: token, #"{"link_name":"calls","ids":["\#(id)"]}"#).status == 200)
    #expect(office.rest(.post, contact + "/calls/\(id)", token: token).status == 200)
    #expect(office.rest(.get, contact + "/calls", token: token).text.ranges(of: #""_module""#).count == 1)
    #expect(office.rest(.post, contact + "/calls/nobody", token: token).code == "not_found")
  }

  @Test func maintenanceAndLimitsAreToldFromEachOther() throws {
    var settings = SugarCloudSettings()
    settings.isInMaintenance = true
    var office = try SugarOffice(.v10, settings)
    #expect(Self.open(&office).status == 503 && Self.open(&office).code == "maintenance")
    office = try SugarOffice(.v10)
    _ = office.cloud.carryOut(.exhaustLimits(true), at: office.now)
    #expect(Self.open(&office).status == 429)
  }
}
