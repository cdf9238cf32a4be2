import TestSupport
import CRMCloud
import HTTPTypes
import Primitives
import Testing

struct HostilePageRequestTests {
  private static let fragments = [
    "/", "tab", "Contacts", "Calls", "Home", "Reports", "activity", "todays-calls", "settings", "users", "1001",
    "channels", "telephony", "asterisk", "groups", "create", "1", "delete", "edit", "live-calls", "developer-space",
    "api", "phonebridge-token", "4000000000000123456", "?", "page=", "search=", "&", "=", "%", "%2F", "%00", "-1", "é",
    "9223372036854775807", "..", "done=", "status=",
  ]
  private static let form = [
    "Last_Name=x", "&", "=", "Call_Start_Time=2027-01-01T00:00", "Call_Start_Time=9999-12-31T23:59:59", "%ff", "+",
    "Call_Duration=99999:59", "extension-1=1", "name=n", "user-1=1001", "identification-user=1001", "then=user",
    "Who_Id=4000000000000123456", "%24se_module=Deals", "What_Id=Acme", "Subject=s", "Call_Type=Inbound", "group=1",
    "to=activate", "profile=Standard", "Annual_Revenue=1e999", "Annual_Revenue=--", "Owner=1001", "\u{0}",
    "type=received", "state=ended", "state=ringing", "id=1", "from=1", "to=%2B1", "duration=1", "zohouser=1",
    "start_time=0001-01-01%2000:00:00", "start_time=9999-12-31%2023:59:59",
  ]

  private func text(_ fragments: [String], _ dice: inout SeededGenerator, upTo most: Int) -> String {
    (0..<Int.random(in: 0...most, using: &dice)).map { _ in dice.pick(fragments) }.joined()
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func whateverAPageIsAskedIsAnsweredWithAKnownStatus(seed: UInt64) throws {
    var dice = SeededGenerator(seed: seed)
    let world = try CRMOffice.world()
    let browser = CRMOffice.browser(world)
    browser.open(CRMOffice.home + "/tab/Contacts/create")
    let proof = "csrf=" + (browser.page.form("record")?["csrf"] ?? "")
    let cookie = browser.cookies.map { "\($0.name)=\($0.value)" }.joined(separator: "; ")
    let token = world.annsToken()
    for _ in 0..<100 {
      let isAPI = dice.next() % 4 == 0
      let address =
        isAPI
        ? "https://www.zohoapis.com/phonebridge/v3/" + dice.pick(["callnotify", "clicktodial", "integrate", "x"])
        : dice.pick([CRMOffice.home, CRMOffice.home + "/tab/Calls/create", CRMOffice.home + "/settings/channels"])
          + text(Self.fragments, &dice, upTo: 8)
      let reply = world.reply(
        dice.pick([.get, .post, .post]), address, [.cookie: cookie, .authorization: "Zoho-oauthtoken " + token],
        body: proof + "&" + (0..<6).map { _ in dice.pick(Self.form) }.joined(separator: "&")
          + text(Self.form, &dice, upTo: 4))
      #expect([200, 302, 303, 400, 403, 404, 405, 409, 413, 500].contains(reply.status), "seed \(seed): \(address)")
      world.now = Instant(nanoseconds: world.now.nanoseconds &+ Int64(dice.next() >> 34))
    }
    // Whatever was kept, every list still opens.
    for path in ["/tab/Calls", "/tab/Contacts", "/live-calls", "/tab/Reports/activity/todays-calls", "/settings/users"]
    {
      #expect([200, 404].contains(world.reply(.get, CRMOffice.home + path, [.cookie: cookie]).status))
    }
  }

  @Test(arguments: [Int64.min, -1, 0, .max])
  func aClockAtItsEndsDoesNoHarm(nanoseconds: Int64) throws {
    let world = try CRMOffice.world()
    world.now = Instant(nanoseconds: nanoseconds)
    let browser = CRMOffice.browser(world)
    for path in ["todays-calls", "yesterdays-calls", "this-weeks-calls"] {
      #expect(browser.open(CRMOffice.home + "/tab/Reports/activity/" + path).status == 200)
    }
  }
}
