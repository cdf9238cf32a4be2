import CRMCloud
import HTTPTypes
import Primitives
import Testing

struct RevocationTests {
  private static let revoke = "https://accounts.zoho.com/oauth/v2/token/revoke"
  private static let revokeByClient = "https://accounts.zoho.com/oauth/v2/revoke/token"

  private func granted(scope: String = "ZohoCRM.modules.ALL") throws -> (ZohoWorld, access: String, refresh: String) {
    let world = try People.world()
    let code = People.code(People.signedIn(world), People.authorizationAddress(scope: scope))
    let reply = world.token(People.exchange(code))
    return (world, try #require(reply.member("access_token")), try #require(reply.member("refresh_token")))
  }

  @Test(arguments: [true, false])
  func aRevokedRefreshTokenTakesItsAccessTokensAlong(inQuery: Bool) throws {
    let (world, access, refresh) = try granted()
    let reply =
      inQuery
      ? world.reply(.post, Self.revoke + "?token=" + refresh)
      : world.reply(.post, Self.revoke, body: "token=" + refresh)
    #expect(reply.status == 200 && reply.text == #"{"status":"success"}"#)
    #expect(world.api("/crm/v2/Contacts", access).code == "INVALID_TOKEN")
    #expect(world.token(People.refresh(refresh)).code == "invalid_code")
    #expect(world.reply(.post, Self.revoke + "?token=" + refresh).code == "invalid_code")
  }

  @Test func aRevokedAccessTokenEndsAlone() throws {
    let (world, access, refresh) = try granted()
    let other = world.token(People.refresh(refresh)).member("access_token")
    #expect(world.reply(.post, Self.revoke + "?token=" + access).status == 200)
    #expect(world.api("/crm/v2/Contacts", access).status == 401 && world.api("/crm/v2/Contacts", other).status == 200)
  }

  @Test(arguments: ["", "token=", "token=x", "token=1000.0.0", "TOKEN=x"])
  func anUnknownTokenIsTold(query: String) throws {
    let (world, access, _) = try granted()
    #expect(world.reply(.post, Self.revoke + "?" + query).code == "invalid_code")
    #expect(world.reply(.get, Self.revoke + "?token=" + access).status == 400)
    #expect(world.api("/crm/v2/Contacts", access).status == 200)
  }

  @Test func theOtherFormTakesTheClientsOwnCredentials() throws {
    let (world, access, refresh) = try granted()
    func revoke(_ id: String, _ secret: String, _ token: String) -> Reply {
      let pairs = [(name: "client_id", value: id), ("client_secret", secret), ("token", token)]
      return world.reply(.post, Self.revokeByClient, body: PercentEncoding.form(pairs))
    }
    #expect(revoke("x", People.secret, refresh).code == "invalid_client")
    #expect(revoke(People.clientID, "x", refresh).code == "invalid_client_secret")
    #expect(revoke(People.deviceID, People.deviceSecret, refresh).code == "invalid_code")
    #expect(revoke(People.clientID, People.secret, "x").code == "invalid_code")
    #expect(world.api("/crm/v2/Contacts", access).status == 200)
    #expect(revoke(People.clientID, People.secret, access).status == 200)
    #expect(world.api("/crm/v2/Contacts", access).status == 401)
    #expect(revoke(People.clientID, People.secret, refresh).text == #"{"status":"success"}"#)
  }

  @Test func userInfoTellsWhoTheTokenSpeaksFor() throws {
    let (world, access, _) = try granted(scope: "AaaServer.profile.READ")
    let info = world.api("/oauth/user/info", access, host: "accounts.zoho.com")
    #expect(info.status == 200 && info.member("Email") == People.ann && info.member("First_Name") == "Ann")
    #expect(info.text.contains(#""Last_Name":"Owner","Display_Name":"Ann Owner","ZUID":6"#))
    #expect(world.api("/oauth/user/info", "x", host: "accounts.zoho.com").status == 401)
    #expect(world.api("/oauth/user/info", access, host: "accounts.zoho.eu").status == 401)
    #expect(world.reply(.get, "https://accounts.zoho.com/oauth/user/info").status == 401)
    let (other, narrow, _) = try granted()
    #expect(other.api("/oauth/user/info", narrow, host: "accounts.zoho.com").code == "OAUTH_SCOPE_MISMATCH")
  }

  @Test func serverInfoNamesEveryDataCentre() throws {
    let reply = try People.world().reply(.get, "https://accounts.zoho.eu/oauth/serverinfo")
    #expect(reply.text.hasPrefix(#"{"result":"success","locations":{"us":"https://accounts.zoho.com","eu":"#))
    #expect(reply.text.contains(#""cn":"https://accounts.zoho.com.cn""#))
    #expect(reply.text.contains(#""ca":"https://accounts.zohocloud.ca""#))
  }

  @Test(arguments: [
    "/oauth", "/oauth/v2", "/oauth/v1/token", "/oauth/v2/token/x", "/oauth/v3/device/x", "/x", "/home/x",
  ])
  func otherPathsAreNotServed(path: String) throws {
    #expect(try People.world().reply(.get, "https://accounts.zoho.com" + path).status == 404)
  }
}
