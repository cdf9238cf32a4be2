import TestSupport
import CRMCloud
import HTTPTypes
import Primitives
import Testing

struct HostileRequestTests {
  private static let fragments = [
    "/", "crm", "v2", "Contacts", "Calls", "Leads", "search", "?", "phone=", "&", "=", "%", "%2", "%2B", "%zz", "%00",
    "+", "1", "4000000000000123456", "-", "page=", "per_page=", "9223372036854775807", "fields=", ",", "é", "\u{0}",
    "..", "oauth", "token", "grant_type=refresh_token", "client_id=", "\r\n",
  ]
  private static let bodies = [
    #"{"data":[{"Last_Name":"x","Phone":"#, "\"5550100\"", "}]}", "[", "]", "{", "}", "null", "1e999", "-0",
    "\"\\ud800\"", ":", ",", "\"data\"", #""Call_Duration":"99999:59""#,
    #""Call_Start_Time":"9999-12-31T23:59:59-18:00""#,
  ]

  private func text(_ fragments: [String], _ dice: inout SeededGenerator) -> String {
    (0..<Int.random(in: 0...12, using: &dice)).map { _ in dice.pick(fragments) }.joined()
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func whateverIsAskedIsAnsweredWithAKnownStatus(seed: UInt64) throws {
    var dice = SeededGenerator(seed: seed)
    var organisation = try Organisation.open()
    let authorization = "Zoho-oauthtoken " + organisation.token
    for _ in 0..<200 {
      let host = dice.pick(["www.zohoapis.com", "accounts.zoho.com", "www.zohoapis.eu", "", "x:y:z"])
      let path =
        dice.pick(["/crm/v2/Contacts/search?phone=", "/crm/v2/Calls", "/crm/v2/Contacts/", ""])
        + text(Self.fragments, &dice)
      let reply = organisation.send(
        dice.pick([.get, .post, .put, .options]), host, path,
        authorization: dice.pick([authorization, authorization, nil, "Zoho-oauthtoken \u{0}"]),
        body: text(Self.bodies, &dice))
      #expect([200, 201, 202, 204, 302, 400, 401, 404, 405, 413, 421].contains(reply.status), "seed \(seed): \(path)")
      organisation.now = Instant(nanoseconds: organisation.now.nanoseconds &+ Int64(dice.next() >> 30))
    }
  }

  @Test func theSameRequestsGiveTheSameBytes() throws {
    func run() throws -> [String] {
      var dice = SeededGenerator(seed: 7)
      var organisation = try Organisation.open()
      return (0..<100).map { number in
        organisation.post("Contacts", #"{"data":[{"Phone":"\#(dice.next() % 1000)","Last_Name":"x"}]}"#).text
          + organisation.get("/crm/v2/Contacts/search?phone=\(10 + number % 90)").text
      }
    }
    #expect(try run() == run())
  }

  /// Clocks at the ends of what an instant can say.
  @Test(arguments: [Int64.min, -1, 0, .max])
  func aClockAtItsEndsDoesNoHarm(nanoseconds: Int64) throws {
    var organisation = try Organisation()
    organisation.now = Instant(nanoseconds: nanoseconds)
    organisation.token = organisation.refresh().member("access_token") ?? ""
    #expect([201, 401].contains(organisation.post("Contacts", #"{"data":[{"Last_Name":"x"}]}"#).status))
  }
}
