import HardwareProfiles
import PBXModel
import Primitives
import Testing

@testable import Simulation

/// Which model carries traffic, and what is said where that cannot be told.
@Suite struct SizingTests {
  private func limit(_ value: Int, or others: Int..., unit: LimitUnit = .calls) -> Limit {
    Limit(
      value: value, unit: unit, source: "test", certainty: .assumed, confidence: .low,
      alternatives: others.map { Limit.Alternative(value: $0, source: "other") })
  }

  private func model(_ name: String, _ limits: [LimitName: Limit]) -> Profile {
    Profile(model: name, family: Family(name: "test", displayName: "Test"), limits: limits)
  }

  /// What a site with so many calls and users at once needs.
  private func use(calls: Int, users: Int = 0, remoteUsers: Int = 0, remoteCalls: Int = 0, copies: Int = 0)
    -> TrafficUse
  {
    var use = TrafficUse(overlay: TrafficOverlay(), copiesSearched: copies, timeZone: .utc)
    for copy in 0..<max(1, copies) {
      for (resource, count) in [
        (Resource.calls, calls), (.users, users), (.remoteUsers, remoteUsers), (.remoteCalls, remoteCalls),
      ] where count > 0 {
        let step = UseStep(time: Instant(seconds: 100), subject: .resource(resource), delta: count)
        use.apply(step, of: copy, at: step.time)
      }
    }
    use.first = Instant(seconds: 100)
    use.finish(at: Instant(seconds: 200))
    return use
  }

  private func sizing(_ use: TrafficUse, _ models: [Profile], growth: Int = 0, plans: [RemotePlan] = []) -> Sizing {
    Sizing(
      use, site: Site(), profiles: models, plans: plans,
      options: Sizing.Options(growth: Share(basisPoints: growth * 100)))
  }

  @Test func theSmallestIsThatWithTheFewestCallsThenUsers() {
    let models = [
      model("D", [.concurrentCalls: limit(50), .users: limit(900)]),
      model("C", [.concurrentCalls: limit(50), .users: limit(500)]),
      model("B", [.concurrentCalls: limit(20), .users: limit(2000)]), model("A", [.users: limit(10)]),
    ]
    let sizing = sizing(use(calls: 30, users: 40), models)
    #expect(sizing.models.map(\.profile.model) == ["B", "C", "D", "A"])
    #expect(sizing.smallest?.profile.model == "C")
  }

  @Test(arguments: [
    (12, 0, ModelSizing.Verdict.fits), (13, 0, .short), (0, 0, .fits), (9, 25, .fits), (10, 25, .short),
    (12, 1, .short),
  ])
  func theEdgeIsExact(calls: Int, growth: Int, verdict: ModelSizing.Verdict) {
    let sizing = sizing(use(calls: calls), [model("A", [.concurrentCalls: limit(12)])], growth: growth)
    #expect(sizing.models.map(\.verdict) == [verdict])
  }

  @Test func anUnknownLimitIsNeverEnough() {
    let sizing = sizing(use(calls: 1), [model("A", [:])])
    #expect(sizing.models.first?.verdict == .unknown)
    #expect(sizing.smallest == nil)
    #expect(sizing.perhaps.map(\.profile.model) == ["A"])
  }

  @Test func anUnknownLimitOfWhatNobodyUsesDoesNotMatter() {
    let sizing = sizing(use(calls: 1), [model("A", [.concurrentCalls: limit(1)])])
    #expect(sizing.models.first?.verdict == .fits)
  }

  @Test(arguments: [
    (10, LimitStanding.Outcome.carried), (20, .carriedUnlessOtherwise), (30, .carriedUnlessOtherwise), (31, .short),
  ])
  func twoValuesAreBothHeldAgainstTheNeed(calls: Int, outcome: LimitStanding.Outcome) {
    let sizing = sizing(use(calls: calls), [model("A", [.concurrentCalls: limit(30, or: 15)])])
    #expect(sizing.models.first?.standings.first?.outcome == outcome)
  }

  @Test func aValueThatIsNotBelievedMayBeEnough() {
    let sizing = sizing(use(calls: 40), [model("A", [.concurrentCalls: limit(30, or: 50)])])
    #expect(sizing.models.first?.verdict == .shortUnlessOtherwise)
    #expect(sizing.smallest == nil)
    #expect(sizing.perhaps.count == 1)
  }

  @Test func whatIsTooSmallIsNotKnownToBeAnythingElse() {
    let sizing = sizing(use(calls: 40, users: 5), [model("A", [.concurrentCalls: limit(30)])])
    #expect(sizing.models.first?.verdict == .short)
    #expect(sizing.models.first?.deciding.map(\.need.subject) == [.resource(.calls)])
  }

  @Test(arguments: [(30, 30, 0), (15, 30, 50), (20, 30, 33), (31, 30, -4), (60, 30, -100), (1, 0, nil)])
  func headRoomIsWhatIsLeftRoundedDown(need: Int, limit: Int, percent: Int?) {
    let sizing = sizing(use(calls: need), [model("A", [.concurrentCalls: self.limit(limit)])])
    #expect(sizing.models.first?.standings.first?.headroomPercent == percent)
  }

  @Test func extensionsSetUpCountWhetherOrNotTheyRegister() {
    var site = Site()
    site.extensions = (1000...1099).map { Extension(number: String($0)) }
    let models = [
      model("A", [.concurrentCalls: limit(5), .users: limit(99)]),
      model("B", [.concurrentCalls: limit(5), .users: limit(50), .extensionsInWebGUI: limit(100)]),
    ]
    let sizing = Sizing(use(calls: 1), site: site, profiles: models)
    #expect(sizing.models.map(\.profile.model) == ["B", "A"])
    #expect(sizing.models.map(\.verdict) == [.fits, .short])
  }

  @Test func noModelIsNoAnswer() {
    let sizing = sizing(use(calls: 1), [])
    #expect(sizing.smallest == nil && sizing.perhaps.isEmpty && sizing.models.isEmpty)
  }

  // MARK: plans

  private func plan(_ name: String, users: Int?, calls: Int?, kind: RemotePlan.Kind = .plan) -> RemotePlan {
    var limits: [RemoteLimitName: Limit] = [:]
    if let users { limits[.remoteUsers] = limit(users, unit: .users) }
    if let calls { limits[.remoteCalls] = limit(calls) }
    return RemotePlan(name: name, displayName: name, kind: kind, limits: limits)
  }

  private var plans: [RemotePlan] {
    [
      plan("small", users: 20, calls: 4), plan("large", users: 100, calls: 16),
      plan("calls", users: nil, calls: 20, kind: .addOn), plan("users", users: 400, calls: nil, kind: .addOn),
    ]
  }

  @Test(
    arguments: [
      (1, 0, "small", []), (20, 4, "small", []), (21, 4, "large", []), (20, 5, "large", []), (100, 16, "large", []),
      (20, 17, "small", ["calls"]), (101, 16, "small", ["calls", "users"]), (100, 36, "large", ["calls"]),
      (500, 36, "large", ["calls", "users"]),
    ] as [(Int, Int, String, [String])])
  func thePlanIsTheSmallestThatIsEnough(users: Int, calls: Int, name: String, addOns: [String]) {
    let sizing = sizing(use(calls: 0, remoteUsers: users, remoteCalls: calls), [], plans: plans)
    guard case .plan(let plan, let chosen) = sizing.plan else {
      Issue.record("no plan: \(sizing.plan)")
      return
    }
    #expect(plan.name == name)
    #expect(chosen.map(\.name).sorted() == addOns)
  }

  @Test func withoutAnybodyRemoteNoPlanIsNeeded() {
    #expect(sizing(use(calls: 9), [], plans: plans).plan == .noneNeeded)
  }

  @Test(arguments: [(501, 1), (1, 37)])
  func whatNoPlanCarriesIsSaidToBeSo(users: Int, calls: Int) {
    #expect(sizing(use(calls: 0, remoteUsers: users, remoteCalls: calls), [], plans: plans).plan == .noneSuffices)
  }

  @Test func aPlanOfWhichALimitIsUnknownIsNeverEnough() {
    let sizing = sizing(use(calls: 0, remoteUsers: 1, remoteCalls: 1), [], plans: [plan("p", users: 5, calls: nil)])
    #expect(sizing.plan == .noneSuffices)
  }

  // MARK: breaking points

  @Test(arguments: [(3, 10, 3), (5, 10, 2), (11, 10, 0), (1, 10, 10), (1, 100, nil), (0, 10, nil)])
  func theBreakingPointIsTheLastNumberCarried(calls: Int, limit: Int, copies: Int?) throws {
    let sizing = sizing(use(calls: calls, copies: 20), [model("A", [.concurrentCalls: self.limit(limit)])])
    let point = try #require(sizing.breakingPoints.first)
    #expect(point.copies == copies)
    #expect(point.shortest == (copies == nil ? [] : [.calls]))
  }

  @Test func otherValuesAreToldWhereTheyDiffer() throws {
    let sizing = sizing(use(calls: 2, copies: 20), [model("A", [.concurrentCalls: limit(10, or: 6, 100)])])
    let point = try #require(sizing.breakingPoints.first)
    #expect(point.copies == 5)
    #expect(point.otherwise?.fewest == 3 && point.otherwise?.most == nil)
  }

  @Test func aLimitNobodyKnowsBreaksNothingAndIsNamed() throws {
    let sizing = sizing(use(calls: 2, users: 3, copies: 4), [model("A", [.concurrentCalls: limit(100)])])
    #expect(sizing.breakingPoints.first?.copies == nil)
    #expect(sizing.breakingPoints.first?.unknown == [.users])
  }

  @Test func withoutASearchThereAreNone() {
    #expect(sizing(use(calls: 2), [model("A", [.concurrentCalls: limit(100)])]).breakingPoints.isEmpty)
  }
}
