import ArgumentParser
import Cases
import Foundation
import HardwareProfiles

/// Which cells of the cases given make the suite.
struct CaseOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Models in place of the cases' own, with commas between; all for every one.", valueName: "models"))
  var models: String?

  @Option(
    help: ArgumentHelp("Firmware in place of the cases' own, with commas between.", valueName: "names"))
  var firmwares: String?

  @Option(
    help: ArgumentHelp(
      "Only cells whose id has this in it, or is of this pattern with * and ?; see --list.", valueName: "pattern"))
  var filter: String?

  /// Whether every cell of the cases is meant.
  var areAbsent: Bool { models == nil && firmwares == nil && filter == nil }

  /// With the cases, what a plan says of its suite.
  func choice(of cases: [String]) -> ShardPlan.Choice {
    var choice = ShardPlan.Choice()
    choice.cases = cases
    choice.models = Self.names(models)
    choice.firmwares = Self.names(firmwares)
    choice.filter = filter
    return choice
  }

  private static func names(_ text: String?) -> [String] {
    (text ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
  }
}

extension CaseSuite {
  /// The suite that a plan is about.
  init(_ wanted: ShardPlan.Choice, catalog: ProfileCatalog) throws {
    var choice = Choice()
    (choice.models, choice.firmwares, choice.filter) = (wanted.models, wanted.firmwares, wanted.filter)
    try self.init(wanted.cases, catalog: catalog, choice: choice)
  }
}
