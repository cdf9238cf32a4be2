import CRMCloud
import CRMConnectors
import CloudServer
import Primitives
import TestSupport
import Testing

@Suite struct AdministratorTests {
  @Test func exchangesAreShownWithoutTheirSecrets() async throws {
    let folder = try TemporaryDirectory()
    let running = try await RunningCloud(
      try RunningCloud.served(journal: try CloudJournal(path: folder.path("cloud.jsonl"))))
    let token = try await running.ask(Asked.token()).accessToken
    _ = try await running.ask(Asked.search(token))
    var shown = ""
    for path in ["/", "/exchanges/1", "/exchanges/2", "/api/exchanges", "/api/exchanges/1", "/api/exchanges/2/curl"] {
      let answer = try await running.administer("GET", path)
      #expect(answer.status == 200, "\(path)")
      shown += answer.text
    }
    await running.stop()
    try await running.cloud.close()
    shown += try folder.text("cloud.jsonl")
    for secret in ["hush-hush", RunningCloud.refreshToken, token] { #expect(!shown.contains(secret)) }
    #expect(shown.contains("Zoho-oauthtoken <access token>") && shown.contains("+4930123456"))
    #expect(shown.contains("curl --include --request 'GET' --resolve 'www.zohoapis.com:\(running.port):127.0.0.1'"))
    #expect(try folder.text("cloud.jsonl").split(separator: "\n").count == 2)
  }

  @Test func theListIsFilteredAndForgotten() async throws {
    let running = try await RunningCloud(try RunningCloud.served())
    let token = try await running.ask(Asked.token()).accessToken
    _ = try await running.ask(Asked.search(token))
    let filtered = try await running.administer("GET", "/api/exchanges?host=www.&status=200").text
    #expect(filtered.contains("/crm/v2/Contacts/search") && !filtered.contains("/oauth/"))
    #expect(try await running.administer("DELETE", "/api/exchanges").status == 200)
    #expect(try await running.administer("GET", "/api/exchanges").text == "[]\n")
    #expect(try await running.administer("GET", "/api/exchanges/1").status == 404)
    await running.stop()
  }

  @Test func theClockIsMovedAndStoppedButNotTurnedBack() async throws {
    let running = try await RunningCloud(try RunningCloud.served())
    let token = try await running.ask(Asked.token()).accessToken
    #expect(try await running.ask(Asked.search(token)).status == 200)
    #expect(try await running.administer("PUT", "/api/clock", #"{"advanceSeconds":3601}"#).status == 200)
    #expect(try await running.ask(Asked.search(token)).status == 401)
    #expect(try await running.administer("PUT", "/api/clock", #"{"time":"2019-06-02T09:00:00Z"}"#).status == 409)
    let moved = try await running.administer("PUT", "/api/clock", #"{"time":"2020-01-01T00:00:00Z","mode":"frozen"}"#)
    #expect(moved.text.contains("2020-01-01T00:00:00+00:00") && moved.text.contains("frozen"))
    await running.stop()
  }

  @Test func recordsTokensAndUsersAreChanged() async throws {
    let running = try await RunningCloud(try RunningCloud.served())
    let token = try await running.ask(Asked.token()).accessToken
    #expect(try await running.administer("POST", "/api/records", "contact Loaded").text.contains("\"changed\": 1"))
    #expect(try await running.administer("GET", "/api/records/contacts").text.contains("Loaded"))
    #expect(try await running.administer("POST", "/api/tokens/expire", #"{"token":"\#(token)"}"#).status == 200)
    #expect(try await running.ask(Asked.search(token)).status == 401)
    let revoked = try await running.administer(
      "POST", "/api/tokens/revoke", #"{"token":"\#(RunningCloud.refreshToken)"}"#)
    #expect(revoked.status == 200)
    #expect(try await running.ask(Asked.token()).text.contains("invalid_code"))
    #expect(try await running.administer("POST", "/api/index/flush").status == 200)
    #expect(try await running.administer("POST", "/api/reset").status == 200)
    #expect(try await running.ask(Asked.token()).accessToken != "")
    #expect(try await !running.administer("GET", "/api/records/contacts").text.contains("Loaded"))
    await running.stop()
  }

  @Test func faultsAreSetAndTakenAway() async throws {
    let running = try await RunningCloud(try RunningCloud.served())
    #expect(try await running.administer("PUT", "/api/faults", "lose").status == 200)
    #expect(try await running.ask(Asked.token()) == .unreachable(.brokenOff))
    #expect(try await running.administer("GET", "/api/faults").text.contains("\"carriedOut\": 1"))
    #expect(try await running.administer("DELETE", "/api/faults").status == 200)
    #expect(try await running.ask(Asked.token()).status == 200)
    await running.stop()
  }

  @Test(arguments: [
    ("PUT", "/api/clock", "{}", 400), ("PUT", "/api/clock", "nonsense", 400),
    ("PUT", "/api/clock", #"{"time":"yesterday"}"#, 400), ("PUT", "/api/clock", #"{"mode":"backwards"}"#, 400),
    ("PUT", "/api/clock", #"{"advanceSeconds":-1}"#, 409), ("GET", "/api/records/tokens", "", 404),
    ("POST", "/api/records", "nonsense", 400), ("PUT", "/api/faults", "nonsense", 400),
    ("POST", "/api/tokens/revoke", "{}", 400), ("POST", "/api/tokens/revoke", #"{"token":"nobody's"}"#, 404),
    ("PUT", "/api/users/1", #"{"enabled":"yes"}"#, 400), ("PUT", "/api/users/1", #"{"enabled":true}"#, 404),
    ("PUT", "/api/accounts/nobody%40example.com", #"{"enabled":false}"#, 404),
    ("PUT", "/api/accounts/x", "{}", 400), ("GET", "/exchanges/99", "", 404), ("GET", "/nowhere", "", 404),
  ])
  func whatCannotBeDoneIsRefused(method: String, path: String, body: String, status: Int) async throws {
    let running = try await RunningCloud(try RunningCloud.served())
    #expect(try await running.administer(method, path, body).status == status)
    await running.stop()
  }

  @Test(arguments: [("Host", "evil.example"), ("Origin", "https://evil.example"), ("Host", "127.0.0.1.evil.example")])
  func anotherSitesPageIsTurnedAway(name: String, value: String) async throws {
    let running = try await RunningCloud(try RunningCloud.served())
    #expect(try await running.administer("POST", "/api/reset", headers: [(name, value)]).status == 403)
    await running.stop()
  }
}
