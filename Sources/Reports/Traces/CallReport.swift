public import JSON
public import PBXModel
import Primitives

/// One call as a line of `calls`.
public enum CallReport {
  /// `id, start, answer, end, caller, callee, direction, disposition, duration, billsec, legs, confidence`, then what
  /// the joins rest on. Times are seconds since 1970; those of a running call that lie ahead are null.
  public static func json(_ call: Call) -> JSONValue {
    [
      "id": .integer(Int64(call.id.rawValue)),
      "start": .time(call.start), "answer": .time(call.answer), "end": .time(call.end),
      "caller": .string(call.callerNumber), "callee": .string(call.dialled),
      "direction": .string(call.direction.rawValue),
      "disposition": call.end == nil && call.answer == nil ? .null : .string(call.disposition.rawValue),
      "duration": .optional(call.duration?.wholeSeconds), "billsec": .optional(call.billable?.wholeSeconds),
      "legs": .array(call.legs.map(leg)),
      "confidence": .decimal(call.confidence, places: 2),
      "ranAtStart": .bool(call.ranAtStart), "running": .bool(call.end == nil),
    ]
  }

  private static func leg(_ member: Call.Member) -> JSONValue {
    [
      "callID": .string(member.leg.callID),
      "from": .string(member.leg.fromUser), "to": .string(member.leg.requestUser),
      "src": .string(member.leg.source.description), "dst": .string(member.leg.destination.description),
      "outcome": .optional(member.leg.outcome?.words),
      "confidence": .decimal(member.join.confidence, places: 2),
      "evidence": .array(member.join.evidence.map { .string($0.rawValue) }),
    ]
  }

  /// Titles of `texts(_:)`, in its order: the keys of `json(_:)`, without what the joins rest on.
  public static let columns = [
    "id", "start", "answer", "end", "caller", "callee", "direction", "disposition", "duration", "billsec", "legs",
    "confidence",
  ]

  /// The same facts as texts, in the order of `columns`.
  public static func texts(_ call: Call) -> [String] {
    [
      String(call.id.rawValue), call.start.iso8601, call.answer?.iso8601 ?? "", call.end?.iso8601 ?? "",
      call.callerNumber, call.dialled, call.direction.rawValue,
      call.end == nil ? "running" : call.disposition.rawValue,
      call.duration.map { String($0.wholeSeconds) } ?? "", call.billable.map { String($0.wholeSeconds) } ?? "",
      String(call.legs.count), percent(call.confidence),
    ]
  }

  private static func percent(_ confidence: Double) -> String { "\(Int((confidence * 100).rounded()))%" }
}
