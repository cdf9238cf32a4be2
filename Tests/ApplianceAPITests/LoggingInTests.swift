import ApplianceAPI
import HTTPTypes
import JSON
import Primitives
import Testing

@Suite struct LoggingInTests {
  @Test func aChallengeIsSixteenDigits() {
    var doors = DoorsUnderTest()
    let challenge = doors.challenge()
    #expect(challenge.count == 16)
    #expect(challenge.allSatisfy { $0.isNumber })
    #expect(challenge.hasPrefix("000000"))
  }

  @Test func theProofOfThePasswordOpensASession() {
    var doors = DoorsUnderTest()
    let answer = doors.logIn()
    #expect(answer.status == 0)
    let cookie = answer["response"]?["cookie"]?.string ?? ""
    #expect(cookie.hasPrefix("sid"))
    #expect(cookie.hasSuffix("-1000000"))
    #expect(doors.ask("getSystemStatus", [("cookie", .string(cookie))]).status == 0)
  }

  @Test func theAddressBesideTheProofIsOfNoAccount() {
    var doors = DoorsUnderTest()
    let token = doors.md5(doors.challenge() + DoorsUnderTest.password)
    let answer = doors.ask(
      "login", [("user", "cdrapi"), ("token", .string(token)), ("url", "https://192.0.2.1:8089")])
    #expect(answer.status == 0)
  }

  @Test func twoSessionsHaveTwoCookies() {
    var doors = DoorsUnderTest()
    #expect(doors.cookie() != doors.cookie())
  }

  @Test func aWrongPasswordAndAnUnknownUserAreToldAlike() {
    var doors = DoorsUnderTest()
    let wrong = doors.logIn(password: "guess")
    let unknown = doors.logIn(user: "nobody")
    #expect(wrong.status == -37)
    #expect(unknown == wrong)
  }

  @Test func aProofServesOnce() {
    var doors = DoorsUnderTest()
    let token = doors.md5(doors.challenge() + DoorsUnderTest.password)
    #expect(doors.ask("login", [("user", "cdrapi"), ("token", .string(token))]).status == 0)
    #expect(doors.ask("login", [("user", "cdrapi"), ("token", .string(token))]).status == -37)
  }

  @Test func aProofInCapitalsIsWrong() {
    var doors = DoorsUnderTest()
    let token = doors.md5(doors.challenge() + DoorsUnderTest.password).uppercased()
    #expect(doors.ask("login", [("user", "cdrapi"), ("token", .string(token))]).status == -37)
  }

  @Test func aChallengeEndsAfterItsTime() {
    var doors = DoorsUnderTest()
    let token = doors.md5(doors.challenge() + DoorsUnderTest.password)
    doors.now = doors.now + .seconds(61)
    #expect(doors.ask("login", [("user", "cdrapi"), ("token", .string(token))]).status == -37)
  }

  @Test func aSessionLivesOnWhileItIsUsedAndEndsAfterThat() {
    var doors = DoorsUnderTest()
    let cookie = doors.cookie()
    for _ in 0..<3 {
      doors.now = doors.now + .seconds(599)
      #expect(doors.ask("getSystemStatus", [("cookie", cookie)]).status == 0)
    }
    doors.now = doors.now + .seconds(601)
    #expect(doors.ask("getSystemStatus", [("cookie", cookie)]).status == -8)
  }

  @Test func loggingOutEndsTheSession() {
    var doors = DoorsUnderTest()
    let cookie = doors.cookie()
    #expect(doors.ask("logout", [("cookie", cookie)]).status == 0)
    #expect(doors.ask("getSystemStatus", [("cookie", cookie)]).status == -6)
  }

  private static let cookies: [(JSONValue?, Int64)] = [
    (nil, -5), ("sid1-2", -6), ("", -6), (12, -6), (.some(.null), -6), (.array(["sid1-2"]), -6),
  ]

  @Test(arguments: cookies)
  func withoutASessionNothingIsAnswered(cookie: JSONValue?, status: Int64) {
    var doors = DoorsUnderTest()
    let parameters = cookie.map { [("cookie", $0)] } ?? []
    for action in ["listAccount", "cdrapi", "getSIPAccount", "applyChanges", "noSuchAction"] {
      #expect(doors.ask(action, parameters).status == status)
    }
  }

  @Test func afterFiveFailuresTheAddressIsLockedOutForAWhile() {
    var doors = DoorsUnderTest()
    for _ in 0..<5 { #expect(doors.logIn(password: "guess").status == -37) }
    #expect(doors.ask("challenge", [("user", "cdrapi")]).status == -68)
    #expect(doors.logIn().status == -68)
    let other = doors.client
    doors.client = IPAddress(v4: 0xC000_0201)
    #expect(doors.logIn().status == 0)
    doors.client = other
    doors.now = doors.now + .seconds(301)
    #expect(doors.logIn().status == 0)
  }

  @Test func aLoginThatSucceedsForgetsFailures() {
    var doors = DoorsUnderTest()
    for _ in 0..<3 {
      for _ in 0..<4 { #expect(doors.logIn(password: "guess").status == -37) }
      #expect(doors.logIn().status == 0)
    }
  }

  @Test func fromAnotherNetworkTheUserMayNotLogIn() throws {
    var doors = DoorsUnderTest(networks: [try #require(IPNetwork("192.0.2.0/24"))])
    #expect(doors.logIn().status == -70)
    doors.client = IPAddress(v4: 0xC000_0207)
    let cookie = doors.cookie()
    #expect(doors.ask("getSystemStatus", [("cookie", cookie)]).status == 0)
    doors.client = IPAddress(v4: 0x7F00_0001)
    #expect(doors.ask("getSystemStatus", [("cookie", cookie)]).status == -70)
  }

  @Test func oneSessionTooManyIsRefused() {
    var settings = DoorSettings()
    settings.sessionsMax = 2
    var doors = DoorsUnderTest(settings)
    #expect(doors.logIn().status == 0)
    #expect(doors.logIn().status == 0)
    #expect(doors.logIn().status == -41)
    doors.now = doors.now + .seconds(601)
    #expect(doors.logIn().status == 0)
  }

  @Test func tenThousandChallengesLeaveTheDoorsAsTheyWere() {
    var doors = DoorsUnderTest()
    for _ in 0..<10_000 { _ = doors.challenge() }
    #expect(doors.logIn().status == 0)
  }

  @Test func rightsAreGrantedActionByAction() {
    var doors = DoorsUnderTest(rights: .everythingBut([.listRingGroup, .getSIPAccount]))
    let cookie = doors.cookie()
    #expect(doors.ask("listRingGroup", [("cookie", cookie)]).status == -47)
    #expect(doors.ask("getSIPAccount", [("cookie", cookie), ("extension", "1001")]).status == -47)
    #expect(doors.ask("listQueue", [("cookie", cookie)]).status == 0)
    var reader = DoorsUnderTest(rights: .only([.cdrapi]))
    let other = reader.cookie()
    #expect(reader.ask("listQueue", [("cookie", other)]).status == -47)
    #expect(reader.ask("cdrapi", [("cookie", other)]).status == nil)
    #expect(reader.ask("logout", [("cookie", other)]).status == 0)
  }

  @Test func theSameRequestsGetTheSameAnswers() {
    var (one, other) = (DoorsUnderTest(), DoorsUnderTest())
    #expect(one.logIn() == other.logIn())
  }
}
