import CRMConnectors
import ConfigurationFiles
import Foundation
import Testing

enum ConnectorFixtures {
  static func text(_ name: String) throws -> String {
    try String(
      contentsOf: Fixtures.root.appendingPathComponent("fixtures/connectors/\(name).yaml"), encoding: .utf8)
  }

  static func read(_ name: String) throws -> ConnectorFile {
    try ConnectorFile.read(text: text(name), path: name + ".yaml")
  }
}

@Suite("A connector's file")
struct ConnectorFileTests {
  @Test("The worked examples stand, with every one of their exchanges", arguments: ["hubspot"])
  func workedExamples(_ name: String) throws {
    let file = try ConnectorFixtures.read(name)
    #expect(file.examples.count >= 10)
    #expect(file.description.has(.reportCall, in: .contacts))
  }
}
