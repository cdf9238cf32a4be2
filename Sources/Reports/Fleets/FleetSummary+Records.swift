import HardwareProfiles
import Primitives
public import Simulation

extension FleetSummary {
  /// Titles of `texts(_:)`.
  public static let columns =
    [
      "model", "firmware", "calls", "callsRefused", "callsUnreachable", "outcomesUnknown",
      "firstRefusedAt", "registrationsRefused", "systemEvents", "rows",
      "rowsChanged", "rowsMissing", "rowsAdded",
    ] + Resource.allCases.flatMap { [$0.name + "Peak", $0.name + "Limit", $0.name + "Refusals"] }
    + ["crm", "crmRequests", "lookups", "callsLogged"]

  /// One text for each of `columns`, `unknown` for a limit nobody knows.
  public func texts(_ result: Fleet.Result) -> [String] {
    let tally = result.tally
    let head = [
      result.member.profile.model, result.member.firmware?.name ?? "", String(tally.calls),
      String(tally.callsRefused), String(tally.callsUnreachable), String(tally.outcomesUnknown),
      result.firstRefusedAt?.iso8601 ?? "", String(tally.registrationsRefused),
      String(tally.systemEvents), String(tally.rows), String(result.rows.changed), String(result.rows.missing),
      String(result.rows.added),
    ]
    let uses = Resource.allCases.flatMap { resource in
      let use = result.ledger[resource]
      return [String(use.peak), use.limit.map { String($0.value) } ?? "unknown", String(use.refusals)]
    }
    return head + uses + [
      result.hasCRM ? crmSystem : "none", String(result.crmRequests), String(result.lookups),
      String(tally.callsLogged),
    ]
  }
}
