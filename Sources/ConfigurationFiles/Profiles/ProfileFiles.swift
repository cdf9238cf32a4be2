public import HardwareProfiles
import Primitives

/// The files of `hardware-profiles/` -> a catalog of models.
public enum ProfileFiles {
  /// Reads every file below `families/`, `models/`, `firmware/` and `plans/` and resolves what models take from their
  /// family.
  ///
  /// - Parameter files: path inside `hardware-profiles/` and text of each file, in any order.
  /// - Throws: everything that is wrong with any of the files; files elsewhere are errors too, because a model in the
  ///   wrong folder would otherwise be missing in silence.
  public static func catalog(files: [(path: String, text: String)]) throws(ConfigurationErrors) -> ProfileCatalog {
    try catalog(of: files.sorted { $0.path < $1.path }.map { ProfileFile(path: $0.path, text: $0.text) })
  }

  /// The same of files that are called by another name in errors. Of two files that describe the same, the later one
  /// is told of.
  public static func catalog(of files: [ProfileFile]) throws(ConfigurationErrors) -> ProfileCatalog {
    var reading = ProfileReading()
    for file in files { reading.read(file) }
    return try reading.catalog()
  }
}

/// What has been read of the files so far.
private struct ProfileReading {
  private let errors = ErrorCollector(path: "")
  /// Of each file, because models find out what is wrong with them only when every family is known.
  private var fileErrors: [ErrorCollector] = []
  private var families: [FamilyReader] = []
  private var models: [ModelReader] = []
  private var modelPaths: [String] = []
  private var firmware: [FirmwareReader] = []
  private var plans: [RemotePlan] = []

  mutating func read(_ file: ProfileFile) {
    let found = ErrorCollector(path: file.shownPath)
    fileErrors.append(found)
    do {
      read(
        Entry(value: try YAMLDocument.read(file.text, path: file.shownPath), keyPath: "", errors: found), file)
    } catch {
      errors.add(error)
    }
  }

  private mutating func read(_ root: Entry, _ file: ProfileFile) {
    switch file.path.split(separator: "/").first {
    case "families":
      guard let family = FamilyReader(root) else { return }
      if families.contains(where: { $0.own.name == family.own.name }) {
        family.nameEntry.report("the family `\(family.own.name)` is described twice", remedy: "keep one file")
      }
      families.append(family)
    case "models":
      guard let model = ModelReader(root) else { return }
      models.append(model)
      modelPaths.append(file.shownPath)
    case "firmware":
      if let read = FirmwareReader(root, known: firmware.map(\.firmware)) { firmware.append(read) }
    case "plans":
      if let plan = PlanReader.read(root, known: plans) { plans.append(plan) }
    default:
      root.report(
        "a profile file outside of `families/`, `models/`, `firmware/` and `plans/`", remedy: "move it to one of them")
    }
  }

  func catalog() throws(ConfigurationErrors) -> ProfileCatalog {
    let tree = FamilyTree(families)
    for reader in firmware { reader.check(tree) }
    var profiles: [Profile] = []
    var describedIn: [String: String] = [:]
    for (model, path) in zip(models, modelPaths) {
      let name = model.model.lowercased()
      if let profile = model.profile(families: tree, describedIn: describedIn[name]) { profiles.append(profile) }
      describedIn[name] = describedIn[name] ?? path
    }
    for found in fileErrors { if let summary = found.summary { errors.add(summary) } }
    if let found = errors.summary { throw found }
    return ProfileCatalog(profiles, firmware: firmware.map(\.firmware), plans: plans)
  }
}

extension Entry {
  /// A name of letters, digits, `-` and `_`.
  func profileName() -> String? {
    parsed(as: "a name of letters, digits, `-` and `_`") { text in
      text.utf8.count <= 64 && text.utf8.allSatisfy(Self.isNameByte) ? text : nil
    }
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 45 || byte == 95
  }
}
