import ConfigurationFiles
import HardwareProfiles
import Testing

@Suite struct FamilyInheritanceTests {
  private static func family(_ name: String, basedOn base: String? = nil, users: Int? = nil, calls: Int? = nil) -> (
    path: String, text: String
  ) {
    var text = "family: \(name)\ndisplayName: The \(name) series\n"
    if let base { text += "basedOn: \(base)\n" }
    if users != nil || calls != nil { text += "limits:\n" }
    let known = "source: \"D1: manual\", certainty: documented, confidence: high"
    if let users { text += "  users: {value: \(users), unit: users, \(known)}\n" }
    if let calls { text += "  concurrentCalls: {value: \(calls), unit: calls, \(known)}\n" }
    return ("families/\(name).yaml", text)
  }

  private static func model(of family: String) -> (path: String, text: String) {
    ("models/\(family).yaml", "model: BOX-\(family)\nfamily: \(family)\n")
  }

  @Test(arguments: [["a", "b", "c"], ["c", "b", "a"], ["b", "c", "a"]])
  func aFamilyTakesWhatItDoesNotSayFromTheOneItIsBasedOnInAnyOrderOfFiles(order: [String]) throws {
    let families = [
      "a": Self.family("a", users: 10, calls: 1), "b": Self.family("b", basedOn: "a", calls: 2),
      "c": Self.family("c", basedOn: "b", users: 30),
    ]
    let catalog = try ProfileFiles.catalog(files: order.compactMap { families[$0] } + ["a", "b", "c"].map(Self.model))
    let limits = catalog.models.map { [$0.users?.value, $0.concurrentCalls?.value] }
    #expect(limits == [[10, 1], [10, 2], [30, 2]])
    #expect(catalog.models.map(\.family) == ["a", "b", "c"])
  }

  @Test(arguments: [
    (
      [("a", "b"), ("b", "a")],
      "families/a.yaml:3:10: basedOn: families are based on each other in a circle: `a` → `b` → `a`"
    ),
    ([("a", "b"), ("b", "c"), ("c", "a")], "`a` → `b` → `c` → `a`"),
    (
      [("a", "b"), ("b", "c"), ("c", "b")],
      "families/b.yaml:3:10: basedOn: families are based on each other in a circle: `b` → `c` → `b`"
    ),
  ])
  func aCircleIsNamedOnceAndItsModelsAreNotBlamed(links: [(String, String)], words: String) throws {
    let errors = #expect(throws: ConfigurationErrors.self) {
      try ProfileFiles.catalog(
        files: links.map { Self.family($0.0, basedOn: $0.1) } + links.map { Self.model(of: $0.0) })
    }
    let found = try #require(errors)
    #expect(found.all.count == 1, "\(found)")
    #expect(found.description.contains(words), "\(found)")
  }

  @Test func twoCirclesAreTwoErrors() throws {
    let errors = #expect(throws: ConfigurationErrors.self) {
      try ProfileFiles.catalog(
        files: [("a", "b"), ("b", "a"), ("x", "y"), ("y", "x")].map { Self.family($0.0, basedOn: $0.1) })
    }
    #expect(errors?.all.count == 2)
  }

  @Test func aCircleOfAThousandFamiliesIsToldShortly() throws {
    let families = (0..<1000).map { Self.family("f\($0)", basedOn: "f\(($0 + 1) % 1000)") }
    let errors = #expect(throws: ConfigurationErrors.self) { try ProfileFiles.catalog(files: families) }
    let found = try #require(errors)
    #expect(found.all.count == 1)
    #expect(found.description.contains(" → …") && found.description.utf8.count < 400, "\(found)")
  }

  @Test func aChainOfAThousandFamiliesIsRead() throws {
    let families = (0..<1000).map {
      Self.family("f\($0)", basedOn: $0 == 0 ? nil : "f\($0 - 1)", users: $0 == 0 ? 7 : nil)
    }
    #expect(try ProfileFiles.catalog(files: families + [Self.model(of: "f999")]).models.first?.users?.value == 7)
  }
}
