import CRMCloud
import JSON
import Primitives
import Testing

@Suite struct AdministrationTests {
  private static let now = Instant(seconds: 1_800_000_000)

  private static func cloud() throws -> ZohoCloud {
    let user = ZohoCloudData.User(id: "7", fullName: "Ann Owner")
    return try ZohoCloud(
      data: ZohoCloudData(organisations: [.init(users: [user], contacts: [.init(id: "12", lastName: "First")])]),
      seed: 1)
  }

  @Test func recordsAreAddedToWhatIsThere() throws {
    var cloud = try Self.cloud()
    let more = ZohoCloudData(organisations: [.init(contacts: [.init(lastName: "Second", phone: "+4930123456")])])
    #expect(cloud.carryOut(.load(CloudContents(zoho: more)), at: Self.now) == .done(1))
    let names = cloud.dump("contacts")?.compactMap { $0["Last_Name"]?.string }
    #expect(names == ["First", "Second"])
  }

  @Test func usersAreAddedToThoseWhoAreThere() throws {
    var cloud = try Self.cloud()
    let more = ZohoCloudData(organisations: [.init(users: [.init(id: "8", fullName: "Bo Seller")])])
    #expect(cloud.carryOut(.load(CloudContents(zoho: more)), at: Self.now) == .done(1))
    #expect(cloud.dump("users")?.compactMap { $0["id"]?.string } == ["7", "8"])
    guard case .refused = cloud.carryOut(.load(CloudContents(zoho: more)), at: Self.now) else {
      Issue.record("a user whose id is in use was taken")
      return
    }
    #expect(cloud.dump("users")?.count == 2)
  }

  @Test func whatCannotBeAddedChangesNothing() throws {
    var cloud = try Self.cloud()
    let bad = ZohoCloudData(
      organisations: [.init(contacts: [.init(lastName: "New"), .init(id: "12", lastName: "Same id")])])
    guard case .refused(let reason) = cloud.carryOut(.load(CloudContents(zoho: bad)), at: Self.now) else {
      Issue.record("a record whose id is in use was taken")
      return
    }
    #expect(reason.contains("contacts"))
    #expect(cloud.dump("contacts")?.count == 1)
  }

  @Test func aDataCentreWithoutAnOrganisationTakesNothing() throws {
    var cloud = try Self.cloud()
    let elsewhere = ZohoCloudData(organisations: [.init(dataCentre: "eu", contacts: [.init(lastName: "Elsewhere")])])
    guard case .refused = cloud.carryOut(.load(CloudContents(zoho: elsewhere)), at: Self.now) else {
      Issue.record("taken")
      return
    }
  }

  @Test func usersAreDisabledAndEnabled() throws {
    var cloud = try Self.cloud()
    #expect(cloud.carryOut(.setUser(id: "7", isEnabled: false), at: Self.now) == .done(1))
    #expect(cloud.dump("users")?.first?["status"]?.string == "disabled")
    #expect(cloud.carryOut(.setUser(id: "7", isEnabled: true), at: Self.now) == .done(1))
    #expect(cloud.carryOut(.setUser(id: "8", isEnabled: true), at: Self.now) == .notFound)
  }

  @Test func anAccountIsClosedAndOpenedAgainWhateverItsUsersMayDo() throws {
    let world = try People.world()
    let browser = People.signedIn(world)
    let code = People.code(browser, People.authorizationAddress(scope: "ZohoCRM.modules.ALL"))
    let token = world.token(People.exchange(code)).member("access_token")
    #expect(world.api("/crm/v2/Contacts", token).status == 200)
    #expect(
      world.cloud.carryOut(.setAccount(email: People.ann.uppercased(), isOpen: false), at: world.now) == .done(1))
    #expect(world.api("/crm/v2/Contacts", token).status == 401)
    #expect(browser.open("https://accounts.zoho.com/home").title == "Sign in")
    #expect(browser.signIn(People.ann, People.annPassword).notice == "This account is closed.")
    // The CRM's user is as active as before.
    let user = world.cloud.dump("users")?.first { $0["email"]?.string == People.ann }
    #expect(user?["status"]?.string == "active")
    #expect(world.cloud.carryOut(.setAccount(email: People.ann, isOpen: true), at: world.now) == .done(1))
    #expect(world.api("/crm/v2/Contacts", token).status == 200)
    #expect(browser.signIn(People.ann, People.annPassword).title == "Home")
  }

  @Test(arguments: ["", "nobody@example.com", "1001", "ann@example.com "])
  func anAccountThatIsNotThereIsNotFound(email: String) throws {
    var cloud = try People.world().cloud
    #expect(cloud.carryOut(.setAccount(email: email, isOpen: false), at: Self.now) == .notFound)
  }

  @Test(arguments: [CloudAction.revokeToken(Secret("nobody's")), .expireToken(Secret("nobody's"))])
  func unknownTokensAreNotFound(action: CloudAction) throws {
    var cloud = try Self.cloud()
    #expect(cloud.carryOut(action, at: Self.now) == .notFound)
  }

  @Test func aKindTheCloudLacksIsNoDump() throws {
    let cloud = try Self.cloud()
    #expect(cloud.dump("tokens") == nil)
    for kind in cloud.dumpKinds { #expect(cloud.dump(kind) != nil) }
  }

  @Test func everyHostIsNamedOnce() throws {
    let names = try Self.cloud().hosts.map(\.name)
    #expect(Set(names).count == names.count && names.contains("accounts.zoho.com.cn"))
  }
}
