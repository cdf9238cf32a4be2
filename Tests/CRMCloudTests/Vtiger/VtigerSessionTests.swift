import CRMCloud
import JSON
import Primitives
import Testing

struct VtigerSessionTests {
  @Test func aChallengeTellsItsTokenAndWhenItEnds() throws {
    var office = try VtigerOffice()
    let answer = office.get([("operation", "getchallenge"), ("username", "Admin")])
    #expect(answer.status == 200)
    #expect(answer.json["result"]?["serverTime"] == 1_800_000_000)
    #expect(answer.json["result"]?["expireTime"] == 1_800_000_300)
    #expect(answer.json["result"]?["token"]?.string?.utf8.count == 13)
  }

  @Test func aUserWhoIsNotThereIsDeniedAtTheChallenge() throws {
    var office = try VtigerOffice()
    let answer = office.get([("operation", "getchallenge"), ("username", "nobody")])
    #expect(answer.status == 200)
    #expect(
      answer.text
        == #"{"success":false,"error":{"code":"ACCESS_DENIED","message":"username does not exists"}}"#)
  }

  @Test func aLoginTellsTheSessionAndTheUser() throws {
    var office = try VtigerOffice()
    let token = office.token()
    let result = office.logIn(token: token)["result"]
    #expect(result?["userId"] == "19x1" && result?["username"] == "admin" && result?["vtigerVersion"] == "8.0.0")
    #expect(result?["sessionName"]?.string?.utf8.count == 20)
    // The token is not used up.
    #expect(office.logIn(token: token)["success"] == true)
  }

  @Test func aSecondChallengeEndsTheFirst() throws {
    var office = try VtigerOffice()
    let first = office.token()
    let second = office.token()
    #expect(first != second)
    #expect(office.logIn(token: first).errorCode == "INVALID_USER_CREDENTIALS")
    #expect(office.logIn(token: second)["success"] == true)
  }

  @Test func atCoreBOSBothCallersGetOneToken() throws {
    var office = try VtigerOffice { $0.settings.manner = .sloppy }
    let first = office.token()
    #expect(office.token() == first)
    office.now = office.now + .seconds(7199)
    #expect(
      office.logIn(token: first)["result"]?.members?.map(\.name) == [
        "sessionName", "userId", "version", "vtigerVersion",
      ])
    office.now = office.now + .seconds(1)
    #expect(office.token() != first)
  }

  @Test func aTokenEnds() throws {
    var office = try VtigerOffice()
    let token = office.token()
    office.now = office.now + .seconds(300)
    #expect(office.logIn(token: token).errorCode == "INVALID_AUTH_TOKEN")
  }

  @Test(arguments: [("admin", "wrong"), ("ANN", VtigerOffice.key)])
  func aWrongKeyIsRefused(user: String, key: String) throws {
    var office = try VtigerOffice()
    let token = office.token(user)
    #expect(office.logIn(user, token: token, key: key).errorCode == "INVALID_USER_CREDENTIALS")
  }

  @Test func anInactiveUserIsRefusedAsIfTheKeyWereWrong() throws {
    var office = try VtigerOffice { $0.users[0].isActive = false }
    let token = office.token()
    #expect(office.logIn(token: token).errorCode == "INVALID_USER_CREDENTIALS")
  }

  @Test func aSessionEndsIdleAndByAge() throws {
    var office = try VtigerOffice()
    let idle = office.session()
    office.now = office.now + .seconds(1800)
    #expect(office.query("select id from Contacts;", idle).errorCode == "SESSION_LEFT_IDLE")
    #expect(office.query("select id from Contacts;", idle).errorCode == "INVALID_SESSIONID")
    let old = office.session()
    for _ in 0..<86 {
      office.now = office.now + .seconds(1000)
      #expect(office.query("select id from Contacts;", old)["success"] == true)
    }
    office.now = office.now + .seconds(400)
    #expect(office.query("select id from Contacts;", old).errorCode == "SESSION_EXPIRED")
  }

  @Test(arguments: [
    (VtigerCloudSettings.Manner.strict, "INVALID_SESSIONID"), (.sloppy, "AUTHENTICATION_REQUIRED"),
  ])
  func aSessionThatIsNotThereIsSaidSo(manner: VtigerCloudSettings.Manner, code: String) throws {
    var office = try VtigerOffice { $0.settings.manner = manner }
    #expect(office.query("select id from Contacts;", "b4d1bf66b00b78ad07ea").errorCode == code)
    #expect(
      office.ask("select id from Contacts;", "").text
        == #"{"success":false,"error":{"code":"AUTHENTICATION_REQUIRED","message":"Authencation required"}}"#)
    #expect(office.query("select id from Contacts;", "null").errorCode == "AUTHENTICATION_REQUIRED")
  }

  @Test func aLogoutEndsOneSessionAndLeavesTheOthers() throws {
    var office = try VtigerOffice()
    let (one, other) = (office.session(), office.session())
    let answer = office.post([("operation", "logout"), ("sessionName", one)])
    #expect(answer.text == #"{"success":true,"result":{"message":"successfull"}}"#)
    #expect(office.query("select id from Contacts;", one).errorCode == "INVALID_SESSIONID")
    #expect(office.query("select id from Contacts;", other)["success"] == true)
  }

  @Test func administratorsEndSessionsAndSwitchUsers() throws {
    var office = try VtigerOffice()
    let session = office.session()
    #expect(office.cloud.carryOut(.endSessions, at: office.now) == .done(1))
    #expect(office.query("select id from Contacts;", session).errorCode == "INVALID_SESSIONID")
    let other = office.session()
    #expect(office.cloud.carryOut(.revokeToken(Secret(other)), at: office.now) == .done(1))
    #expect(office.cloud.carryOut(.revokeToken(Secret(other)), at: office.now) == .notFound)
    #expect(office.cloud.carryOut(.setUser(id: "admin", isEnabled: false), at: office.now) == .done(1))
    let token = office.token()
    #expect(office.logIn(token: token).errorCode == "INVALID_USER_CREDENTIALS")
    #expect(office.cloud.carryOut(.setUser(id: "19x99", isEnabled: false), at: office.now) == .notFound)
  }
}
