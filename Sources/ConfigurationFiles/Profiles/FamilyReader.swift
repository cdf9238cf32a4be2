import HardwareProfiles
import Primitives

/// A file of `families/` before the family it is based on is known.
struct FamilyReader {
  let own: Family
  let nameEntry: Entry
  /// The family that what is missing comes from; nil for none.
  let base: String?
  let baseEntry: Entry?

  init?(_ root: Entry) {
    guard let mapping = root.mapping(keys: ["family", "displayName", "basedOn", "limits", "traits", "apiDoors"])
    else { return nil }
    let displayName = mapping.required("displayName")?.text()
    let limits = mapping["limits"].map { LimitReader.limits($0, of: LimitName.self) } ?? [:]
    let traits = mapping["traits"].map(TraitReader.traits) ?? ModelTraits()
    let apiDoors = mapping["apiDoors"].map(TraitReader.apiDoors) ?? [:]
    baseEntry = mapping["basedOn"]
    base = baseEntry?.profileName()
    guard let nameEntry = mapping.required("family"), let name = nameEntry.profileName() else { return nil }
    self.nameEntry = nameEntry
    own = Family(
      name: name, displayName: displayName ?? name, limits: limits, traits: traits, apiDoors: apiDoors)
  }
}

/// Families with what they take from those they are based on.
struct FamilyTree {
  /// Families by name; without those of a circle and those that are based on one.
  private var families: [String: Family] = [:]
  /// Those with errors of their own, which whoever names them need not repeat.
  private var broken: Set<String> = []
  private let readers: [String: FamilyReader]
  private static let namesShownMax = 8

  init(_ readers: [FamilyReader]) {
    self.readers = Dictionary(readers.map { ($0.own.name, $0) }) { first, _ in first }
    for reader in readers { resolve(reader) }
  }

  /// The family of that name; reports at `entry` where nobody described one.
  func family(named name: String, at entry: Entry) -> Family? {
    if let found = families[name] { return found }
    if !broken.contains(name) { reportUnknown(name, at: entry) }
    return nil
  }

  private func reportUnknown(_ name: String, at entry: Entry?) {
    entry?.report(
      "there is no family `\(Entry.shown(name))`",
      remedy: Spelling.nearest(to: name, among: readers.keys).map { "did you mean `\($0)`?" }
        ?? "add a file for it to `families/`")
  }

  /// Walks up without calling itself, because the chain is as long as a folder has files.
  private mutating func resolve(_ start: FamilyReader) {
    var chain: [FamilyReader] = []
    var places: [String: Int] = [:]
    var next: FamilyReader? = start
    while let reader = next, families[reader.own.name] == nil, !broken.contains(reader.own.name) {
      if let place = places[reader.own.name] {
        reportCircle(Array(chain[place...]))
        broken.formUnion(places.keys)
        return
      }
      places[reader.own.name] = chain.count
      chain.append(reader)
      next = base(of: reader)
    }
    if let next, broken.contains(next.own.name) {
      broken.formUnion(places.keys)
      return
    }
    for reader in chain.reversed() {
      let base = reader.base.flatMap { families[$0] }
      families[reader.own.name] = base.map(reader.own.inheriting) ?? reader.own
    }
  }

  private func base(of reader: FamilyReader) -> FamilyReader? {
    guard let name = reader.base else { return nil }
    if let found = readers[name] { return found }
    reportUnknown(name, at: reader.baseEntry)
    return nil
  }

  private func reportCircle(_ circle: [FamilyReader]) {
    let names = (circle + circle.prefix(1)).map { "`\($0.own.name)`" }
    let shown = names.prefix(Self.namesShownMax).joined(separator: " → ")
    circle.first?.baseEntry?.report(
      "families are based on each other in a circle: \(shown)\(names.count > Self.namesShownMax ? " → …" : "")",
      remedy: "take `basedOn` out of one of them")
  }
}
