import HardwareProfiles
import Primitives
import Testing

@Suite struct FirmwareTests {
  private static func firmware(_ families: [String]? = nil) -> Firmware {
    var traits = ModelTraits()
    traits.cdrSchema = Sample.trait(.fields22)
    return Firmware(name: "2013", displayName: "Old", families: families, crm: nil, traits: traits)
  }

  @Test func aFirmwaresTraitsTakeThePlaceOfTheModels() {
    let profile = Sample.profile("BOX1")
    let running = profile.running(Self.firmware())
    #expect(profile.traits.cdrSchema?.value == .fields32 && profile.firmware == nil)
    #expect(running?.traits.cdrSchema?.value == .fields22)
    #expect(running?.traits.serverHeader == profile.traits.serverHeader)
    #expect(running?.firmware == "2013")
    #expect(running?.limits == profile.limits)
  }

  @Test(
    arguments: [(["box"], true), (["tin", "box"], true), (["tin"], false), ([], false), (nil, true)]
      as [([String]?, Bool)])
  func aFirmwareRunsOnlyOnTheFamiliesItWasMadeFor(families: [String]?, runs: Bool) {
    #expect((Sample.profile("BOX1").running(Self.firmware(families)) != nil) == runs)
  }

  @Test func aMenuThatIsNotKnownOffersNothing() {
    #expect(Self.firmware().offer(of: "vtiger") == nil)
  }
}

@Suite struct RemotePlanTests {
  private static func plan(_ name: String, _ kind: RemotePlan.Kind = .plan, users: Int?, calls: Int?) -> RemotePlan {
    var limits: [RemoteLimitName: Limit] = [:]
    limits[.remoteUsers] = users.map { Sample.limit($0, .users) }
    limits[.remoteCalls] = calls.map { Sample.limit($0, .calls) }
    return RemotePlan(name: name, displayName: name, kind: kind, limits: limits)
  }

  @Test func additionsAddUp() {
    let plan = Self.plan("small", users: 20, calls: 4)
    let addOns = [Self.plan("a", .addOn, users: nil, calls: 20), Self.plan("b", .addOn, users: 400, calls: nil)]
    #expect(plan.value(of: .remoteCalls, with: addOns) == 24)
    #expect(plan.value(of: .remoteUsers, with: addOns) == 420)
    #expect(plan.value(of: .remoteUsers) == 20)
  }

  @Test func whatNobodyKnowsStaysUnknownWhateverIsAdded() {
    let plan = Self.plan("odd", users: nil, calls: 4)
    #expect(plan.value(of: .remoteUsers, with: [Self.plan("b", .addOn, users: 400, calls: nil)]) == nil)
  }

  @Test func aSumThatIsTooLargeDoesNotTrap() {
    let plan = Self.plan("vast", users: .max, calls: 1)
    #expect(plan.value(of: .remoteUsers, with: [Self.plan("b", .addOn, users: 1, calls: nil)]) == .max)
  }

  @Test func plansAreSortedByWhatTheyAllowBeforeAdditions() {
    let catalog = ProfileCatalog(
      [],
      plans: [
        Self.plan("add", .addOn, users: 1, calls: nil), Self.plan("large", users: 50, calls: 8),
        Self.plan("small", users: 20, calls: 4),
      ])
    #expect(catalog.plans.map(\.name) == ["small", "large", "add"])
    #expect(catalog.plan(named: "LARGE")?.name == "large")
    #expect(catalog.plan(named: "") == nil)
  }
}
