public import HardwareProfiles
public import JSON
import Primitives

/// One limit, trait or door of a model, with who says so and how sure that is.
public struct ProfileFact: Hashable, Sendable {
  /// Which part of a profile it stands in.
  public enum Kind: String, Hashable, Sendable {
    /// A number that is counted against.
    case limit
    /// A fact that is no limit.
    case trait
    /// A way in for other software.
    case apiDoor
  }

  /// What stands for a value nobody knows.
  public static let unknown = "unknown"

  /// Which part of a profile it stands in.
  public let kind: Kind
  /// As in profile files.
  public let name: String
  /// As text; nil where nobody knows it.
  public let value: String?
  /// As a number, `true` or `false`, or text, by what it is; null where nobody knows it.
  public let jsonValue: JSONValue
  /// What a limit counts, as in profile files; nil for any other kind.
  public let unit: String?
  /// What kind of source it rests on; nil where nobody knows it.
  public let certainty: String?
  /// How far the source is trusted; nil where nobody knows it.
  public let confidence: String?
  /// Where it stands; nil where nobody knows it.
  public let source: String?
  /// What a reader should know beside it.
  public let note: String?
  /// What other sources say of a limit.
  public let alternatives: [Limit.Alternative]

  init(name: String, unit: LimitUnit, limit: Limit?) {
    (kind, self.name, self.unit) = (.limit, name, unit.rawValue)
    (value, jsonValue) = (limit.map { String($0.value) }, .optional(limit.map { Int64($0.value) }))
    (source, note, alternatives) = (limit?.source, limit?.note, limit?.alternatives ?? [])
    (certainty, confidence) = (limit?.certainty.rawValue, limit?.confidence.rawValue)
  }

  /// A fact for each part of a trait, `extensionRanges.conferences`, or one that says that nobody knows it.
  static func facts(of traits: ModelTraits, _ name: TraitName) -> [ProfileFact] {
    let parts = traits.statements(of: name).map { part, statement in
      ProfileFact(
        .trait, name: name.rawValue + (part.map { "." + $0 } ?? ""), statement, value: statement.value,
        json: name.json(of: statement.value))
    }
    let unknown = ProfileFact(.trait, name: name.rawValue, ModelTrait<String>?.none, value: nil, json: .null)
    return parts.isEmpty ? [unknown] : parts
  }

  init(_ name: APIDoorName, door: ModelTrait<APIDoor>?) {
    let text = door?.value.description
    self.init(.apiDoor, name: Self.name(of: name), door, value: text, json: .optional(text))
  }

  /// `apiDoors.httpsAPI`: what a door is called among other facts.
  static func name(of door: APIDoorName) -> String { "apiDoors.\(door.rawValue)" }

  private init<Value>(_ kind: Kind, name: String, _ trait: ModelTrait<Value>?, value: String?, json: JSONValue) {
    (self.kind, self.name, self.value, jsonValue, unit) = (kind, name, value, json, nil)
    (source, note, alternatives) = (trait?.source, trait?.note, [])
    (certainty, confidence) = (trait?.certainty.rawValue, trait?.confidence.rawValue)
  }

  /// Titles of `texts`, and how wide each is on a terminal for these facts; 0 for the last, which takes the rest.
  public static func columns(for facts: [ProfileFact]) -> [(title: String, width: Int)] {
    ModelReport.columns(["name", "value", "unit", "certainty", "confidence", "source"], for: facts.map(\.texts))
  }

  /// One text for each of `columns(for:)`; other sources' values and the note follow the source.
  public var texts: [String] {
    let others = alternatives.map { "; \($0.value) says \($0.source)\($0.note.map { " (\($0))" } ?? "")" }.joined()
    return [
      name, value ?? Self.unknown, unit ?? "", certainty ?? "", confidence ?? "",
      (source ?? "") + others + (note.map { "; \($0)" } ?? ""),
    ]
  }

  /// `kind, name, value, unit, certainty, confidence, source, note, alternatives`; what nobody knows is null.
  public var json: JSONValue {
    [
      "kind": .string(kind.rawValue), "name": .string(name), "value": jsonValue,
      "unit": .optional(unit), "certainty": .optional(certainty), "confidence": .optional(confidence),
      "source": .optional(source), "note": .optional(note),
      "alternatives": .array(
        alternatives.map {
          ["value": .integer(Int64($0.value)), "source": .string($0.source), "note": .optional($0.note)]
        }),
    ]
  }
}

extension TraitName {
  /// A text of `ModelTraits.statements(of:)` as what it stands for.
  func json(of text: String) -> JSONValue {
    switch self {
    case .acctIDRestartsMonthly, .hasEmptyEntryIDs, .video, .natRouter, .remoteConnect: .bool(text == "true")
    case .lastdataCharactersMax, .digitalLineChannels: Int64(text).map { .integer($0) } ?? .string(text)
    case .cdrSchema, .channelTechnology, .serverHeader, .hardwareRevision, .extensionRanges, .listeningPorts,
      .defaultTimeZone:
      .string(text)
    }
  }
}
