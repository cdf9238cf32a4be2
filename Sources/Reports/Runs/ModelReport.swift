public import JSON
public import HardwareProfiles
import Primitives

/// Models and their limits as records.
public enum ModelReport {
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
    public let name: String
    public let value: String
    public let unit: String
    public let certainty: String
    public let confidence: String
    public let source: String

    public var texts: [String] { [name, value, unit, certainty, confidence, source] }
  }

  public static let factColumns: [(title: String, width: Int)] = [
    ("name", 22), ("value", 12), ("unit", 10), ("certainty", 10), ("confidence", 10), ("source", 0),
  ]

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
