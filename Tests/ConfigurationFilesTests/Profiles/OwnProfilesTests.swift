import BuiltInProfiles
import ConfigurationFiles
import HardwareProfiles
import Testing

/// Somebody's own files beside the built-in ones: a model is one file and no code.
@Suite struct OwnProfilesTests {
  private static let builtIn = BuiltInProfiles.files.map { ProfileFile(path: $0.path, text: $0.text) }

  private static func own(_ path: String, _ text: String) -> ProfileFile {
    ProfileFile(path: path, text: text, shownPath: "mine/" + path)
  }

  private static func catalog(_ own: [ProfileFile]) throws -> ProfileCatalog {
    try ProfileFiles.catalog(of: ProfileFile.files(own, beside: builtIn))
  }

  private static let imaginary = own(
    "models/ucm9999.yaml",
    """
    model: UCM9999
    family: ucm63xx
    limits:
      concurrentCalls: {value: 9, unit: calls, source: "R0: imagined", certainty: assumed, confidence: low}
    """)

  @Test func anImaginaryModelIsListedBesideTheOthers() throws {
    let catalog = try Self.catalog([Self.imaginary])
    #expect(catalog.models.count == 17)
    let model = try #require(catalog["ucm9999"])
    #expect(model.concurrentCalls?.value == 9)
    #expect(model.family == "ucm63xx")
    #expect(model.traits.cdrSchema?.value == .fields43)
    #expect(catalog.nearest(to: "UCM9998")?.model == "UCM9999")
  }

  @Test func aFileOfTheSamePathTakesTheBuiltInOnesPlace() throws {
    let catalog = try Self.catalog([Self.own("models/ucm6304.yaml", "model: UCM6304\nfamily: ucm62xx\n")])
    #expect(catalog.models.count == 16)
    #expect(catalog["UCM6304"]?.family == "ucm62xx")
    #expect(catalog["UCM6304"]?.users == nil)
  }

  @Test(arguments: ["models/aaa.yaml", "models/zzz.yaml"])
  func theirOwnFileIsBlamedForABuiltInModelDescribedTwice(path: String) {
    let errors = #expect(throws: ConfigurationErrors.self) {
      try Self.catalog([Self.own(path, "model: UCM6304\nfamily: ucm63xx\n")])
    }
    #expect(
      errors?.description
        == "mine/\(path):1:8: model: the model `UCM6304` is described twice; `models/ucm6304.yaml` describes it too; "
        + "keep one file")
  }

  @Test func errorsNameTheFileAsItsOwnerDoes() {
    let errors = #expect(throws: ConfigurationErrors.self) {
      try Self.catalog([Self.own("models/a.yaml", "model: 'A")])
    }
    #expect(errors?.first.file == "mine/models/a.yaml")
  }

  @Test func aFamilyOfOnesOwnCanBeBasedOnABuiltInOne() throws {
    let catalog = try Self.catalog([
      Self.own("families/own.yaml", "family: own\ndisplayName: Own series\nbasedOn: ucm6510\n"),
      Self.own("models/own1.yaml", "model: OWN1\nfamily: own\n"),
    ])
    #expect(catalog["OWN1"]?.limit(.t1e1j1Ports)?.value == 1)
  }
}
