import CRMCloud
import CRMConnectors
import HTTPTypes
import Primitives
import Testing

/// SuiteCRM's V8 API over the same records, as measured.
struct SugarV8CloudTests {
  private static let people =
    "grant_type=password&client_id=p&client_secret=s3cret&username=admin&password=correct+horse"
  private static let machine = "grant_type=client_credentials&client_id=m&client_secret=s3cret"

  private struct Site {
    var cloud: SugarCloud
    var now = Instant(seconds: 1_800_000_000)
    var token = ""

    init(_ form: String? = people) throws {
      var data = SugarOffice.data
      data.clients = [
        SugarClient(id: "p", secret: Secret("s3cret"), grant: .password),
        SugarClient(id: "m", secret: Secret("s3cret"), grant: .clientCredentials),
      ]
      cloud = try SugarCloud(data: data, seed: 1)
      if let form { token = send(.post, "access_token", form).member("access_token") ?? "" }
    }

    mutating func send(
      _ method: HTTPRequest.Method, _ path: String, _ body: String = "", authorization: String? = nil
    ) -> Reply {
      var request = HTTPRequest(
        method: method, scheme: "https", authority: "crm.example.com", path: "/sugarcrm/Api/" + path)
      request.headerFields[.authorization] = authorization ?? (token.isEmpty ? nil : "Bearer " + token)
      return Reply(cloud.respond(to: request, body: Array(body.utf8), at: now))
    }
  }

  @Test func eachClientHasItsOneGrant() throws {
    var site = try Site(nil)
    let person = site.send(.post, "access_token", Self.people)
    #expect(person.text.contains(#""token_type":"Bearer","expires_in":3600"#) && person.member("refresh_token") != nil)
    #expect(person.member("access_token")?.split(separator: ".").count == 3)
    let json = #"{"grant_type":"client_credentials","client_id":"m","client_secret":"s3cret"}"#
    for form in [Self.machine, json] {
      let machine = site.send(.post, "access_token", form)
      #expect(machine.status == 200 && machine.member("refresh_token") == nil)
    }
    // m:s3cret
    let basic = site.send(.post, "access_token", "grant_type=client_credentials", authorization: "Basic bTpzM2NyZXQ=")
    #expect(basic.status == 200)
    #expect(site.send(.post, "access_token", Self.people + "&client_id=m").status == 200)
    let wrong = "grant_type=password&client_id=m&client_secret=s3cret&username=admin&password=correct+horse"
    #expect(site.send(.post, "access_token", wrong).status == 400)
  }

  @Test(
    arguments: [
      ("", 401), ("grant_type=client_credentials&client_id=m&client_secret=wrong", 401), ("{", 401),
      ("grant_type=password&client_id=p&client_secret=s3cret&username=admin&password=tooth+brush", 500),
      ("grant_type=refresh_token&client_id=p&client_secret=s3cret&refresh_token=x", 401),
      ("grant_type=magic&client_id=p&client_secret=s3cret", 400),
    ])
  func whatIsNoLoginIsToldWithoutThePassword(form: String, status: Int) throws {
    var site = try Site(nil)
    let reply = site.send(.post, "access_token", form)
    #expect(reply.status == status && !reply.text.contains("brush"))
  }

  @Test(arguments: [nil, "Bearer x", "Bearer a.b.c", "Basic bTpzM2NyZXQ=", "Bearer"])
  func withoutATokenThereIsNothing(authorization: String?) throws {
    var site = try Site(nil)
    let reply = site.send(.get, "V8/module/Contacts", authorization: authorization)
    #expect(reply.status == 401 && reply.code == "access_denied")
  }

  @Test func refreshingEndsTheOldTokenAtOnce() throws {
    var site = try Site(nil)
    let first = site.send(.post, "access_token", Self.people)
    let refresh = try #require(first.member("refresh_token"))
    let body = "grant_type=refresh_token&client_id=p&client_secret=s3cret&refresh_token=\(refresh)"
    #expect(site.send(.post, "access_token", body).status == 200)
    site.token = try #require(first.member("access_token"))
    #expect(site.send(.get, "V8/module/Contacts").text.contains("revoked"))
  }

  @Test(
    arguments: [
      ("filter[last_name][eq]=Tester", 1), ("filter[phone_work][like]=%250142", 1), ("filter[last_name][neq]=Twin", 1),
      ("filter[operator]=or&filter[last_name][eq]=Twin&filter[phone_mobile][eq]=555-0199", 3),
      ("filter[last_name][eq]=Twin&filter[phone_work][like]=1%25", 1), ("fields[Contacts]=last_name", 3),
      ("page[size]=2&page[number]=2", 1), ("", 3),
    ])
  func recordsAreFoundByFilter(query: String, count: Int) throws {
    var site = try Site()
    let reply = site.send(.get, "V8/module/Contacts?" + query)
    #expect(reply.status == 200 && reply.text.ranges(of: #""type":"Contact""#).count == count)
  }

  @Test(arguments: [
    "filter[last_name][eq]=Nobody", "page[size]=2&page[number]=9", "page[size]=2&page[number]=99999999999",
  ])
  func nothingFoundIsSaidInWords(query: String) throws {
    var site = try Site()
    #expect(
      site.send(.get, "V8/module/Contacts?" + query).text
        == #"{"meta":{"message":"Request was successful, but there is no result"},"data":[]}"#)
  }

  @Test(
    arguments: [
      "Nonsense", "Contacts?filter[nonsense][eq]=x", "Contacts?filter[last_name][magic]=x",
      "Contacts?filter[last_name]=x",
      "Contacts?fields[Contacts]=nonsense", "Contacts/nobody", "Contacts/nobody/relationships/calls",
    ])
  func whatIsNotThereIsFourHundredWithAnObject(path: String) throws {
    var site = try Site()
    let reply = site.send(.get, "V8/module/" + path)
    #expect(reply.status == 400 && reply.text.hasPrefix(#"{"errors":{"status":400,"title":null,"detail":"#))
  }

  @Test func aCallIsMadeChangedTiedAndDeleted() throws {
    var site = try Site(Self.machine)
    let attributes =
      #""attributes":{"name":"c","date_start":"2027-01-15T09:00:00+01:00","duration_hours":0,"duration_minutes":2}"#
    let made = site.send(.post, "V8/module", #"{"data":{"type":"Calls","id":"mine-1",\#(attributes)}}"#)
    #expect(made.status == 201 && made.text.hasPrefix(#"{"data":{"type":"Call","id":"mine-1","#))
    #expect(made.member("date_end") == "2027-01-15T08:02:00+00:00")
    let again = site.send(.post, "V8/module", #"{"data":{"type":"Calls","id":"mine-1",\#(attributes)}}"#)
    #expect(again.status == 400)
    let changed = #"{"data":{"type":"Calls","id":"mine-1","attributes":{"status":"Held"}}}"#
    #expect(site.send(.patch, "V8/module", changed).member("status") == "Held")
    let ties = "V8/module/Contacts/\(SugarOffice.bo.id)/relationships"
    #expect(site.send(.post, ties, #"{"data":{"type":"Calls","id":"mine-1"}}"#).status == 201)
    #expect(site.send(.get, ties + "/calls").text.contains("mine-1"))
    #expect(site.send(.delete, ties + "/calls/mine-1").status == 200)
    #expect(!site.send(.get, ties + "/calls").text.contains("mine-1"))
    #expect(site.send(.delete, "V8/module/Calls/mine-1").status == 200)
    #expect(site.send(.get, "V8/module/Calls/mine-1").status == 400)
    #expect(site.send(.post, "V8/logout").status == 200)
    #expect(site.send(.get, "V8/module/Calls").status == 401)
  }

  @Test(
    arguments: [
      "{", "[]", "{}", #"{"data":7}"#, #"{"data":{"type":"Nonsense"}}"#, #"{"data":{"type":"Users","attributes":{}}}"#,
      #"{"data":{"type":"Contacts","attributes":{"nonsense":"x"}}}"#,
      #"{"data":{"type":"Contacts","id":"a b","attributes":{}}}"#,
      #"{"data":{"type":"Calls","attributes":{"duration_minutes":5}}}"#,
    ])
  func whatIsNoRecordIsRefused(body: String) throws {
    var site = try Site()
    #expect(site.send(.post, "V8/module", body).status == 400)
    #expect(site.cloud.records(in: "Calls").isEmpty && site.cloud.records(in: "Contacts").count == 3)
  }
}
