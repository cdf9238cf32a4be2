import BuiltInProfiles
import ConfigurationFiles
import HardwareProfiles
import Primitives
import Testing

@Suite struct BuiltInProfileTests {
  @Test func allModelsAreThereWithUsersAndCalls() throws {
    let catalog = try ProfileFiles.catalog(files: BuiltInProfiles.files)
    #expect(catalog.models.count == 16)
    for profile in catalog.models {
      #expect(profile.users != nil, "\(profile.model)")
      #expect(profile.concurrentCalls != nil, "\(profile.model)")
      #expect(profile.traits.cdrSchema != nil, "\(profile.model)")
      #expect(profile.limit(.fxoPorts) != nil, "\(profile.model)")
    }
  }

  @Test(arguments: [
    ("UCM6102", 500, 30, "ucm61xx"), ("UCM6116", 500, 60, "ucm61xx"), ("UCM6204", 500, 45, "ucm62xx"),
    ("UCM6208", 800, 100, "ucm62xx"), ("UCM6510", 2000, 200, "ucm6510"), ("UCM6304", 2000, 300, "ucm63xx"),
    ("UCM6308A", 1500, 200, "ucm63xxA"),
  ])
  func aModelHasTheNumbersOfItsFile(model: String, users: Int, calls: Int, family: String) throws {
    let profile = try #require(try ProfileFiles.catalog(files: BuiltInProfiles.files)[model])
    #expect(profile.users?.value == users)
    #expect(profile.concurrentCalls?.value == calls)
    #expect(profile.family == family)
  }

  /// Reference section 5.1.
  @Test(
    arguments: [
      ("UCM6102", CDRSchema.fields22, nil, nil), ("UCM6204", .fields32, nil, nil), ("UCM6510", .fields32, nil, nil),
      ("UCM6302", .fields43, true, 255), ("UCM6308A", .fields43, true, 255),
    ] as [(String, CDRSchema, Bool?, Int?)])
  func aFamilyHasItsAgeOfCDR(model: String, schema: CDRSchema, emptyIDs: Bool?, lastdata: Int?) throws {
    let traits = try #require(try ProfileFiles.catalog(files: BuiltInProfiles.files)[model]?.traits)
    #expect(traits.cdrSchema?.value == schema)
    #expect(traits.hasEmptyEntryIDs?.value == emptyIDs)
    #expect(traits.lastdataCharactersMax?.value == lastdata)
  }

  @Test func conflictingSourcesStandBesideTheValue() throws {
    let users = try #require(try ProfileFiles.catalog(files: BuiltInProfiles.files)["ucm6304"]?.users)
    #expect(users.certainty == .assumed)
    #expect(users.alternatives.map(\.value) == [2500])
  }

  @Test func resellersAndRecallAreNeverCalledDocumented() throws {
    for profile in try ProfileFiles.catalog(files: BuiltInProfiles.files).models {
      for limit in profile.limits.values where limit.source.hasPrefix("R") {
        #expect(limit.certainty == .assumed, "\(profile.model) \(limit.source)")
      }
    }
  }

  /// Reference section 6.1.
  @Test(arguments: [
    ("2017", ["sugarcrm", "salesforce"]), ("2019", ["sugarcrm", "salesforce", "zoho-v1"]),
    ("2021", ["sugarcrm", "salesforce", "zoho-v1", "zoho-v2", "vtiger", "act"]),
  ])
  func aFirmwareOffersTheSystemsOfItsAge(name: String, systems: [String]) throws {
    let firmware = try #require(try ProfileFiles.catalog(files: BuiltInProfiles.files).firmware(named: name))
    #expect(firmware.crm?.map(\.system) == systems)
    #expect(firmware.offer(of: "salesforce")?.asksSecurityToken == true)
    #expect(firmware.offer(of: "described") == nil)
    for offer in firmware.crm ?? [] where offer.source.hasPrefix("R") { #expect(offer.certainty == .assumed) }
  }

  @Test func aFirmwareThatNobodyDescribedIsNone() throws {
    let catalog = try ProfileFiles.catalog(files: BuiltInProfiles.files)
    #expect(catalog.firmware(named: "2018") == nil && catalog.firmware(named: "") == nil)
    #expect(catalog.firmware.map(\.name) == ["2013", "2017", "2019", "2021"])
  }

  @Test func aServerHeaderIsBuiltForAModelWhoseRevisionIsKnown() throws {
    let catalog = try ProfileFiles.catalog(files: BuiltInProfiles.files)
    #expect(catalog["UCM6102"]?.serverHeader(firmware: "1.0.14.21") == "Grandstream UCM6102V1.6A 1.0.14.21")
    #expect(catalog["UCM6202"]?.serverHeader(firmware: "1.0.14.21") == nil)
  }
}

@Suite struct ProfileFilesTests {
  private static let family = (path: "families/box.yaml", text: "family: box\ndisplayName: Box series\n")

  private static func model(_ limits: String, name: String = "BOX1", path: String = "models/box1.yaml") -> (
    path: String, text: String
  ) {
    (path, "model: \(name)\nfamily: box\nlimits:\n  \(limits)\n")
  }

  private static func users(_ changed: String...) -> String {
    let fields = ["value: 500", "unit: users", "source: \"D1: manual\"", "certainty: documented", "confidence: high"]
    let keys = changed.map { $0.prefix { $0 != ":" } }
    let kept = fields.filter { field in !keys.contains(field.prefix { $0 != ":" }) }
    return "users: {\((kept + changed).joined(separator: ", "))}"
  }

  @Test func aModelIsOneFile() throws {
    let catalog = try ProfileFiles.catalog(files: [Self.model(Self.users()), Self.family])
    #expect(catalog["box1"]?.users?.value == 500)
    #expect(catalog["box1"]?.displayName == "BOX1")
  }

  @Test(arguments: [
    (users("value: -1"), "0 to 1000000"), (users("value: \"500\""), "without quotes"), (users("value: 5.5"), "`5.5`"),
    (users("value: 99999999999999999999"), "whole number"), (users("unit: calls"), "counts users, not calls"),
    (users("unit: user"), "write `unit: users`"), (users("certainty: documentd"), "did you mean `documented`?"),
    (users("certainty: certain"), "one of documented"), (users("confidence: 1"), "one of low"),
    (users("source: manual"), "is not a source"), (users("source: \"D1:\""), "is not a source"),
    (users("source: \"D1,D2: x\""), "is not a source"), (users("valu: 1"), "did you mean `value`?"),
    (users("alternatives: {}"), "expected a list"), (users("alternatives: [{value: 1}]"), "`source` is missing"),
    ("user: {}", "did you mean `users`?"), ("users: 500", "expected a mapping"),
    ("users: {value: 500}", "`unit` is missing"),
    ("[]", "expected a mapping"),
  ])
  func aWrongLimitIsRefused(limits: String, words: String) throws {
    let errors = #expect(throws: ConfigurationErrors.self) {
      try ProfileFiles.catalog(files: [Self.family, Self.model(limits)])
    }
    let text = try #require(errors?.description)
    #expect(text.contains(words), "\(text)")
    #expect(errors?.first.file == "models/box1.yaml")
    #expect(errors?.first.line == 4)
  }

  @Test(arguments: [
    ("lastdataCharactersMax", "0", "1 to 1000000"), ("lastdataCharactersMax", "-255", "1 to 1000000"),
    ("lastdataCharactersMax", "many", "whole number"), ("hasEmptyEntryIDs", "1", "true"),
    ("cdrSchema", "fields33", "did you mean `fields32`?"), ("cdrSchema", "32", "one of fields22"),
  ])
  func aWrongTraitIsRefused(name: String, value: String, words: String) throws {
    let trait = "{value: \(value), source: \"G1: rows\", certainty: observed, confidence: high}"
    let errors = #expect(throws: ConfigurationErrors.self) {
      try ProfileFiles.catalog(files: [
        Self.family, ("models/box1.yaml", "model: BOX1\nfamily: box\ntraits:\n  \(name): \(trait)\n"),
      ])
    }
    let text = try #require(errors?.description)
    #expect(text.contains(words), "\(text)")
    #expect(errors?.first.line == 4)
  }

  @Test func aModelWithoutItsFamilyIsRefusedWithTheNearest() throws {
    let errors = #expect(throws: ConfigurationErrors.self) {
      try ProfileFiles.catalog(files: [Self.family, ("models/a.yaml", "model: A1\nfamily: bax\n")])
    }
    #expect(errors?.description == "models/a.yaml:2:9: family: there is no family `bax`; did you mean `box`?")
  }

  @Test func aModelDescribedTwiceIsRefused() throws {
    let errors = #expect(throws: ConfigurationErrors.self) {
      try ProfileFiles.catalog(files: [
        Self.family, Self.model(Self.users()), Self.model(Self.users(), name: "box1", path: "models/other.yaml"),
      ])
    }
    #expect(errors?.description.contains("models/other.yaml:1:8: model: the model `box1` is described twice") == true)
  }

  @Test func everyFilesErrorsAreTold() throws {
    let errors = #expect(throws: ConfigurationErrors.self) {
      try ProfileFiles.catalog(files: [
        ("notes/a.yaml", "a: 1"), ("families/b.yaml", "family: b"), ("models/c.yaml", "model: [c]\nfamily: \"b b\""),
        ("models/d.yaml", "model: 'd"),
      ])
    }
    let files = try #require(errors?.all.map(\.file))
    #expect(Set(files) == ["notes/a.yaml", "families/b.yaml", "models/c.yaml", "models/d.yaml"])
  }

  @Test func theSameFamilyTwiceIsRefused() throws {
    let errors = #expect(throws: ConfigurationErrors.self) {
      try ProfileFiles.catalog(files: [Self.family, ("families/z.yaml", Self.family.text)])
    }
    #expect(errors?.description.contains("families/z.yaml:1:9: family: the family `box` is described twice") == true)
  }
}
