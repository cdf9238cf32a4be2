import HardwareProfiles
import Primitives

/// `limits:` and `traits:` of a profile file.
enum LimitReader {
  static let valueMax = 1_000_000

  static func limits(_ entry: Entry) -> [LimitName: Limit] {
    var result: [LimitName: Limit] = [:]
    guard let mapping = entry.mapping(keys: LimitName.allCases.map(\.rawValue)) else { return result }
    for name in LimitName.allCases {
      if let field = mapping[name.rawValue] { result[name] = limit(field, name: name) }
    }
    return result
  }

  private static func limit(_ entry: Entry, name: LimitName) -> Limit? {
    let keys = ["value", "unit", "source", "certainty", "confidence", "alternatives", "note"]
    guard let mapping = entry.mapping(keys: keys) else { return nil }
    let value = mapping.required("value")?.integer(in: 0...valueMax)
    let unitEntry = mapping.required("unit")
    let unit = unitEntry?.choice(of: LimitUnit.self)
    if let unit, unit != name.unit {
      unitEntry?.report("`\(name.rawValue)` counts \(name.unit.rawValue), not \(unit.rawValue)")
    }
    let alternatives = mapping.list("alternatives").compactMap(alternative)
    let note = mapping["note"]?.text(maxLength: 1024)
    guard let provenance = Provenance(mapping), let value, let unit else { return nil }
    return Limit(
      value: value, unit: unit, source: provenance.source, certainty: provenance.certainty,
      confidence: provenance.confidence, alternatives: alternatives, note: note)
  }

  private static func alternative(_ entry: Entry) -> Limit.Alternative? {
    guard let mapping = entry.mapping(keys: ["value", "source", "note"]) else { return nil }
    let value = mapping.required("value")?.integer(in: 0...valueMax)
    let source = mapping.required("source")?.source()
    let note = mapping["note"]?.text(maxLength: 1024)
    guard let value, let source else { return nil }
    return Limit.Alternative(value: value, source: source, note: note)
  }
}

enum TraitReader {
  static func traits(_ entry: Entry) -> ModelTraits {
    var result = ModelTraits()
    guard let mapping = entry.mapping(keys: TraitName.allCases.map(\.rawValue)) else { return result }
    for name in TraitName.allCases {
      guard let field = mapping[name.rawValue] else { continue }
      switch name {
      case .cdrSchema: result.cdrSchema = trait(field) { $0.choice() }
      case .acctIDRestartsMonthly: result.acctIDRestartsMonthly = trait(field) { $0.boolean() }
      case .hasEmptyEntryIDs: result.hasEmptyEntryIDs = trait(field) { $0.boolean() }
      case .lastdataCharactersMax:
        result.lastdataCharactersMax = trait(field) { $0.integer(in: 1...LimitReader.valueMax) }
      case .channelTechnology: result.channelTechnology = trait(field) { $0.choice() }
      case .serverHeader: result.serverHeader = trait(field) { $0.text() }
      case .hardwareRevision: result.hardwareRevision = trait(field) { $0.text() }
      case .video: result.video = trait(field) { $0.boolean() }
      }
    }
    return result
  }

  private static func trait<Value>(_ entry: Entry, _ read: (Entry) -> Value?) -> ModelTrait<Value>? {
    guard let mapping = entry.mapping(keys: ["value", "source", "certainty", "confidence", "note"]) else { return nil }
    let value = mapping.required("value").flatMap(read)
    let note = mapping["note"]?.text(maxLength: 1024)
    guard let provenance = Provenance(mapping), let value else { return nil }
    return ModelTrait(
      value: value, source: provenance.source, certainty: provenance.certainty, confidence: provenance.confidence,
      note: note)
  }
}

/// Who says so, and how sure that is.
struct Provenance {
  var source: String
  var certainty: Certainty
  var confidence: Confidence

  init?(_ mapping: Mapping) {
    let source = mapping.required("source")?.source()
    let certainty = mapping.required("certainty")?.choice(of: Certainty.self)
    let confidence = mapping.required("confidence")?.choice(of: Confidence.self)
    guard let source, let certainty, let confidence else { return nil }
    (self.source, self.certainty, self.confidence) = (source, certainty, confidence)
  }
}

extension Entry {
  /// Keys of the source list, a colon and a few words: `D3, D4: conference guide`.
  fileprivate func source() -> String? {
    parsed(as: "a source", remedy: "write the keys of the source list, a colon and a few words: `D3: guide`") { text in
      let parts = text.split(separator: ":", maxSplits: 1)
      guard parts.count == 2, parts[1].first == " ", parts[1].contains(where: { $0 != " " }) else { return nil }
      let keys = parts[0].split(separator: ",", omittingEmptySubsequences: false)
      let areKeys = keys.enumerated().allSatisfy { index, key in
        let name = index == 0 ? key : key.first == " " ? key.dropFirst() : ""
        guard let kind = name.utf8.first, "DGURX".utf8.contains(kind) else { return false }
        return name.dropFirst().isDigits(1...4)
      }
      return areKeys ? text : nil
    }
  }
}
