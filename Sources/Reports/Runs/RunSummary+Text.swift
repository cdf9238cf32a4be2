import CRMConnectors
import HardwareProfiles
import PBXModel
import Primitives
import SIPCapture
import Simulation

extension RunSummary {
  /// The summary a person reads after a replay.
  public var text: String {
    var lines: [(String, String)] = [
      (
        "Model",
        "\(profile.model) (\(profile.displayName == profile.model ? profile.family : profile.displayName))\(firmware)"
      ),
      ("PBX", pbx),
      ("Trace", "\(account.frames) frames, \(account.messages) SIP messages\(period)"),
      ("Calls", "\(tally.calls)\(breakdown(directions))"),
      ("", dispositions.joined(separator: ", ")),
    ]
    if tally.callsRunningAtStart + tally.callsRunningAtEnd > 0 {
      lines.append(
        ("", "without a row: \(tally.callsRunningAtStart) up at the start, \(tally.callsRunningAtEnd) at the end"))
    }
    lines.append(("Refused", "\(tally.callsRefused) calls, \(tally.registrationsRefused) registrations"))
    lines += Self.few(refusedByLimit)
    lines += Self.few(divergences.isEmpty ? [] : ["calls " + divergences.joined(separator: ", ")])
    lines.append(("Peak", "\(use(.calls, "calls")); \(use(.users, "registered extensions"))"))
    lines += Self.few(otherPeaks)
    lines += Self.few(trunkPeaks, heading: "Trunks")
    lines.append(("Registry", registry))
    lines += Self.few(extensionExcesses)
    lines.append(("CRM", crm))
    lines += crmTroubles.map { ("", $0) }
    lines += [
      ("CDR", "\(tally.rows) row\(tally.rows == 1 ? "" : "s")")
    ]
    lines += storage.map { ("", $0) }
    lines += notRead
    let body = lines.map { name, value in
      name + String(repeating: " ", count: max(1, 10 - name.count)) + value + "\n"
    }.joined()
    return body + notes
  }

  private var firmware: String { profile.firmware.map { " with firmware \($0)" } ?? "" }

  /// How many frames may hide messages, and why.
  private var notRead: [(String, String)] {
    let concerns = accountReport.concerns
    guard !concerns.isEmpty else { return [] }
    let frames = account.framesThatMayHideMessages
    let total = frames == 0 ? "messages may be missing" : "\(frames) frame\(frames == 1 ? "" : "s") may hide messages"
    return [("Not read", "\(total): \(concerns[0])")] + concerns.dropFirst().map { ("", $0) }
  }

  private var period: String {
    guard let first, let last else { return "" }
    return ", \(timeZone.local(first).text) to \(timeZone.local(last).text) \(timeZone.name)"
  }

  private func breakdown(_ parts: [String]) -> String { parts.isEmpty ? "" : ": " + parts.joined(separator: ", ") }

  private var directions: [String] {
    CallDirection.allCases.compactMap { direction in
      tally.callsByDirection[direction].map { "\($0) \(direction.rawValue)" }
    }
  }

  private var dispositions: [String] {
    Disposition.allCases.map { "\(tally.callsByDisposition[$0] ?? 0) \($0.rawValue)" }
  }

  /// The first lines of a list that may be long; `summary.json` has them all.
  private static func few(_ lines: [String], heading: String = "") -> [(String, String)] {
    let most = 10
    var result = lines.prefix(most).map { ("", $0) }
    if lines.count > most { result.append(("", "and \(lines.count - most) more")) }
    if !result.isEmpty { result[0].0 = heading }
    return result
  }

  private var registry: String {
    "\(tally.bindingsAdded) bindings added, \(tally.bindingsRefreshed) refreshed, \(tally.bindingsRemoved) removed, "
      + "\(tally.bindingsExpired) expired"
      + (tally.bindingsDisplaced > 0 ? ", \(tally.bindingsDisplaced) displaced" : "")
  }

  private var crm: String {
    guard crmSystem != "none" else { return "none" }
    return "\(crmSystem): \(tally.lookupsHit) lookups hit, \(tally.lookupsMissed) missed, \(tally.lookupsAdded) added, "
      + (tally.lookupsAmbiguous > 0 ? "\(tally.lookupsAmbiguous) ambiguous, " : "")
      + "\(tally.lookupsFailed) failed; \(tally.callsLogged) calls logged, \(tally.callLogsFailed) failed"
  }

  /// Users who are logged out, and call logs that were late or are not there.
  private var crmTroubles: [String] {
    var lines: [String] = []
    for user in tally.crmUsers {
      switch user.status {
      case .loggedIn: continue
      case .loggedOut(let reason, let failure):
        let extensions = user.extensions.joined(separator: ", ")
        lines.append("\(extensions) Logged Out: \(reason.words) (\(failure.code))")
      }
    }
    if tally.callLogsPostponed > 0 {
      lines.append(
        "call logs kept and sent later: \(tally.callLogsPostponed); discarded: \(tally.callLogsDiscarded); still "
          + "unsent at the end: \(tally.callLogsUnsent)")
    }
    return lines
  }

  /// Power failures, rows without room, the cleaner.
  private var storage: [String] {
    var lines: [String] = []
    if tally.powerCuts > 0 {
      lines.append(
        "\(tally.powerCuts) power failure\(tally.powerCuts == 1 ? "" : "s"): \(tally.callsCut) calls cut off without a "
          + "row, \(tally.rowsCut) gathered rows and \(tally.callLogsCut) call logs lost; while it was down "
          + "\(tally.callsWhileDown) calls and \(tally.registrationsWhileDown) REGISTERs came")
    }
    if tally.rowsNotStored > 0 { lines.append("\(tally.rowsNotStored) rows found no room") }
    if tally.rowsCleaned > 0 { lines.append("\(tally.rowsCleaned) rows taken away by the cleaner") }
    return lines
  }

  private var notes: String {
    var text = ""
    let losses = (tracking?.entries ?? []).filter { $0.isLoss && $0.count > 0 }
    if !losses.isEmpty {
      text += "\nSeen but in no call or binding:\n"
      for loss in losses { text += "  \(loss.count) \(loss.name)\n" }
    }
    if !assumptions.isEmpty {
      text += "\nThis run leaned on what nobody has documented:\n"
      for (assumption, times) in assumptions {
        text += "  \(times) × \(assumption.statement(under: settings)) (\(assumption.certainty.rawValue))\n"
      }
    }
    if let directory { text += "\nFiles of the run: \(directory)\n" }
    return text
  }
}
