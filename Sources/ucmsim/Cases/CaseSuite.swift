import Cases
import ConfigurationFiles
import HardwareProfiles
import Simulation
import SimulationRuntime

/// All cells of some cases, in a fixed order: cases by folder, models, firmware, CRMs as the case has them.
struct CaseSuite: Sendable {
  /// A cell, or a case that cannot be used and so stands for one.
  enum Entry: Sendable {
    case cell(Cell)
    case unusable(CellResult)

    var id: CellID {
      switch self {
      case .cell(let cell): cell.id
      case .unusable(let result): result.id
      }
    }

    /// The case's file.
    var file: String {
      switch self {
      case .cell(let cell): cell.folder.file
      case .unusable(let result): result.file
      }
    }
  }

  /// What takes the place of what the cases say.
  struct Choice {
    /// `all` for every model of the catalog; empty for the cases' own.
    var models: [String] = []
    /// Empty for the cases' own.
    var firmwares: [String] = []
    /// Only cells whose id is of the pattern, or holds it where it has no `*` and no `?`.
    var filter: String?
  }

  /// Cells of one run at most.
  static let cellsMax = 1_000_000

  private(set) var entries: [Entry] = []

  /// Reads the cases; one that cannot be used is an entry too.
  init(_ given: [String], catalog: ProfileCatalog, choice: Choice) throws {
    let vocabulary = CaseVocabulary(of: catalog)
    let models = try Self.models(choice.models, catalog)
    let firmwares = try choice.firmwares.map { try Profiles.firmware($0, in: catalog) }
    var names: [String: String] = [:]
    for (path, searched) in try CaseFolder.search(given) {
      do {
        let folder = try CaseFolder(path: path, searched: searched, vocabulary: vocabulary)
        if let other = names.updateValue(folder.file, forKey: folder.testCase.name) {
          throw Complaint(
            "\(folder.file):1:1: the case has the name of \(other), `\(folder.testCase.name)`; write another `name`",
            .unusableInput)
        }
        entries += try Self.cells(of: folder, catalog, models: models, firmwares: firmwares)
      } catch let complaint as Complaint {
        entries.append(.unusable(Self.unusable(path, searched, complaint.message)))
      }
      guard entries.count <= Self.cellsMax else {
        throw Complaint("more than \(Self.cellsMax) cells; give fewer cases", .usage)
      }
    }
    entries = Self.once(entries)
    if let filter = choice.filter {
      let isPattern = filter.contains("*") || filter.contains("?")
      let pattern = GlobPattern(isPattern ? filter : "*\(filter)*")
      entries = entries.filter { pattern.matches($0.id.text) }
      if entries.isEmpty { throw Complaint("no cell is like '\(filter)' (see `ucmsim test --list`)", .usage) }
    }
  }

  /// Without cells that the choice names twice.
  private static func once(_ entries: [Entry]) -> [Entry] {
    var known: Set<CellID> = []
    return entries.filter { entry in
      if case .cell(let cell) = entry { known.insert(cell.id).inserted } else { true }
    }
  }

  private static func models(_ names: [String], _ catalog: ProfileCatalog) throws -> [Profile] {
    names == ["all"] ? catalog.models : try names.map { try Profiles.model($0, in: catalog) }
  }

  private static func cells(
    of folder: CaseFolder, _ catalog: ProfileCatalog, models: [Profile], firmwares: [Firmware]
  ) throws -> [Entry] {
    let testCase = folder.testCase
    var profiles = models.isEmpty ? testCase.models.compactMap { catalog[$0.name] } : models
    if profiles.isEmpty { profiles = [try smallestModel(for: folder, catalog)] }
    let ages: [Firmware?] =
      firmwares.isEmpty ? testCase.firmwares.map { catalog.firmware(named: $0.name) } : firmwares
    return profiles.flatMap { profile in
      (ages.isEmpty ? [nil] : ages).flatMap { firmware in
        testCase.crms.map { .cell(Cell(folder: folder, profile: profile, firmware: firmware, crm: $0)) }
      }
    }
  }

  /// The model with the fewest calls that has what the case needs; among equals the first by name.
  private static func smallestModel(for folder: CaseFolder, _ catalog: ProfileCatalog) throws -> Profile {
    let needs = folder.testCase.capabilities
    let fit = catalog.models.filter { profile in
      needs.allSatisfy { $0.matcher.matches(profile.capability($0.name)) }
    }
    let smallest = fit.min { one, other in
      (one.concurrentCalls?.value ?? .max, one.model) < (other.concurrentCalls?.value ?? .max, other.model)
    }
    guard let smallest else {
      let place = needs.first.map { ":\($0.place.line):\($0.place.column)" } ?? ""
      throw Complaint(
        "\(folder.file)\(place): no model has "
          + needs.map { "\($0.name) \($0.matcher.text)" }.joined(separator: " and ") + " (see `ucmsim models`)",
        .unusableInput)
    }
    return smallest
  }

  private static func unusable(_ path: String, _ searched: String, _ problem: String) -> CellResult {
    let real = CasePath.real(path) ?? path
    let name = CaseFolder.name(of: real, below: CasePath.root(of: real, searched: searched))
    var result = CellResult(
      id: CellID(caseName: name, model: "-", firmware: "", crm: "-"),
      file: CasePath.shortened(path + "/" + CaseFolder.fileName), claim: "")
    result.giveUp(problem)
    return result
  }
}

extension CaseVocabulary {
  /// The names of a catalog, and those that the program itself gives.
  init(of catalog: ProfileCatalog) {
    self.init()
    models = catalog.models.map(\.model)
    firmwares = catalog.firmware.map(\.name)
    limits = LimitName.allCases.map(\.rawValue)
    resources = Resource.allCases.map { $0.limitName?.rawValue ?? $0.name }
    traits = TraitName.allCases.map(\.rawValue)
    assumptions = Assumption.allCases.map(\.rawValue)
  }
}
