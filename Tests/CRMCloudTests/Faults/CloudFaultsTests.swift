import CRMCloud
import HTTPTypes
import Primitives
import Testing

@Suite struct CloudFaultsTests {
  private static func request(
    _ path: String = "/crm/v2/Leads", method: HTTPRequest.Method = .get, host: String = "www.zohoapis.com"
  ) -> HTTPRequest {
    HTTPRequest(method: method, scheme: "https", authority: host, path: path)
  }

  private static func rule(_ change: (inout CloudFaultRule.Match) -> Void) -> CloudFaultRule {
    var match = CloudFaultRule.Match()
    change(&match)
    return CloudFaultRule(name: "rule", match: match, action: .loseAnswer)
  }

  private static func meets(_ rule: CloudFaultRule, _ request: HTTPRequest, at now: Instant = .epoch) -> Bool {
    var faults = CloudFaults(rules: [rule], seed: 1)
    return faults.next(for: request, at: now) != nil
  }

  @Test(arguments: [
    ("/crm/v2/Leads", true), ("/crm/*/Leads", true), ("*", true), ("/crm/v2/*", true), ("*Leads", true),
    ("/crm/v2/Lead", false), ("/crm/*/Contacts", false), ("Leads", false), ("*/v3/*", false), ("", false),
    ("/crm/v2/Leads*Leads", false),
  ])
  func pathsAreMatchedWhole(pattern: String, isMet: Bool) {
    #expect(Self.meets(Self.rule { $0.path = pattern }, Self.request("/crm/v2/Leads?page=1")) == isMet)
  }

  @Test func hostMethodAndTimeAllHaveToFit() {
    let rule = Self.rule {
      $0.host = "*.zoho.EU"
      $0.method = "POST"
      $0.from = Instant(seconds: 100)
      $0.until = Instant(seconds: 200)
    }
    let fitting = Self.request(method: .post, host: "accounts.zoho.eu:8443")
    #expect(Self.meets(rule, fitting, at: Instant(seconds: 100)))
    #expect(!Self.meets(rule, fitting, at: Instant(seconds: 200)))
    #expect(!Self.meets(rule, fitting, at: Instant(seconds: 99)))
    #expect(!Self.meets(rule, Self.request(method: .get, host: "accounts.zoho.eu"), at: Instant(seconds: 150)))
    #expect(!Self.meets(rule, Self.request(method: .post, host: "accounts.zoho.com"), at: Instant(seconds: 150)))
  }

  @Test func theNthAndEachNthAreCounted() {
    var nth = CloudFaults(rules: [Self.rule { $0.nth = 3 }], seed: 1)
    #expect(
      (1...6).map { _ in nth.next(for: Self.request(), at: .epoch) != nil } == [
        false, false, true, false, false, false,
      ])
    var every = CloudFaults(rules: [Self.rule { $0.every = 2 }], seed: 1)
    #expect((1...4).map { _ in every.next(for: Self.request(), at: .epoch) != nil } == [false, true, false, true])
    #expect(every.counts == [2])
  }

  @Test func chanceFollowsFromTheSeed() {
    func draws(_ seed: UInt64) -> [Bool] {
      var faults = CloudFaults(rules: [Self.rule { $0.probability = 0.3 }], seed: seed)
      return (0..<1000).map { _ in faults.next(for: Self.request(), at: .epoch) != nil }
    }
    #expect(draws(1) == draws(1))
    #expect(draws(1) != draws(2))
    #expect((200...400).contains(draws(1).count { $0 }))
  }

  @Test(arguments: [(0.0, 0), (1.0, 100)])
  func neverAndAlwaysAreMeant(probability: Double, met: Int) {
    var faults = CloudFaults(rules: [Self.rule { $0.probability = probability }], seed: 9)
    #expect((0..<100).count { _ in faults.next(for: Self.request(), at: .epoch) != nil } == met)
  }

  @Test func theFirstRuleThatFitsDecides() {
    let rules = [
      CloudFaultRule(name: "first", match: Self.rule { $0.method = "PUT" }.match, action: .loseAnswer),
      CloudFaultRule(name: "second", action: .loseRequest), CloudFaultRule(name: "third", action: .endless),
    ]
    var faults = CloudFaults(rules: rules, seed: 1)
    #expect(faults.next(for: Self.request(), at: .epoch)?.name == "second")
  }
}
