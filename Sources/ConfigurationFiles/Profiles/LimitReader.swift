import HardwareProfiles

/// Names of limits, as keys of a mapping.
protocol LimitKey: RawRepresentable<String>, CaseIterable, Hashable {
  /// The unit a value of this limit is counted in.
  var unit: LimitUnit { get }
}

extension LimitName: LimitKey {}
extension RemoteLimitName: LimitKey {}

/// `limits:` of a profile file.
enum LimitReader {
  static func limits<Name: LimitKey>(_ entry: Entry, of type: Name.Type = Name.self) -> [Name: Limit] {
    var result: [Name: Limit] = [:]
    guard let mapping = entry.mapping(keys: Name.allCases.map(\.rawValue)) else { return result }
    for name in Name.allCases {
      if let field = mapping[name.rawValue] { result[name] = limit(field, name: name.rawValue, unit: name.unit) }
    }
    return result
  }

  private static func limit(_ entry: Entry, name: String, unit wanted: LimitUnit) -> Limit? {
    guard let mapping = entry.mapping(keys: ["value", "unit"] + Provenance.keys + ["alternatives"]) else { return nil }
    let range = 0...wanted.valueMax
    let value = mapping.required("value", remedy: "write a whole number of \(wanted.rawValue)")?.integer(in: range)
    let unitEntry = mapping.required("unit", remedy: "write `unit: \(wanted.rawValue)`")
    let unit = unitEntry?.text()
    if let unit, unit != wanted.rawValue {
      unitEntry?.report(
        "`\(name)` counts \(wanted.rawValue), not \(Entry.shown(unit))", remedy: "write `unit: \(wanted.rawValue)`")
    }
    let alternatives = mapping.list("alternatives").compactMap { alternative($0, in: range) }
    guard let provenance = Provenance(mapping), let value, unit != nil else { return nil }
    return Limit(
      value: value, unit: wanted, source: provenance.source, certainty: provenance.certainty,
      confidence: provenance.confidence, alternatives: alternatives, note: provenance.note)
  }

  private static func alternative(_ entry: Entry, in range: ClosedRange<Int>) -> Limit.Alternative? {
    guard let mapping = entry.mapping(keys: ["value", "source", "note"]) else { return nil }
    let value = mapping.required("value")?.integer(in: range)
    let source = mapping.required("source", remedy: Provenance.sourceForm)?.citation()?.text
    let note = mapping["note"]?.text(maxLength: 1024)
    guard let value, let source else { return nil }
    return Limit.Alternative(value: value, source: source, note: note)
  }
}
