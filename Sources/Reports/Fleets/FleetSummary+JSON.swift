public import JSON
import HardwareProfiles
import PBXModel
import Primitives
import Simulation

extension FleetSummary {
  /// What stands once for all members; everything else that a run's summary says stands with each of them.
  private static let shared: Set<String> = [
    "tool", "inputs", "fingerprint", "seed", "site", "pbx", "timeZone", "first", "last", "capture", "account",
    "tracking", "failures", "notices",
  ]

  /// The whole comparison. Holds no time of day and no path but the inputs' names, so equal runs give equal bytes.
  public var json: JSONValue {
    let run = run(of: withoutLimits).json
    let names = ["tool", "inputs", "fingerprint", "seed", "site", "pbx"]
    let after = ["timeZone", "first", "last"]
    let last = ["capture", "account", "failures", "notices"]
    let member = { (name: String) in JSONValue.Member(name, run[name] ?? .null) }
    return .object(
      names.map(member) + [.init("crm", .string(crmSystem))] + after.map(member)
        + [
          .init("withoutLimits", json(of: withoutLimits, isReference: true)),
          .init("members", .array(results.map { json(of: $0, isReference: false) })),
        ] + last.map(member))
  }

  private func json(of result: Fleet.Result, isReference: Bool) -> JSONValue {
    let hidden: Set<String> = isReference ? ["model", "family", "firmware", "limits", "unknownLimits"] : ["firmware"]
    let own = (run(of: result).json.members ?? []).filter {
      !Self.shared.contains($0.name) && !hidden.contains($0.name)
    }
    let firmware = isReference ? [] : [JSONValue.Member("firmware", .optional(result.member.profile.firmware))]
    return .object(
      firmware + own + [
        .init("firstRefusedAt", .optional(result.firstRefusedAt?.iso8601)),
        .init("refusedCalls", .array(result.refusals.entries.map(json))),
        .init("refusedCallsLeftOut", int(result.refusals.leftOut)),
        .init(
          "rowsAgainstNoLimits",
          [
            "differing": int(result.rows.total), "changed": int(result.rows.changed),
            "missing": int(result.rows.missing), "added": int(result.rows.added),
          ]),
        .init("resources", .object(Resource.allCases.map { .init($0.name, json(result.ledger[$0])) })),
        .init("crmRequests", int(result.crmRequests)),
      ])
  }

  private func json(_ entry: FleetRefusals.Entry) -> JSONValue {
    let call = entry.call
    return [
      "call": int(call.id.rawValue), "at": .string(entry.time.iso8601), "caller": .string(call.callerNumber),
      "callee": .string(call.dialled), "resource": .optional(entry.resource?.name),
      "disposition": .string(call.disposition.rawValue), "billsec": .optional(call.billable?.wholeSeconds),
    ]
  }

  private func json(_ use: ResourceUse) -> JSONValue {
    [
      "limit": .optional(use.limit.map { Int64($0.value) }), "source": .optional(use.limit?.source),
      "certainty": .optional(use.limit?.certainty.rawValue),
      "peak": int(use.peak), "peakAt": .optional(use.peakAt?.iso8601), "refused": int(use.refusals),
      "firstRefusedAt": .optional(use.firstRefusedAt?.iso8601),
      "secondsAbove80Percent": .optional(
        use.limit.map { use.time(abovePercent: Self.warningPercent, of: $0.value).wholeSeconds }),
    ]
  }

  static let warningPercent = 80

  private func int(_ value: Int) -> JSONValue { .integer(Int64(value)) }
}
