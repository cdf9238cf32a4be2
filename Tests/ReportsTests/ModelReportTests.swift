import HardwareProfiles
import JSON
import Primitives
import Reports
import Testing

@Suite struct ModelReportTests {
  private static let users = Limit(
    value: 500, unit: .users, source: "R2: catalogue", certainty: .assumed, confidence: .medium,
    alternatives: [.init(value: 600, source: "R1: list", note: "of 2024")], note: "sold for")

  private static func profile(_ model: String = "BOX1") -> Profile {
    var traits = ModelTraits()
    traits.extensionRanges = ModelTrait(
      value: [.init(use: .userExtensions, numbers: 1000...6299), .init(use: .conferences, numbers: 6300...6399)],
      source: "D5: manual", certainty: .documented, confidence: .high, note: "can be switched off")
    let door = APIDoor(port: 8089, path: "/api", sinceFirmware: "1.0.5.4")
    return Profile(
      model: model, family: Family(name: "box", displayName: "Box series"), limits: [.users: users], traits: traits,
      apiDoors: [
        .httpsAPI: ModelTrait(value: door, source: "X1: kit", certainty: .observed, confidence: .high),
        .pmsAPI: ModelTrait(value: APIDoor(), source: "X1: kit", certainty: .observed, confidence: .medium),
      ])
  }

  private func fact(_ name: String) throws -> ProfileFact {
    try #require(ModelReport.facts(of: Self.profile()).first { $0.name == name })
  }

  @Test func everyLimitTraitAndDoorIsAFact() {
    let names = ModelReport.facts(of: Self.profile()).map(\.name)
    #expect(Set(names).count == names.count)
    #expect(names.first == "users")
    // The ranges are two facts.
    #expect(names.count == LimitName.allCases.count + TraitName.allCases.count + APIDoorName.allCases.count + 1)
  }

  @Test func aFactTellsItsSourceTheOthersAndTheNote() throws {
    #expect(
      try fact("users").texts == [
        "users", "500", "users", "assumed", "medium", "R2: catalogue; 600 says R1: list (of 2024); sold for",
      ])
    #expect(
      try fact("extensionRanges.conferences").texts == [
        "extensionRanges.conferences", "6300-6399", "", "documented", "high", "D5: manual; can be switched off",
      ])
    #expect(try fact("apiDoors.httpsAPI").value == "port 8089, path /api, since 1.0.5.4")
    #expect(try fact("apiDoors.pmsAPI").value == "yes")
  }

  @Test(arguments: ["storage", "defaultTimeZone", "apiDoors.webSocket"])
  func whatNobodyKnowsIsSaidToBeUnknownAndIsNullInJSON(name: String) throws {
    let fact = try fact(name)
    #expect(fact.texts[1] == "unknown")
    #expect(fact.texts.count == ProfileFact.columns(for: [fact]).count)
    for key in ["value", "certainty", "confidence", "source", "note"] { #expect(fact.json[key] == .null, "\(key)") }
  }

  @Test func columnsAreAsWideAsTheFactsButNoWiderThanReadersBear() {
    let facts = ModelReport.facts(of: Self.profile())
    #expect(ProfileFact.columns(for: facts).map(\.width) == [30, 35, 12, 10, 10, 0])
    #expect(ProfileFact.columns(for: []).map(\.width) == [4, 5, 4, 9, 10, 0])
  }

  @Test func aLimitIsANumberInJSON() throws {
    let json = try fact("users").json
    #expect(json["value"] == .integer(500))
    #expect(
      json["alternatives"] == [["value": .integer(600), "source": .string("R1: list"), "note": .string("of 2024")]])
  }

  @Test func aDifferenceKeepsNumbersAndTellsTheUnknownByNull() {
    let (left, right) = (Self.profile(), Profile(model: "BOX2", family: Family(name: "b", displayName: "B")))
    let differences = ProfileCatalog.differences(between: left, and: right)
    #expect(
      differences.map { ModelReport.texts($0)[0] } == [
        "users", "extensionRanges", "apiDoors.httpsAPI", "apiDoors.pmsAPI",
      ])
    #expect(
      differences.first.map { ModelReport.json($0, left, right) }
        == ["what": .string("users"), "BOX1": .integer(500), "BOX2": .null])
    #expect(differences.last.map(ModelReport.texts) == ["apiDoors.pmsAPI", "yes", "unknown"])
    #expect(ModelReport.columns(for: differences, left, right).map(\.title) == ["what", "BOX1", "BOX2"])
    #expect(ModelReport.columns(for: differences, left, right).map(\.width) == [17, 40, 0])
  }

  @Test(
    arguments: [
      ("video", .bool(false)), ("lastdataCharactersMax", .integer(255)), ("digitalLineChannels.t1.pri", .integer(23)),
      ("serverHeader", .string("true")),
    ] as [(String, JSONValue)])
  func aTraitIsInJSONWhatItIs(name: String, value: JSONValue) throws {
    func trait<Value>(_ value: Value) -> ModelTrait<Value> {
      ModelTrait(value: value, source: "D1: manual", certainty: .documented, confidence: .high)
    }
    var traits = ModelTraits()
    traits.video = trait(false)
    traits.lastdataCharactersMax = trait(255)
    traits.digitalLineChannels = trait([.init(line: .t1, signalling: .pri, channels: 23)])
    traits.serverHeader = trait("true")
    let profile = Profile(model: "B", family: Family(name: "b", displayName: "B"), traits: traits)
    #expect(ModelReport.facts(of: profile).first { $0.name == name }?.json["value"] == value)
  }

  @Test func anAdditionListsOnlyWhatItAddsTo() {
    let calls = Limit(value: 20, unit: .calls, source: "R1: list", certainty: .assumed, confidence: .medium)
    let addOn = RemotePlan(name: "more", displayName: "More", kind: .addOn, limits: [.remoteCalls: calls])
    let plan = RemotePlan(name: "small", displayName: "Small", limits: [.remoteCalls: calls])
    #expect(PlanReport.rows(addOn).map(\.fact.name) == ["remoteCalls"])
    #expect(PlanReport.rows(plan).map { PlanReport.texts($0)[4] } == ["unknown", "20"])
    #expect(PlanReport.rows(plan).allSatisfy { PlanReport.texts($0).count == PlanReport.columns.count })
    #expect(PlanReport.rows(plan).map { PlanReport.json($0)["value"] } == [.null, .integer(20)])
  }
}
