import HardwareProfiles
import PBXModel
import Primitives
import SIPCapture
import Simulation

extension FleetSummary {
  /// The table a person reads, with a line above for what was read and notes below for what is not known.
  ///
  /// - Parameter width: columns of the terminal; nil, as for a pipe, cuts nothing.
  public func text(width: Int? = nil) -> String {
    var table = TextTable(columns.map { TextTable.Column($0.title, alignment: $0.alignment) })
    for result in [withoutLimits] + results { table.append(columns.map { $0.text(result) }) }
    return head + "\n" + table.text(width: width) + notes
  }

  private var head: String {
    let tally = withoutLimits.tally
    let period =
      if let first, let last {
        ", \(timeZone.local(first).text) to \(timeZone.local(last).text) \(timeZone.name)"
      } else { "" }
    var lines = [
      ("Trace", "\(account.frames) frames, \(account.messages) SIP messages\(period)"), ("PBX", pbx),
      ("Traffic", "\(tally.calls) calls, \(tally.rows) rows, \(tally.bindingsAdded) bindings added"),
    ]
    if crmSystem != "none" { lines.append(("CRM", crmSystem)) }
    for concern in AccountReport(account, traces: captureNames).concerns.prefix(1) {
      lines.append(("Not read", concern))
    }
    return lines.map { name, value in
      name + String(repeating: " ", count: max(1, 10 - name.count)) + value + "\n"
    }.joined()
  }

  private typealias Column = (title: String, alignment: TextTable.Alignment, text: (Fleet.Result) -> String)

  private var columns: [Column] {
    let timeZone = timeZone
    var columns: [Column] = [("MODEL", .leading, { $0.name })]
    if results.contains(where: { $0.member.firmware != nil }) {
      columns.append(("FIRMWARE", .leading, { $0.member.firmware?.name ?? "" }))
    }
    columns += [
      ("REFUSED", .trailing, { String($0.tally.callsRefused) }),
      ("UNREACHED", .trailing, { String($0.tally.callsUnreachable) }),
      ("UNKNOWN", .trailing, { String($0.tally.outcomesUnknown) }),
      ("FIRST REFUSED", .leading, { $0.firstRefusedAt.map { timeZone.local($0).text } ?? "" }),
      ("CALLS", .trailing, { Self.use($0, .calls) }),
      ("SRTP", .trailing, { Self.use($0, .srtpCalls) }),
      ("USERS", .trailing, { Self.use($0, .users) }),
      ("REG. REFUSED", .trailing, { String($0.tally.registrationsRefused) }),
      ("ALERTS", .trailing, { String($0.tally.systemEvents) }),
      ("ROWS", .trailing, { String($0.tally.rows) }),
      ("DIFFERING", .trailing, { String($0.rows.total) }),
    ]
    if crmSystem != "none" {
      columns += [
        ("LOOKUPS", .trailing, { $0.hasCRM ? String($0.lookups) : "no CRM" }),
        ("LOGGED", .trailing, { $0.hasCRM ? String($0.tally.callsLogged) : "" }),
      ]
    }
    return columns
  }

  /// `12/30`, the peak and the limit; `12/?` where nobody knows the limit.
  private static func use(_ result: Fleet.Result, _ resource: Resource) -> String {
    let use = result.ledger[resource]
    guard !result.isWithoutLimits else { return String(use.peak) }
    return "\(use.peak)/\(use.limit.map { String($0.value) } ?? "?")"
  }

  private var notes: String {
    var text = """

      REFUSED, UNREACHED and UNKNOWN are calls: that found no place, whose extension could not register, and of which
      nobody can say how they would have gone on. FIRST REFUSED was a call or a registration.
      CALLS, SRTP and USERS are the peak and the limit. DIFFERING are rows that are other, missing or added against an
      appliance without limits.

      """
    let isOpen = [Resource.calls, .srtpCalls, .users].contains { resource in
      results.contains { $0.ledger[resource].limit == nil }
    }
    if isOpen { text += "? is a limit nobody knows, so it refused nothing: whether it fits is open.\n" }
    let others = withoutLimits.ledger
    let asked = Resource.allCases.filter {
      ![.calls, .srtpCalls, .users].contains($0) && others[$0].peak > 0
    }
    for resource in asked { text += line(on: resource) }
    if !assumptions.isEmpty {
      text += "\nThis comparison leaned on what nobody has documented:\n"
      for (assumption, times) in assumptions {
        text += "  \(times) × \(assumption.statement(under: settings)) (\(assumption.certainty.rawValue))\n"
      }
    }
    return text
  }

  /// What else the traffic takes, and who has how much of it.
  private func line(on resource: Resource) -> String {
    let refusing = results.filter { $0.ledger[resource].refusals > 0 }
      .map { "\($0.name) \($0.ledger[resource].refusals)" }
    let unknown = results.count { $0.ledger[resource].limit == nil }
    return "Up to \(withoutLimits.ledger[resource].peak) \(resource.words): "
      + (refusing.isEmpty ? "none refused" : "refused by " + refusing.joined(separator: ", "))
      + (unknown > 0 ? "; the limit of \(unknown) of \(results.count) is unknown" : "") + ".\n"
  }
}

extension Fleet.Result {
  var isWithoutLimits: Bool { member.profile.model.isEmpty }

  /// The model; of the appliance with enough of everything, that it is that.
  var name: String { isWithoutLimits ? "(no limits)" : member.profile.model }

  /// Questions to the CRM, whatever came of them.
  var lookups: Int {
    tally.lookupsHit + tally.lookupsMissed + tally.lookupsAdded + tally.lookupsFailed + tally.lookupsAmbiguous
  }
}
