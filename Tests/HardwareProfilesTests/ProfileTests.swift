import HardwareProfiles
import Primitives
import Testing

/// Models that do not exist, so that no test depends on the data of `hardware-profiles/`.
enum Sample {
  static func limit(_ value: Int, _ unit: LimitUnit, source: String = "D1: manual") -> Limit {
    Limit(value: value, unit: unit, source: source, certainty: .documented, confidence: .high)
  }

  static func trait<Value>(_ value: Value) -> ModelTrait<Value> {
    ModelTrait(value: value, source: "X9: banner", certainty: .observed, confidence: .high)
  }

  static var family: Family {
    var traits = ModelTraits()
    traits.cdrSchema = trait(.fields32)
    traits.serverHeader = trait("Vendor {model}{revision} {firmware}")
    return Family(
      name: "box", displayName: "Box series",
      limits: [.users: limit(500, .users), .fxsPorts: limit(2, .ports)], traits: traits)
  }

  static func profile(_ model: String, _ limits: [LimitName: Limit] = [:], _ traits: ModelTraits = ModelTraits())
    -> Profile
  {
    Profile(model: model, family: family, limits: limits, traits: traits)
  }
}

@Suite struct ProfileTests {
  @Test func aModelTakesFromItsFamilyWhatItDoesNotSay() {
    let profile = Sample.profile("BOX1", [.concurrentCalls: Sample.limit(30, .calls)])
    #expect(profile.users?.value == 500)
    #expect(profile.concurrentCalls?.value == 30)
    #expect(profile.traits.cdrSchema?.value == .fields32)
    #expect(profile.family == "box")
    #expect(profile.displayName == "BOX1")
  }

  @Test func aModelOverridesItsFamily() {
    var traits = ModelTraits()
    traits.cdrSchema = Sample.trait(.fields43)
    let profile = Sample.profile("BOX1", [.users: Sample.limit(800, .users, source: "D2: sheet")], traits)
    #expect(profile.users?.value == 800)
    #expect(profile.users?.source == "D2: sheet")
    #expect(profile.traits.cdrSchema?.value == .fields43)
  }

  @Test func anUnknownLimitIsAbsentAndNotZero() {
    let profile = Sample.profile("BOX1", [.fxoPorts: Sample.limit(0, .ports)])
    #expect(profile.concurrentCalls == nil)
    #expect(profile.limit(.fxoPorts)?.value == 0)
    #expect(profile.unknownLimits.contains(.concurrentCalls))
    #expect(!profile.unknownLimits.contains(.fxoPorts))
    #expect(!profile.unknownLimits.contains(.users))
  }

  @Test func theServerHeaderNeedsTheRevision() {
    var traits = ModelTraits()
    traits.hardwareRevision = Sample.trait("V1{firmware}")
    #expect(Sample.profile("BOX1").serverHeader(firmware: "1.0") == nil)
    #expect(Sample.profile("BOX1", [:], traits).serverHeader(firmware: "1.0") == "Vendor BOX1V1{firmware} 1.0")
  }

  @Test(arguments: ["{", "}", "{}", "{other} x", "a{model", ""])
  func aServerHeaderOfAnyShapeIsFilledInWithoutHarm(shape: String) {
    var traits = ModelTraits()
    traits.serverHeader = Sample.trait(shape)
    traits.hardwareRevision = Sample.trait("V1")
    #expect(Sample.profile("BOX1", [:], traits).serverHeader(firmware: "1.0") == shape)
  }

  @Test(arguments: LimitName.allCases)
  func everyLimitHasItsUnit(name: LimitName) {
    #expect(LimitUnit.allCases.contains(name.unit))
  }

  @Test(arguments: LimitUnit.allCases)
  func everyUnitHasRoomForAThousand(unit: LimitUnit) {
    #expect(unit.valueMax >= 1000)
  }

  @Test func storageMayBeOfManyGigabytes() {
    #expect(LimitName.storage.unit.valueMax >= 32 << 30)
  }

  @Test func aDoorIsTakenFromTheFamilyUnlessTheModelHasItsOwn() {
    var family = Sample.family
    family.apiDoors = [
      .httpsAPI: Sample.trait(APIDoor(port: 8089)), .webSocket: Sample.trait(APIDoor(path: "/socket")),
    ]
    let profile = Profile(model: "BOX1", family: family, apiDoors: [.httpsAPI: Sample.trait(APIDoor(port: 443))])
    #expect(profile.apiDoors[.httpsAPI]?.value.port == 443)
    #expect(profile.apiDoors[.webSocket]?.value.path == "/socket")
    #expect(profile.apiDoors[.cdrAPI] == nil)
  }

  @Test func aFamilyTakesFromAnotherWhatItDoesNotSay() {
    let own = Family(name: "late", displayName: "Late series", limits: [.users: Sample.limit(50, .users)])
    let family = own.inheriting(from: Sample.family)
    #expect(family.name == "late" && family.displayName == "Late series")
    #expect(family.limits.mapValues(\.value) == [.users: 50, .fxsPorts: 2])
    #expect(family.traits.cdrSchema?.value == .fields32)
  }

  @Test func confidenceIsOrdered() {
    #expect(Confidence.allCases.sorted() == [.low, .medium, .high])
  }
}

@Suite struct ProfileCatalogTests {
  private let catalog = ProfileCatalog([
    Sample.profile("BOX20"), Sample.profile("BOX10A"), Sample.profile("BOX10"), Sample.profile("box20"),
  ])

  @Test func modelsAreSortedAndUnique() {
    #expect(catalog.models.map(\.model) == ["BOX10", "BOX10A", "BOX20"])
  }

  @Test(arguments: [("BOX10", "BOX10"), ("box10a", "BOX10A"), ("Box20", "BOX20")])
  func aModelIsFoundWhateverItsCase(name: String, model: String) {
    #expect(catalog[name]?.model == model)
  }

  @Test(arguments: [("BOX11", "BOX10"), ("BOX10B", "BOX10"), ("BX20", "BOX20"), ("BXO20", "BOX20")])
  func theNearestModelIsSuggested(name: String, model: String) {
    #expect(catalog[name] == nil)
    #expect(catalog.nearest(to: name)?.model == model)
  }

  @Test(arguments: ["", "Fritz", "99999"])
  func nothingIsSuggestedForANameThatIsFarFromAll(name: String) {
    #expect(catalog[name] == nil)
    #expect(catalog.nearest(to: name) == nil)
  }

  @Test func differencesNameWhatIsUnknownOnOneSide() {
    var traits = ModelTraits()
    traits.video = Sample.trait(false)
    let one = Sample.profile("A1", [.concurrentCalls: Sample.limit(30, .calls)])
    let other = Sample.profile("B1", [.users: Sample.limit(600, .users)], traits)
    #expect(
      ProfileCatalog.differences(between: one, and: other) == [
        .limit(.users, Sample.limit(500, .users), Sample.limit(600, .users)),
        .limit(.concurrentCalls, Sample.limit(30, .calls), nil),
        .trait(.video, nil, "false"),
      ])
  }

  @Test func theSameNumberFromAnotherSourceIsNoDifference() {
    let one = Sample.profile("A1", [.users: Sample.limit(600, .users, source: "D1: manual")])
    let other = Sample.profile("B1", [.users: Sample.limit(600, .users, source: "R1: list")])
    #expect(ProfileCatalog.differences(between: one, and: other).isEmpty)
  }
}
