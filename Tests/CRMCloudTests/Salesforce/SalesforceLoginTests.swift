import CRMCloud
import HTTPTypes
import Primitives
import Testing

struct SalesforceCloudLoginTests {
  private static let winter26 = Instant(seconds: 1_770_000_000)
  private static let afterSummer27 = Instant(seconds: 1_820_000_000)

  @Test func aLoginNamesTheOrganisationsHostASessionAndTheUser() throws {
    var org = try SalesforceOrg()
    let reply = org.logIn()
    #expect(reply.status == 200)
    #expect(
      reply.element("serverUrl")?.hasPrefix("https://example.my.salesforce.com/services/Soap/u/64.0/00D") ?? false)
    #expect(reply.element("userId") == "005000000000001AAA")
    #expect(reply.element("sessionId")?.contains("!") ?? false)
    #expect(reply.element("passwordExpired") == "false")
  }

  @Test(
    arguments: [
      ("ann@example.com", "pass", "INVALID_LOGIN"), ("ann@example.com", "passTOKEN ", nil),
      ("ann@example.com", "TOKENpass", "INVALID_LOGIN"), ("nobody@example.com", "passTOKEN", "INVALID_LOGIN"),
      ("ANN@example.com", "passTOKEN", nil), ("ann@example.com", "", "INVALID_LOGIN"),
      ("ann&lt;@example.com", "passTOKEN", "INVALID_LOGIN"),
    ] as [(String, String, String?)])
  func aWrongLoginIsNotToldApart(user: String, password: String, code: String?) throws {
    var org = try SalesforceOrg()
    let reply = org.logIn(user, password)
    #expect(reply.code == code && reply.status == (code == nil ? 200 : 500))
  }

  @Test func fromATrustedAddressNoTokenIsNeeded() throws {
    var org = try SalesforceOrg { $0.settings.needsSecurityToken = false }
    #expect(org.logIn("ann@example.com", "pass").status == 200)
    #expect(org.logIn("ann@example.com", "passTOKEN").status == 200)
    #expect(org.logIn("ann@example.com", "TOKEN").code == "INVALID_LOGIN")
  }

  @Test func tenWrongPasswordsLockAUserForAQuarterOfAnHour() throws {
    var org = try SalesforceOrg()
    for _ in 1...10 { #expect(org.logIn("ann@example.com", "wrong").code == "INVALID_LOGIN") }
    #expect(org.logIn().code == "PASSWORD_LOCKOUT")
    org.now = org.now + .seconds(899)
    #expect(org.logIn("ann@example.com", "wrong").code == "INVALID_LOGIN")
    org.now = org.now + .seconds(1)
    #expect(org.logIn().status == 200)
  }

  @Test(
    arguments: [
      ("64.0", nil), ("31.0", nil), ("65.0", "UNSUPPORTED_API_VERSION"), ("30.0", "UNSUPPORTED_API_VERSION"),
      ("64", "UNSUPPORTED_API_VERSION"), ("x", "UNSUPPORTED_API_VERSION"), ("", "UNSUPPORTED_API_VERSION"),
    ] as [(String, String?)])
  func theSOAPLoginEndsWithVersion64(version: String, code: String?) throws {
    var org = try SalesforceOrg()
    #expect(org.logIn(version: version).code == code)
  }

  @Test(
    arguments: [
      (nil, .byDate, nil), (winter26, .byDate, "INVALID_OPERATION"), (winter26, .on, nil),
      (nil, .off, "INVALID_OPERATION"),
    ] as [(Instant?, SalesforceCloudSettings.SOAPLogin, String?)])
  func organisationsMadeSinceWinter26HaveTheLoginOffUnlessSwitchedOn(
    made: Instant?, soapLogin: SalesforceCloudSettings.SOAPLogin, code: String?
  ) throws {
    var org = try SalesforceOrg {
      $0.createdAt = made
      $0.settings.soapLogin = soapLogin
    }
    #expect(org.logIn().code == code)
  }

  @Test func fromSummer27NobodyHasTheLogin() throws {
    var org = try SalesforceOrg { $0.settings.soapLogin = .on }
    org.now = Self.afterSummer27
    #expect(org.logIn().code == "INVALID_OPERATION")
  }

  @Test func sandboxesHaveADoorOfTheirOwn() throws {
    var production = try SalesforceOrg()
    #expect(production.logIn(at: "test.salesforce.com").code == "INVALID_LOGIN")
    #expect(production.logIn(at: "example.my.salesforce.com").status == 200)
    var sandbox = try SalesforceOrg { $0.isSandbox = true }
    #expect(sandbox.logIn(at: "test.salesforce.com").status == 200)
    #expect(sandbox.logIn().code == "INVALID_LOGIN")
  }

  @Test(arguments: [
    "", "<html>", "<a/>", #"<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>"#, "{}",
    "<Envelope><Body><login><username>ann@example.com</username></login></Body></Envelope>",
    "<Envelope><Body><logout/></Body></Envelope>", String(repeating: "<a>", count: 20_000), "<?a?>", "<?",
  ])
  func whatIsNoLoginIsAFault(body: String) throws {
    var org = try SalesforceOrg()
    let reply = org.send(.post, "login.salesforce.com", "/services/Soap/u/64.0", body: body)
    #expect(reply.status == 500 && reply.code == "UNKNOWN_EXCEPTION")
  }

  @Test func aRefreshTokenGivesASessionAndNoNewRefreshToken() throws {
    var org = try SalesforceOrg()
    let form = "grant_type=refresh_token&client_id=3MVG9.EXAMPLE&client_secret=AB12CD&refresh_token=5Aep861"
    let reply = org.token(form)
    #expect(reply.status == 200 && reply.member("instance_url") == "https://example.my.salesforce.com")
    #expect(reply.member("id")?.hasSuffix("/005000000000001AAA") ?? false)
    #expect(!reply.text.contains("expires_in") && !reply.text.contains("refresh_token"))
    org.token = reply.member("access_token") ?? ""
    #expect(org.query("SELECT Id FROM Contact").status == 200)
    #expect(org.send(.post, "login.salesforce.com", "/services/oauth2/revoke", body: "token=5Aep861").status == 200)
    #expect(org.query("SELECT Id FROM Contact").code == "INVALID_SESSION_ID")
    #expect(org.token(form).code == "invalid_grant")
  }

  @Test(arguments: [
    ("grant_type=refresh_token&client_id=X&client_secret=AB12CD&refresh_token=5Aep861", "invalid_client_id"),
    ("grant_type=refresh_token&client_id=3MVG9.EXAMPLE&client_secret=X&refresh_token=5Aep861", "invalid_client"),
    ("grant_type=refresh_token&client_id=3MVG9.EXAMPLE&client_secret=AB12CD&refresh_token=X", "invalid_grant"),
    (
      "grant_type=password&client_id=3MVG9.EXAMPLE&client_secret=AB12CD&username=ann@example.com&password=passTOKEN",
      "invalid_grant"
    ),
    ("grant_type=client_credentials&client_id=3MVG9.EXAMPLE&client_secret=AB12CD", "invalid_grant"),
    ("grant_type=x&client_id=3MVG9.EXAMPLE&client_secret=AB12CD", "unsupported_grant_type"), ("", "invalid_client_id"),
  ])
  func anOAuthRefusalIsOneObject(form: String, error: String) throws {
    var org = try SalesforceOrg()
    let reply = org.token(form)
    #expect(reply.status == 400 && reply.code == error && reply.text.hasPrefix("{"))
  }

  @Test func thePasswordGrantAndClientCredentialsWorkWhereTheyAreOpen() throws {
    var org = try SalesforceOrg { $0.settings.blocksPasswordGrant = false }
    let client = "&client_id=3MVG9.EXAMPLE&client_secret=AB12CD"
    #expect(org.token("grant_type=password&username=ann@example.com&password=passTOKEN" + client).status == 200)
    #expect(org.token("grant_type=password&username=ann@example.com&password=pass" + client).code == "invalid_grant")
    #expect(org.token("grant_type=client_credentials" + client, at: SalesforceOrg.host).status == 200)
  }

  @Test func aUserWithoutTheAPIAndOneWhoIsOutAreTurnedAway() throws {
    var org = try SalesforceOrg { $0.users[0].hasAPI = false }
    #expect(org.logIn().code == "API_DISABLED_FOR_ORG")
    org = try SalesforceOrg { $0.users[0].isActive = false }
    #expect(org.logIn().code == "INVALID_LOGIN")
  }
}
