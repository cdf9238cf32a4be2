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
        + limitNames.map { .init($0.rawValue, .optional(profile.limit($0).map { Int64($0.value) })) })
  }

  /// One text for each of `columns`, `unknown` for a limit nobody knows.
  public static func texts(_ profile: Profile) -> [String] {
    [profile.model, profile.family]
      + [.users, .concurrentCalls, .conferenceRooms, .conferenceAttendees, .fxoPorts, .fxsPorts, .t1e1j1Ports]
      .map { (name: LimitName) in profile.limit(name).map { String($0.value) } ?? ProfileFact.unknown }
  }

  /// The limits people ask for first, then the others.
  static let limitNames: [LimitName] =
    [.users, .concurrentCalls] + LimitName.allCases.filter { $0 != .users && $0 != .concurrentCalls }

  /// Everything a profile can say, the unknown included: limits in the order of `json(_:)`, traits, doors.
  public static func facts(of profile: Profile) -> [ProfileFact] {
    limitNames.map { ProfileFact(name: $0.rawValue, unit: $0.unit, limit: profile.limit($0)) }
      + TraitName.allCases.flatMap { ProfileFact.facts(of: profile.traits, $0) }
      + APIDoorName.allCases.map { ProfileFact($0, door: profile.apiDoors[$0]) }
  }

  /// What differs, and the two values; `unknown` for an unknown one.
  public static func texts(_ difference: ProfileDifference) -> [String] {
    switch difference {
    case .limit(let name, let one, let other):
      [name.rawValue] + [one, other].map { $0.map { String($0.value) } ?? ProfileFact.unknown }
    case .trait(let name, let one, let other):
      [name.rawValue, one ?? ProfileFact.unknown, other ?? ProfileFact.unknown]
    case .apiDoor(let name, let one, let other):
      [ProfileFact.name(of: name), one ?? ProfileFact.unknown, other ?? ProfileFact.unknown]
    }
  }

  /// Titles of `texts(_:)` of each difference, and how wide each is on a terminal; 0 for the last.
  public static func columns(
    for differences: [ProfileDifference], _ left: Profile, _ right: Profile
  ) -> [(title: String, width: Int)] {
    columns(["what", left.model, right.model], for: differences.map { texts($0) })
  }

  /// As wide as the texts, but no wider than readers bear; 0 for the last, which takes the rest.
  static func columns(_ titles: [String], for rows: [[String]]) -> [(title: String, width: Int)] {
    titles.enumerated().map { index, title in
      let widest = rows.map { index < $0.count ? $0[index].count : 0 }.max() ?? 0
      return (title, index == titles.count - 1 ? 0 : max(title.count, min(widest, widthMax)))
    }
  }

  private static let widthMax = 40

  /// What differs as an object: `what`, then each model's value by the model's name, null for an unknown one.
  public static func json(_ difference: ProfileDifference, _ left: Profile, _ right: Profile) -> JSONValue {
    let values: (name: String, one: JSONValue, other: JSONValue)
    switch difference {
    case .limit(let name, let one, let other):
      values = (name.rawValue, .optional(one.map { Int64($0.value) }), .optional(other.map { Int64($0.value) }))
    case .trait(let name, let one, let other):
      values = (name.rawValue, one.map(name.json) ?? .null, other.map(name.json) ?? .null)
    case .apiDoor(let name, let one, let other):
      values = (ProfileFact.name(of: name), .optional(one), .optional(other))
    }
    return .object([
      .init("what", .string(values.name)), .init(left.model, values.one), .init(right.model, values.other),
    ])
  }
}
