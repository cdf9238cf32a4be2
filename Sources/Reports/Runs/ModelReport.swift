public import JSON
public import HardwareProfiles
import Primitives

/// Models and their limits as records.
public enum ModelReport {
  /// Titles of `texts(_:)` for a profile, and how wide each is on a terminal; 0 for the last, which takes the rest.
  public static let columns: [(title: String, width: Int)] = [
    ("model", 10), ("family", 10), ("users", 6), ("concurrentCalls", 15), ("conferenceRooms", 15),
    ("conferenceAttendees", 19), ("fxoPorts", 8), ("fxsPorts", 8), ("t1e1j1Ports", 0),
  ]

  /// `model, family, users, concurrentCalls, …`: every limit by its name, null where nobody knows it.
  public static func json(_ profile: Profile) -> JSONValue {
    .object(
      [.init("model", .string(profile.model)), .init("family", .string(profile.family))]
        + ordered.map { .init($0.rawValue, .optional(profile.limit($0).map { Int64($0.value) })) })
  }

  /// One text for each of `columns`, `unknown` for a limit nobody knows.
  public static func texts(_ profile: Profile) -> [String] {
    [profile.model, profile.family]
      + [.users, .concurrentCalls, .conferenceRooms, .conferenceAttendees, .fxoPorts, .fxsPorts, .t1e1j1Ports]
      .map { (name: LimitName) in profile.limit(name).map { String($0.value) } ?? "unknown" }
  }

  /// The limits people ask for first, then the others.
  private static let ordered: [LimitName] =
    [.users, .concurrentCalls] + LimitName.allCases.filter { $0 != .users && $0 != .concurrentCalls }

  /// One limit or trait of a model.
  public struct Fact: Hashable, Sendable {
    /// Name of the limit, as in profile files.
    public let name: String
    /// The limit in digits, or `unknown`.
    public let value: String
    /// What the limit counts, as in profile files.
    public let unit: String
    /// How the value is known, documented or otherwise; empty for an unknown limit.
    public let certainty: String
    /// How far the source is trusted; empty for an unknown limit.
    public let confidence: String
    /// Where the value stands, then what other sources say instead; empty for an unknown limit.
    public let source: String

    /// The six texts in the order of `factColumns`.
    public var texts: [String] { [name, value, unit, certainty, confidence, source] }
  }

  /// Titles of a fact's `texts`, and how wide each is on a terminal; 0 for the last, which takes the rest.
  public static let factColumns: [(title: String, width: Int)] = [
    ("name", 22), ("value", 12), ("unit", 10), ("certainty", 10), ("confidence", 10), ("source", 0),
  ]

  /// Every limit a profile can have, the unknown ones included, in the order of `json(_:)`.
  public static func facts(of profile: Profile) -> [Fact] {
    ordered.map { name in
      guard let limit = profile.limit(name) else {
        return Fact(
          name: name.rawValue, value: "unknown", unit: name.unit.rawValue, certainty: "", confidence: "", source: "")
      }
      let others = limit.alternatives.map { "; \($0.value) says \($0.source)" }.joined()
      return Fact(
        name: name.rawValue, value: String(limit.value), unit: limit.unit.rawValue,
        certainty: limit.certainty.rawValue, confidence: limit.confidence.rawValue, source: limit.source + others)
    }
  }

  /// A fact as an object of texts, keyed by `factColumns`.
  public static func json(_ fact: Fact) -> JSONValue {
    .object(zip(factColumns, fact.texts).map { .init($0.title, .string($1)) })
  }

  /// What differs, and the two values; empty for an unknown one.
  public static func texts(_ difference: ProfileDifference) -> [String] {
    switch difference {
    case .limit(let name, let one, let other):
      [name.rawValue, one.map { String($0.value) } ?? "unknown", other.map { String($0.value) } ?? "unknown"]
    case .trait(let name, let one, let other): [name.rawValue, one ?? "unknown", other ?? "unknown"]
    }
  }
}
