public import HardwareProfiles
public import JSON
import Primitives

/// Plans for remote users as records, one for each of their limits.
public enum PlanReport {
  /// One limit of a plan; nil for a plan that limits nothing that is known.
  public struct Row: Hashable, Sendable {
    /// The plan.
    public let plan: RemotePlan
    /// Its limit as a fact.
    public let fact: ProfileFact
  }

  /// Every limit of a plan, the unknown included; of an addition those it adds to.
  public static func rows(_ plan: RemotePlan) -> [Row] {
    let names = RemoteLimitName.allCases.filter { plan.kind == .plan || plan.limits[$0] != nil }
    return names.map {
      Row(plan: plan, fact: ProfileFact(name: $0.rawValue, unit: $0.unit, limit: plan.limits[$0]))
    }
  }

  /// Titles of `texts(_:)`, and how wide each is on a terminal; 0 for the last, which takes the rest.
  public static let columns: [(title: String, width: Int)] = [
    ("plan", 10), ("kind", 5), ("displayName", 24), ("limit", 11), ("value", 7), ("unit", 5), ("certainty", 9),
    ("confidence", 10), ("source", 0),
  ]

  /// One text for each of `columns`.
  public static func texts(_ row: Row) -> [String] {
    [row.plan.name, row.plan.kind.rawValue, row.plan.displayName] + row.fact.texts
  }

  /// The same as an object: `plan, kind, displayName, limit, value, unit, …`, null for what nobody knows.
  public static func json(_ row: Row) -> JSONValue {
    [
      "plan": .string(row.plan.name), "kind": .string(row.plan.kind.rawValue),
      "displayName": .string(row.plan.displayName), "limit": .string(row.fact.name),
      "value": row.fact.jsonValue, "unit": .optional(row.fact.unit),
      "certainty": .optional(row.fact.certainty), "confidence": .optional(row.fact.confidence),
      "source": .optional(row.fact.source), "note": .optional(row.fact.note),
    ]
  }
}
