import CRMCloud
import HTTPTypes
import Primitives
import Testing

/// A provider that notifies calls with a token of its own.
struct Provider {
  static let scopes = ["PhoneBridge.call.log", "ZohoCRM.modules.ALL"]

  var organisation: Organisation

  init(scopes: [String] = scopes, _ settings: ZohoCloudSettings = ZohoCloudSettings()) throws {
    organisation = try Organisation.open(scopes: scopes, settings)
  }

  mutating func send(
    _ endpoint: String, _ parameters: String = "", method: HTTPRequest.Method = .post, authorization: String? = nil
  ) -> Reply {
    organisation.send(
      method, "www.zohoapis.com", "/phonebridge/v3/" + endpoint,
      authorization: authorization ?? "Zoho-oauthtoken " + organisation.token, body: parameters)
  }

  /// A call from Bo Tester's mobile to extension 1001.
  mutating func received(_ state: String, id: String = "call-1", _ more: String = "") -> Reply {
    send("callnotify", "type=received&state=\(state)&id=\(id)&from=5550101&to=1001\(more)")
  }

  mutating func dialed(_ state: String, id: String = "call-1", _ more: String = "") -> Reply {
    send("callnotify", "type=dialed&state=\(state)&id=\(id)&from=1001&to=%2B15550103\(more)")
  }

  var calls: [ZohoCloudRecord] { organisation.cloud.callsLogged }
}

private let start = "&start_time=2027-01-15%2008:00:00"

struct PhoneBridgeAPITests {
  private var provider: Provider

  init() throws { provider = try Provider() }

  @Test mutating func aReceivedCallIsLoggedByPhoneBridgeWhenItEnds() {
    #expect(provider.received("ringing").text == #"{"status":"success","code":"SUCCESS"}"#)
    provider.organisation.now = provider.organisation.now + .seconds(5)
    #expect(provider.received("answered").status == 200 && provider.calls.isEmpty)
    #expect(provider.received("ended", start + "&duration=185").status == 200)
    let call = provider.calls[0]
    #expect(provider.calls.count == 1 && call.text("Call_Type") == "Inbound")
    #expect(call.text("Subject") == "Incoming call from Bo Tester" && call.text("Who_Id") == "4000000000000123456")
    #expect(call.text("Call_Duration") == "03:05" && call.text("Call_Duration_in_seconds") == "185")
    #expect(call.text("Call_Start_Time") == "2027-01-15T08:00:00+00:00")
    #expect(call.text("Caller_ID") == "5550101" && call.text("Dialled_Number") == "1001")
  }

  @Test mutating func aMissedCallOfNobodyKnownIsLoggedWithItsNumber() {
    let reply = provider.send(
      "callnotify", "type=received&state=missed&id=x&from=%2B4930999&to=%2B15550000" + start)
    #expect(reply.status == 200)
    #expect(provider.calls[0].text("Subject") == "Missed call from +4930999")
    #expect(provider.calls[0].text("Call_Type") == "Missed" && provider.calls[0].text("Who_Id") == nil)
  }

  @Test(arguments: [
    ("busy", "No response/Busy"), ("noanswer", "No response/Busy"), ("invalid", "Invalid number"),
    ("blocked", "No response/Busy"), ("notavailable", "No response/Busy"), ("rejected", "No response/Busy"),
  ])
  mutating func anUnattendedDialedCallIsLoggedAsOutboundWithItsResult(state: String, result: String) {
    #expect(provider.dialed("ringing").status == 200)
    #expect(provider.dialed(state, start).status == 200)
    let call = provider.calls[0]
    #expect(call.text("Call_Type") == "Outbound" && call.text("Call_Result") == result)
    #expect(call.text("What_Id") == "4000000000000200001" && call.text("$se_module") == "Accounts")
    #expect(call.text("Subject") == "Outgoing call to Acme" && call.text("Call_Duration") == "00:00")
  }

  /// A PBX that notifies and also writes the record over the CRM's API has each call twice (seed row 16's trap).
  @Test mutating func aPBXThatAlsoPostsItsCallsLogsThemTwice() {
    _ = provider.received("ringing")
    _ = provider.received("answered")
    _ = provider.received("ended", start + "&duration=60")
    let own = provider.organisation.post(
      "Calls",
      #"{"data":[{"Subject":"From the PBX","Call_Type":"Inbound","Call_Duration":"1:0","#
        + #""Call_Start_Time":"2027-01-15T08:00:00+00:00","Who_Id":{"id":"4000000000000123456"}}]}"#)
    #expect(own.status == 201)
    #expect(provider.calls.map { $0.text("Who_Id") } == ["4000000000000123456", "4000000000000123456"])
  }

  /// Beside the reply that a client reads stands which record PhoneBridge wrote, for who reads a journal.
  @Test mutating func theReplyToTheEndNamesTheRecordWritten() throws {
    var request = HTTPRequest(
      method: .post, scheme: "https", authority: "www.zohoapis.com", path: "/phonebridge/v3/callnotify")
    request.headerFields[.authorization] = "Zoho-oauthtoken " + provider.organisation.token
    let form = "type=received&state=missed&id=x&from=1&to=2" + start
    let now = provider.organisation.now
    let answer = provider.organisation.cloud.respond(to: request, body: Array(form.utf8), at: now)
    let name = try #require(HTTPField.Name("Ucmsim-Record-Written"))
    #expect(answer.response.headerFields[name] == "Calls/" + provider.calls[0].id)
  }

  @Test mutating func aRingGroupThatMissesACallTogetherLogsItOnce() {
    for _ in 1...3 { #expect(provider.received("ringing").status == 200) }
    for _ in 1...3 { #expect(provider.received("missed", start).status == 200) }
    #expect(provider.calls.count == 1)
  }

  @Test mutating func aCallToldOfAtItsEndOnlyIsLogged() {
    #expect(provider.received("ended", start + "&duration=9").status == 200)
    #expect(provider.calls.count == 1)
  }

  @Test mutating func withoutADurationTheAnswerDecides() {
    _ = provider.received("answered")
    provider.organisation.now = provider.organisation.now + .seconds(61)
    _ = provider.received("ended", start)
    #expect(provider.calls[0].text("Call_Duration") == "01:01")
  }

  @Test(arguments: [
    (["ended"], "ringing"), (["ended"], "answered"), (["answered"], "ringing"), (["answered"], "missed"),
    (["missed"], "answered"), (["missed"], "ended"),
  ])
  mutating func aCallDoesNotGoBack(states: [String], last: String) {
    for state in states { #expect(provider.received(state, start).status == 200) }
    let reply = provider.received(last, start)
    #expect(reply.status == 400 && reply.code == "INVALID_DATA")
  }

  @Test mutating func theDirectionOfACallStays() {
    _ = provider.received("ringing")
    #expect(provider.dialed("answered").status == 400)
  }

  @Test mutating func twoCallsOfOneIdAreOneCallAndOthersAreOthers() {
    _ = provider.received("missed", id: "a", start)
    _ = provider.received("missed", id: "b", start)
    _ = provider.received("missed", id: "a", start)
    #expect(provider.calls.count == 2)
  }

  @Test(arguments: [
    "type=received&state=ringing&from=1&to=2", "state=ringing&id=x&from=1&to=2", "type=received&id=x&from=1&to=2",
    "type=received&state=ringing&id=x&to=2", "type=received&state=ringing&id=x&from=1",
    "type=received&state=ringing&id=&from=1&to=2", "type=received&state=missed&id=x&from=1&to=2",
    "type=received&state=ended&id=x&from=1&to=2&duration=3", "type=dialed&state=busy&id=x&from=1&to=2", "",
  ])
  mutating func aMissingParameterIsNamed(form: String) {
    let reply = provider.send("callnotify", form)
    #expect(reply.status == 400 && reply.code == "REQUIRED_PARAM_MISSING" && reply.member("param") != nil)
    #expect(provider.calls.isEmpty)
  }

  @Test(arguments: [
    "type=sent&state=ringing&id=x&from=1&to=2", "type=received&state=busy&id=x&from=1&to=2",
    "type=dialed&state=missed&id=x&from=1&to=2", "type=received&state=RINGING&id=x&from=1&to=2",
    "type=received&state=ringing&id=x&from=+15550100&to=2", "type=received&state=ringing&id=x&from=anonymous&to=2",
    "type=received&state=ringing&id=x&from=1&to=1234567890123456789", "type=received&state=ringing&id=%00&from=1&to=2",
    "type=received&state=ringing&id=x&from=1&to=2&zohouser=1",
    "type=received&state=missed&id=x&from=1&to=2&start_time=2027-01-15T08:00:00Z",
    "type=received&state=missed&id=x&from=1&to=2&start_time=2027-02-30%2008:00:00",
    "type=received&state=ended&id=x&from=1&to=2&start_time=2027-01-15%2008:00:00&duration=-1",
    "type=received&state=ended&id=x&from=1&to=2&start_time=2027-01-15%2008:00:00&duration=99999999999999999999",
    "type=received&state=ringing&from=1&to=2&id=" + String(repeating: "x", count: 256),
  ])
  mutating func aValueThatCannotBeIsRefused(form: String) {
    let reply = provider.send("callnotify", form)
    #expect(reply.status == 400 && reply.code == "INVALID_DATA")
    #expect(provider.calls.isEmpty)
  }

  @Test mutating func parametersCountInTheQueryToo() {
    #expect(provider.send("callnotify?type=received&state=ringing&id=x&from=%2B1555&to=2").status == 200)
  }

  @Test mutating func aBadTokenIs400HereWhereTheRestOfTheAPISays401() throws {
    let reply = provider.send("users", method: .get, authorization: "Zoho-oauthtoken 1000.x.y")
    #expect(reply.status == 400 && reply.code == "INVALID_TOKEN" && reply.text.contains("invalid oauth token"))
    var settings = ZohoCloudSettings()
    settings.phoneBridgeTokenErrorStatus = 401
    var strict = try Provider(settings)
    #expect(strict.send("users", method: .get, authorization: "Zoho-oauthtoken x").status == 401)
  }

  @Test func aUserSwitchedOffInTheCRMNotifiesNothing() throws {
    let world = try CRMOffice.world()
    let token = world.annsToken()
    let form = "type=received&state=ringing&id=x&from=1&to=2"
    #expect(world.notify(form, token).status == 200)
    let browser = CRMOffice.browser(world)
    browser.open(CRMOffice.home + "/settings/users/1002")
    browser.submit("profile-form", ["profile": "Administrator"])
    browser.open(CRMOffice.home + "/settings/users/1001")
    browser.submit("status-form")
    #expect(world.notify(form, token).code == "INVALID_TOKEN")
  }

  @Test mutating func theScopeOfTheCRMDoesNotOpenPhoneBridge() throws {
    var stranger = try Provider(scopes: ["ZohoCRM.modules.ALL"])
    #expect(stranger.received("ringing").code == "OAUTH_SCOPE_MISMATCH")
    var settings = ZohoCloudSettings()
    settings.scopeEnforcement = .lenient
    var lenient = try Provider(scopes: ["ZohoCRM.modules.ALL"], settings)
    #expect(lenient.received("ringing").status == 200)
  }

  @Test(arguments: [
    ("", HTTPRequest.Method.get, 404), ("nothing", .get, 404), ("users/1", .get, 404), ("users", .post, 405),
    ("callnotify", .get, 405), ("integrate", .get, 405), ("clicktodial", .put, 405), ("clicktodialerror", .get, 405),
  ])
  mutating func otherPlacesAndMethodsAreRefused(endpoint: String, method: HTTPRequest.Method, status: Int) {
    #expect(provider.send(endpoint, method: method).status == status)
  }

  @Test mutating func usersNameThemselvesForNotifications() {
    let reply = provider.send("users", method: .get)
    let zuid = reply.member("zohouser") ?? ""
    #expect(reply.member("username") == "CRM Administrator" && reply.member("email") != nil)
    #expect(provider.received("ringing", "&zohouser=" + zuid).status == 200)
  }

  @Test mutating func oneProviderAtATimeActsForAUser() throws {
    #expect(provider.send("integrate").code == "SUCCESS")
    #expect(provider.send("integrate").code == "SUCCESS")
    #expect(provider.send("integrate", method: .delete).code == "SUCCESS")
    var settings = ZohoCloudSettings()
    settings.phoneBridgeProviders = []
    var unregistered = try Provider(settings)
    let reply = unregistered.send("integrate")
    #expect(reply.status == 400 && reply.code == "PROVIDER_NOT_REGISTERED")
  }

  @Test mutating func anotherProviderOfTheSameUserIsTurnedAway() throws {
    var data = Organisation.data(scopes: Provider.scopes)
    let other = "1000.ffffffffffffffffffffffffffffffff.eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee"
    data.clients.append(
      .init(
        id: "1000.OTHER", secret: Secret("s"), refreshTokens: [.init(token: Secret(other), scopes: Provider.scopes)]))
    provider.organisation = try Organisation(data)
    provider.organisation.token = provider.organisation.refresh().member("access_token") ?? ""
    #expect(provider.send("integrate").status == 200)
    let form = Organisation.form(client: "1000.OTHER", secret: "s", token: other)
    provider.organisation.token = provider.organisation.refresh(form).member("access_token") ?? ""
    let reply = provider.send("integrate")
    #expect(reply.status == 403 && reply.code == "DIFFERENT_PROVIDER_ALREADY_ENABLED")
    // Ids are each provider's own.
    #expect(provider.received("ringing").status == 200)
  }

  @Test(arguments: [
    ("clicktodial", "clicktodialuri=https://pbx.example.com/dial", "SUCCESS"),
    (
      "clicktodial", "clicktodialuri=https://a/b&authorizationparam=%7B%22name%22%3A%22k%22,%22value%22%3A%22v%22%7D",
      "SUCCESS"
    ),
    ("clicktodial", "clicktodialuri=https://a/b&clicktodialparam=%5B%5D", "SUCCESS"),
    ("clicktodial", "", "REQUIRED_PARAM_MISSING"),
    ("clicktodial", "clicktodialuri=javascript:alert(1)", "INVALID_DATA"),
    ("clicktodial", "clicktodialuri=https://", "INVALID_DATA"),
    ("clicktodial", "clicktodialuri=https://a&authorizationparam=x", "INVALID_DATA"),
    ("clicktodial", "clicktodialuri=https://a&clicktodialparam=%7B%7D", "INVALID_DATA"),
    ("clicktodial", "clicktodialuri=https://a&zohouser=1", "INVALID_DATA"),
    ("callcontrol", "answeruri=https://pbx.example.com/answer&muteuri=http://pbx.example.com/mute", "SUCCESS"),
    ("callcontrol", "", "SUCCESS"), ("callcontrol", "holduri=hold", "INVALID_DATA"),
    ("clicktodialerror", "code=busy&from=1001&to=%2B1555", "SUCCESS"),
    ("clicktodialerror", "code=busy&from=1001", "REQUIRED_PARAM_MISSING"),
    ("clicktodialerror", "code=busy&from=1001&to=1234567890123456789012345678901", "INVALID_DATA"),
  ])
  mutating func clickingIsSetUpAndItsErrorsTaken(endpoint: String, form: String, code: String) {
    #expect(provider.send(endpoint, form).code == code)
    if endpoint != "clicktodialerror" { #expect(provider.send(endpoint, method: .delete).code == "SUCCESS") }
  }

  @Test mutating func endlessCallsLeaveABoundedCloud() throws {
    for number in 1...1200 { #expect(provider.received("ringing", id: "c\(number)").status == 200) }
    // The first was dropped: its id is a new call's.
    #expect(provider.dialed("ringing", id: "c1").status == 200)
    #expect(provider.dialed("ringing", id: "c1200").status == 400)
  }

  @Test mutating func anOrganisationWithoutRoomAnswersWithAnInternalError() throws {
    var settings = ZohoCloudSettings()
    settings.maximumRecordsPerModule = 0
    var full = try Provider(settings)
    let reply = full.received("missed", start)
    #expect(reply.status == 500 && reply.code == "INTERNAL_ERROR")
  }
}
