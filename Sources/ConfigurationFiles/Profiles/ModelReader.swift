import HardwareProfiles

/// A file of `models/` before its family is known.
struct ModelReader {
  let model: String
  private let modelEntry: Entry
  private let family: String
  private let familyEntry: Entry
  private let displayName: String?
  private let limits: [LimitName: Limit]
  private let traits: ModelTraits
  private let apiDoors: [APIDoorName: ModelTrait<APIDoor>]

  init?(_ root: Entry) {
    guard let mapping = root.mapping(keys: ["model", "family", "displayName", "limits", "traits", "apiDoors"])
    else { return nil }
    displayName = mapping["displayName"]?.text()
    limits = mapping["limits"].map { LimitReader.limits($0) } ?? [:]
    traits = mapping["traits"].map(TraitReader.traits) ?? ModelTraits()
    apiDoors = mapping["apiDoors"].map(TraitReader.apiDoors) ?? [:]
    guard let modelEntry = mapping.required("model"), let model = modelEntry.profileName(),
      let familyEntry = mapping.required("family"), let family = familyEntry.profileName()
    else { return nil }
    (self.modelEntry, self.model, self.familyEntry, self.family) = (modelEntry, model, familyEntry, family)
  }

  /// - Parameter other: the file that describes the same model, if one was read before.
  func profile(families: FamilyTree, describedIn other: String?) -> Profile? {
    if let other {
      modelEntry.report("the model `\(model)` is described twice", remedy: "`\(other)` describes it too; keep one file")
      return nil
    }
    guard let found = families.family(named: family, at: familyEntry) else { return nil }
    return Profile(
      model: model, displayName: displayName, family: found, limits: limits, traits: traits, apiDoors: apiDoors)
  }
}
