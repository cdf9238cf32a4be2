public import HardwareProfiles
import Primitives

/// The files of `hardware-profiles/` -> a catalog of models.
public enum ProfileFiles {
  /// Reads every file below `families/`, `models/` and `firmware/` and resolves what models take from their family.
  ///
  /// - Parameter files: path inside `hardware-profiles/` and text of each file, in any order.
  /// - Throws: everything that is wrong with any of the files; files elsewhere are errors too, because a model in the
  ///   wrong folder would otherwise be missing in silence.
  public static func catalog(files: [(path: String, text: String)]) throws(ConfigurationErrors) -> ProfileCatalog {
    let errors = ErrorCollector(path: "")
    var families: [String: Family] = [:]
    var models: [(reader: ModelReader, entry: Entry)] = []
    var firmware: [Firmware] = []
    for file in files.sorted(by: { $0.path < $1.path }) {
      let fileErrors = ErrorCollector(path: file.path)
      do {
        let root = Entry(value: try YAMLDocument.read(file.text, path: file.path), keyPath: "", errors: fileErrors)
        switch file.path.split(separator: "/").first {
        case "families":
          if let family = FamilyReader.read(root, known: families) { families[family.name] = family }
        case "models":
          if let model = ModelReader(root) { models.append((model, root)) }
        case "firmware":
          if let read = FirmwareReader.read(root, known: firmware) { firmware.append(read) }
        default:
          root.report(
            "a profile file outside of `families/`, `models/` and `firmware/`", remedy: "move it to one of them")
        }
      } catch {
        errors.add(error)
      }
      if let found = fileErrors.summary { errors.add(found) }
    }
    var profiles: [Profile] = []
    for (model, entry) in models {
      let modelErrors = ErrorCollector(path: entry.errors.path)
      if let profile = model.profile(families: families, others: profiles, errors: modelErrors) {
        profiles.append(profile)
      }
      if let found = modelErrors.summary { errors.add(found) }
    }
    if let found = errors.summary { throw found }
    return ProfileCatalog(profiles, firmware: firmware)
  }
}

enum FamilyReader {
  static func read(_ root: Entry, known: [String: Family]) -> Family? {
    guard let mapping = root.mapping(keys: ["family", "displayName", "limits", "traits"]),
      let nameEntry = mapping.required("family"), let name = nameEntry.profileName()
    else { return nil }
    let displayName = mapping.required("displayName")?.text()
    if known[name] != nil { nameEntry.report("the family `\(name)` is described twice", remedy: "keep one file") }
    return Family(
      name: name, displayName: displayName ?? name, limits: mapping["limits"].map(LimitReader.limits) ?? [:],
      traits: mapping["traits"].map(TraitReader.traits) ?? ModelTraits())
  }
}

/// A model file before its family is known.
struct ModelReader {
  private let model: String
  private let modelEntry: Entry
  private let family: String
  private let familyEntry: Entry
  private let displayName: String?
  private let limits: [LimitName: Limit]
  private let traits: ModelTraits

  init?(_ root: Entry) {
    guard let mapping = root.mapping(keys: ["model", "family", "displayName", "limits", "traits"]) else { return nil }
    displayName = mapping["displayName"]?.text()
    limits = mapping["limits"].map(LimitReader.limits) ?? [:]
    traits = mapping["traits"].map(TraitReader.traits) ?? ModelTraits()
    guard let modelEntry = mapping.required("model"), let model = modelEntry.profileName(),
      let familyEntry = mapping.required("family"), let family = familyEntry.profileName()
    else { return nil }
    (self.modelEntry, self.model, self.familyEntry, self.family) = (modelEntry, model, familyEntry, family)
  }

  func profile(families: [String: Family], others: [Profile], errors: ErrorCollector) -> Profile? {
    if others.contains(where: { $0.model.lowercased() == model.lowercased() }) {
      errors.report(
        "the model `\(model)` is described twice", remedy: "keep one file", at: modelEntry.value.place,
        keyPath: modelEntry.keyPath)
      return nil
    }
    guard let found = families[family] else {
      errors.report(
        "there is no family `\(Entry.shown(family))`",
        remedy: Spelling.nearest(to: family, among: families.keys).map { "did you mean `\($0)`?" }
          ?? "add a file for it to `families/`",
        at: familyEntry.value.place, keyPath: familyEntry.keyPath)
      return nil
    }
    return Profile(model: model, displayName: displayName, family: found, limits: limits, traits: traits)
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
