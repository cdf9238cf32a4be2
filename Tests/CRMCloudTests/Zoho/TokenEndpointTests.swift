import CRMCloud
import HTTPTypes
import Primitives
import Testing

struct TokenEndpointTests {
  @Test func aRefreshAnswersFourMembersInOrder() throws {
    var organisation = try Organisation()
    let reply = organisation.refresh()
    let token = try #require(reply.member("access_token"))
    #expect(reply.status == 200)
    #expect(
      reply.text == #"{"access_token":"\#(token)","api_domain":"https://www.zohoapis.com","token_type":"Bearer","#
        + #""expires_in":3600}"#)
    let parts = token.split(separator: ".")
    #expect(parts.map(\.count) == [4, 32, 32] && parts[0] == "1000")
    #expect(parts.dropFirst().joined().allSatisfy { $0.isHexDigit && !$0.isUppercase })
  }

  @Test func parametersCountInTheQueryToo() throws {
    var organisation = try Organisation()
    #expect(organisation.send(.post, "accounts.zoho.com", "/oauth/v2/token?" + Organisation.form()).status == 200)
  }

  @Test(arguments: [
    (ZohoCloudSettings.ExpiresInForm.seconds, #""expires_in":3600}"#),
    (.milliseconds, #""expires_in_sec":3600,"expires_in":3600000}"#), (.absent, #""token_type":"Bearer"}"#),
  ])
  func theLifeIsToldInThreeForms(form: ZohoCloudSettings.ExpiresInForm, end: String) throws {
    var settings = ZohoCloudSettings()
    settings.expiresInForm = form
    var organisation = try Organisation(Organisation.data(), settings)
    #expect(organisation.refresh().text.hasSuffix(end))
  }

  @Test(arguments: [
    (Organisation.form(client: "1000.OTHER"), 200, "invalid_client"),
    (Organisation.form(secret: "wrong"), 200, "invalid_client_secret"),
    (Organisation.form(token: "1000.0.0"), 200, "invalid_code"),
    (Organisation.form(client: "1000.OTHER", secret: "wrong", token: "x"), 200, "invalid_client"),
    (Organisation.form(secret: "wrong", token: "x"), 200, "invalid_client_secret"),
    (Organisation.form(grantType: "authorization_code"), 200, "invalid_code"),
    (Organisation.form(grantType: nil), 400, "invalid_request"),
    (Organisation.form(grantType: "password"), 400, "invalid_request"), ("", 400, "invalid_request"),
    ("grant_type=refresh_token", 200, "invalid_client"), ("grant_type=refresh%5Ftoken", 200, "invalid_client"),
    ("%%%=&&&==", 400, "invalid_request"), ("\u{0}\u{1}", 400, "invalid_request"),
  ])
  func whatIsWrongIsToldInTheOrderOfTheChecks(form: String, status: Int, error: String) throws {
    var organisation = try Organisation()
    let reply = organisation.refresh(form)
    #expect(reply.status == status && reply.text == #"{"error":"\#(error)"}"#)
  }

  @Test func theStatusOfTokenErrorsIsASwitch() throws {
    var settings = ZohoCloudSettings()
    settings.tokenErrorStatus = 400
    var organisation = try Organisation(Organisation.data(), settings)
    #expect(organisation.refresh(Organisation.form(token: "x")).status == 400)
  }

  @Test(arguments: ["accounts.zoho.eu", "accounts.zoho.com.cn", "accounts.zohocloud.ca"])
  func anotherDataCentreDoesNotKnowTheClient(host: String) throws {
    var organisation = try Organisation()
    #expect(organisation.refresh(at: host).text == #"{"error":"invalid_client"}"#)
  }

  @Test func aTokenRequestHasToBeAPost() throws {
    var organisation = try Organisation()
    #expect(organisation.send(.get, "accounts.zoho.com", "/oauth/v2/token?" + Organisation.form()).status == 400)
  }

  @Test(arguments: [("accounts.zoho.com", "/", 404), ("example.com", "/oauth/v2/token", 421), ("", "/", 421)])
  func otherPathsAndHostsAreNotServed(host: String, path: String, status: Int) throws {
    var organisation = try Organisation()
    #expect(organisation.send(.post, host, path, body: Organisation.form()).status == status)
  }

  @Test func theEleventhTokenInTenMinutesIsTooMany() throws {
    var organisation = try Organisation()
    for _ in 1...10 { #expect(organisation.refresh().status == 200) }
    organisation.now = organisation.now + .seconds(599)
    let refused = organisation.refresh()
    #expect(refused.status == 400 && refused.code == "Access Denied" && refused.text.contains(#""status":"failure""#))
    organisation.now = organisation.now + .seconds(1)
    #expect(organisation.refresh().status == 200)
  }

  @Test func withoutTheThrottleTheSixteenthTokenEndsTheFirst() throws {
    var settings = ZohoCloudSettings()
    settings.tokenThrottle = nil
    var organisation = try Organisation(Organisation.data(), settings)
    let tokens = (1...16).map { _ in organisation.refresh().member("access_token") ?? "" }
    #expect(Set(tokens).count == 16)
    organisation.token = tokens[0]
    #expect(organisation.get("/crm/v2/Contacts").code == "INVALID_TOKEN")
    for token in tokens.dropFirst() {
      organisation.token = token
      #expect(organisation.get("/crm/v2/Contacts").status == 200)
    }
  }

  @Test func aTokenLivesOneHourOfTheRunsClock() throws {
    var organisation = try Organisation.open()
    organisation.now = Instant(seconds: 1_800_003_599)
    #expect(organisation.get("/crm/v2/Contacts").status == 200)
    organisation.now = Instant(seconds: 1_800_003_600)
    #expect(organisation.get("/crm/v2/Contacts").code == "INVALID_TOKEN")
  }

  @Test func aRevokedRefreshTokenTakesItsAccessTokensAlong() throws {
    var organisation = try Organisation.open()
    let isKnown = organisation.cloud.revokeRefreshToken(Secret(Organisation.refreshToken))
    let isKnownStill = organisation.cloud.revokeRefreshToken(Secret(Organisation.refreshToken))
    #expect(isKnown && !isKnownStill)
    #expect(organisation.get("/crm/v2/Contacts").code == "INVALID_TOKEN")
    #expect(organisation.refresh().text == #"{"error":"invalid_code"}"#)
  }

  @Test func theSameSeedGivesTheSameTokens() throws {
    let tokens = try [UInt64(1), 1, 2].map { seed in
      var organisation = try Organisation()
      organisation.cloud = try ZohoCloud(data: Organisation.data(), seed: seed)
      return organisation.refresh().member("access_token")
    }
    #expect(tokens[0] == tokens[1] && tokens[0] != tokens[2])
  }
}
