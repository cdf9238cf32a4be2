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
  /// The number of a limit; nil for any other kind, and where nobody knows it.
  public let number: Int?
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
    (value, number) = (limit.map { String($0.value) }, limit?.value)
    (source, note, alternatives) = (limit?.source, limit?.note, limit?.alternatives ?? [])
    (certainty, confidence) = (limit?.certainty.rawValue, limit?.confidence.rawValue)
  }

  /// A fact for each part of a trait, `extensionRanges.conferences`, or one that says that nobody knows it.
  static func facts(of traits: ModelTraits, _ name: TraitName) -> [ProfileFact] {
    let parts = traits.statements(of: name).map { part, statement in
      ProfileFact(
        .trait, name: name.rawValue + (part.map { "." + $0 } ?? ""), statement, value: statement.value)
    }
    return parts.isEmpty ? [ProfileFact(.trait, name: name.rawValue, ModelTrait<String>?.none, value: nil)] : parts
  }

  init(_ name: APIDoorName, door: ModelTrait<APIDoor>?) {
    self.init(.apiDoor, name: Self.name(of: name), door, value: door?.value.description)
  }

  /// `apiDoors.httpsAPI`: what a door is called among other facts.
  static func name(of door: APIDoorName) -> String { "apiDoors.\(door.rawValue)" }

  private init<Value>(_ kind: Kind, name: String, _ trait: ModelTrait<Value>?, value: String?) {
    (self.kind, self.name, self.value, number, unit) = (kind, name, value, nil, nil)
    (source, note, alternatives) = (trait?.source, trait?.note, [])
    (certainty, confidence) = (trait?.certainty.rawValue, trait?.confidence.rawValue)
  }

  /// Titles of `texts`, and how wide each is on a terminal for these facts; 0 for the last, which takes the rest.
  public static func columns(for facts: [ProfileFact]) -> [(title: String, width: Int)] {
    let titles = ["name", "value", "unit", "certainty", "confidence", "source"]
    let texts = facts.map(\.texts)
    return titles.enumerated().map { index, title in
      let widest = texts.map { $0[index].count }.max() ?? 0
      return (title, index == titles.count - 1 ? 0 : max(title.count, min(widest, Self.widthMax)))
    }
  }

  private static let widthMax = 40

  /// One text for each of `columns(for:)`; other sources' values and the note follow the source.
  public var texts: [String] {
    let others = alternatives.map { "; \($0.value) says \($0.source)\($0.note.map { " (\($0))" } ?? "")" }.joined()
    return [
      name, value ?? Self.unknown, unit ?? "", certainty ?? "", confidence ?? "",
      (source ?? "") + others + (note.map { "; \($0)" } ?? ""),
    ]
  }

  /// `kind, name, value, unit, certainty, confidence, source, note, alternatives`; a limit's value is a number, and
  /// what nobody knows is null.
  public var json: JSONValue {
    [
      "kind": .string(kind.rawValue), "name": .string(name),
      "value": kind == .limit ? .optional(number.map { Int64($0) }) : .optional(value),
      "unit": .optional(unit), "certainty": .optional(certainty), "confidence": .optional(confidence),
      "source": .optional(source), "note": .optional(note),
      "alternatives": .array(
        alternatives.map {
          ["value": .integer(Int64($0.value)), "source": .string($0.source), "note": .optional($0.note)]
        }),
    ]
  }
}
