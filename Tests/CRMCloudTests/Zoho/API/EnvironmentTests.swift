import CRMCloud
import HTTPTypes
import Primitives
import Testing

/// Tokens of a sandbox and of a developer's environment: good at their own host, for records of their own.
struct EnvironmentTests {
  private static func reply(_ world: ZohoWorld, _ environment: String) -> Reply {
    let browser = People.signedIn(world)
    browser.open(People.authorizationAddress(["prompt": "consent"]))
    browser.submit("tenant", ["environment": environment])
    browser.submit("consent", button: "Accept")
    return world.token(People.exchange(browser.page.address.parameter("code")))
  }

  private static let hosts = [
    "production": "www.zohoapis.com", "sandbox": "sandbox.zohoapis.com", "developer": "developer.zohoapis.com",
  ]

  @Test(arguments: ["production", "sandbox", "developer"])
  func aTokenOpensItsOwnEnvironmentAndNoOther(environment: String) throws {
    let world = try People.world()
    let token = Self.reply(world, environment).member("access_token")
    #expect(token != nil)
    for (name, host) in Self.hosts {
      let answer = world.api("/crm/v2/Leads", token, host: host)
      if name == environment {
        // What is no production begins empty.
        #expect(answer.status == (name == "production" ? 200 : 204), "\(name)")
      } else {
        #expect(answer.status == 401 && answer.code == "INVALID_TOKEN", "\(name)")
      }
    }
  }

  @Test(arguments: ["sandbox", "developer"])
  func whatIsWrittenThereStaysThere(environment: String) throws {
    let world = try People.world()
    let token = Self.reply(world, environment).member("access_token") ?? ""
    let production = Self.reply(world, "production").member("access_token") ?? ""
    let host = Self.hosts[environment] ?? ""
    let added = world.reply(
      .post, "https://\(host)/crm/v2/Leads", [.authorization: "Zoho-oauthtoken " + token],
      body: #"{"data":[{"Last_Name":"Trial","Company":"Box"}]}"#)
    #expect(added.status == 201)
    #expect(world.api("/crm/v2/Leads", token, host: host).text.contains("Trial"))
    #expect(!world.api("/crm/v2/Leads", production).text.contains("Trial"))
    let id = added.member("id") ?? ""
    #expect(world.api("/crm/v2/Leads/" + id, production).status == 204)
  }

  @Test(arguments: ["sandbox", "developer"])
  func whatARefreshBringsIsGoodThereToo(environment: String) throws {
    let world = try People.world()
    let refresh = Self.reply(world, environment).member("refresh_token")
    let token = world.token(People.refresh(refresh)).member("access_token")
    #expect(world.api("/crm/v2/Leads", token, host: Self.hosts[environment] ?? "").status == 204)
    #expect(world.api("/crm/v2/Leads", token).status == 401)
  }

  @Test func aTokenOfTheSandboxOpensNeitherPhoneBridgeNorFunctions() throws {
    let world = try People.world()
    let token = Self.reply(world, "sandbox").member("access_token") ?? ""
    for path in ["/phonebridge/v3/users", "/crm/v2/functions/x/actions/execute"] {
      #expect(world.api(path, token).status >= 400, "\(path)")
      #expect(world.api(path, token, host: "sandbox.zohoapis.com").status >= 400, "\(path)")
    }
  }
}
