public import JSON
import PBXModel
import Primitives
public import RunComparison

extension RunDifference {
  /// The difference for programs: counts, what the runs were of, every call, line and request that differs.
  public var json: JSONValue {
    [
      "differs": .bool(!isEmpty), "calls": .integer(Int64(callCount)),
      "callsLoggedOtherwise": .integer(Int64(callsLoggedOtherwise)),
      "facts": .array(facts.map { Self.json($0.name, $0.before, $0.after) }),
      "assumptions": [
        "onlyBefore": .array(assumptionsOnlyBefore.map { .string($0) }),
        "onlyAfter": .array(assumptionsOnlyAfter.map { .string($0) }),
      ],
      "columns": [
        "onlyBefore": .array(columnsOnlyBefore.map { .string($0.rawValue) }),
        "onlyAfter": .array(columnsOnlyAfter.map { .string($0.rawValue) }),
      ],
      "changedCalls": .array(calls.map(\.json)), "journal": .array(journal.map(\.json)),
      "crmRequests": .array(requests.map(\.json)),
    ]
  }

  fileprivate static func json(_ name: String, _ before: String?, _ after: String?) -> JSONValue {
    ["name": .string(name), "before": .optional(before), "after": .optional(after)]
  }
}

extension RunDifference.CallChange {
  fileprivate var json: JSONValue {
    [
      "session": .string(session), "start": start.map { .time($0) } ?? .null,
      "cause": .string(RunDifferenceWords.cause(of: self)), "rows": .array(rows.map(\.json)),
      "journal": .array(journal.map(\.json)),
    ]
  }
}

extension RunDifference.RowChange {
  fileprivate var json: JSONValue {
    [
      "before": before.map { .string(RunDifferenceWords.row($0)) } ?? .null,
      "after": after.map { .string(RunDifferenceWords.row($0)) } ?? .null,
      "fields": .array(
        fields.map { field in
          let rule = (after ?? before).map { CDRFieldRule(field.name, in: $0).rule }
          return [
            "field": .string(field.name.rawValue), "before": .optional(field.before), "after": .optional(field.after),
            "rule": .optional(rule?.text), "source": .optional(rule?.source),
            "certainty": .optional(rule?.certainty.rawValue),
          ]
        }),
    ]
  }
}

extension RunDifference.JournalChange {
  fileprivate var json: JSONValue {
    [
      "before": .optional(before?.text), "after": .optional(after?.text),
      "members": .array(members.map { RunDifference.json($0.name, $0.before, $0.after) }),
    ]
  }
}

extension RunDifference.RequestChange {
  fileprivate var json: JSONValue {
    [
      "before": .optional(before?.text), "after": .optional(after?.text),
      "statusBefore": .optional(before?.status), "statusAfter": .optional(after?.status),
      "otherBody": .bool(before != nil && after != nil && before?.body != after?.body),
    ]
  }
}

extension ArchiveDifference {
  /// The difference for programs: the sums, and of each run that differs what `RunDifference.json` says.
  public var json: JSONValue {
    [
      "differs": .bool(!isEmpty), "runs": .integer(Int64(runs.count)), "calls": .integer(Int64(callCount)),
      "callsLoggedOtherwise": .integer(Int64(callsLoggedOtherwise)),
      "onlyBefore": .array(onlyBefore.map { .string($0) }), "onlyAfter": .array(onlyAfter.map { .string($0) }),
      "changedRuns": .array(
        runs.filter { !$0.difference.isEmpty }.map { ["name": .string($0.name), "difference": $0.difference.json] }),
    ]
  }
}
