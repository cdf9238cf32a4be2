import HardwareProfiles
import PBXModel
import Primitives
import SIPCapture
import Simulation

extension FleetSummary {
  /// The comparison as one page that needs nothing else: no script, no font, no picture from elsewhere.
  public var html: String { FleetPage(self).text }
}

/// Writes the page of a comparison.
struct FleetPage {
  let summary: FleetSummary

  init(_ summary: FleetSummary) { self.summary = summary }

  var text: String {
    var page = FleetPageStyle.head
    page += "<header><h1>The same traffic on \(counted(summary.results.count, "appliance"))</h1>\n"
    page += facts + "</header>\n<main>\n"
    page += warnings
    page += table
    page += "<h2>Concurrent calls</h2>\n" + UseCurvePicture(summary).text
    page += "<h2>Each appliance</h2>\n"
    for result in summary.results { page += details(of: result) }
    page += assumptions
    return page + "</main>\n<footer>ucmsim \(escaped(summary.toolVersion)), trace \(escaped(summary.fingerprint)), "
      + "seed \(summary.seed)</footer>\n</body>\n</html>\n"
  }

  private var facts: String {
    let tally = summary.withoutLimits.tally
    var rows = [
      ("Traces", summary.inputs.joined(separator: ", ")), ("Site", summary.siteName ?? "none given"),
      ("PBX", summary.pbx),
      ("Traffic", "\(counted(tally.calls, "call")), \(counted(summary.account.messages, "SIP message"))"),
    ]
    if let first = summary.first, let last = summary.last {
      rows.append(("Time", "\(local(first)) to \(local(last)) \(summary.timeZone.name)"))
    }
    if summary.crmSystem != "none" { rows.append(("CRM", summary.crmSystem)) }
    return "<dl>" + rows.map { "<dt>\($0)</dt><dd>\(escaped($1))</dd>" }.joined() + "</dl>\n"
  }

  private var warnings: String {
    let concerns = AccountReport(summary.account, traces: summary.captureNames).concerns
      .map { "Messages may be missing: \($0)" }
    return (summary.failures + summary.notices + concerns)
      .map { "<p class=\"warning\">\(escaped($0))</p>\n" }.joined()
  }

  private var table: String {
    let columns = [
      "Calls refused", "Unreachable", "Outcome unknown", "First refused", "Calls", "Encrypted", "Users",
      "Registrations refused", "Alerts", "Rows",
      "Rows differing",
    ]
    let hasFirmware = summary.results.contains { $0.member.firmware != nil }
    var table = "<p class=\"note\">Calls, encrypted calls and users: the peak and the limit. Unreachable: "
    table += "calls whose extension could not register. Rows differing: other, missing or added against an appliance "
    table += "without limits.</p>\n<div class=\"wide\" tabindex=\"0\" "
    table += "role=\"region\" aria-label=\"All appliances\"><table>\n<thead><tr><th scope=\"col\">Model</th>"
    if hasFirmware { table += "<th scope=\"col\">Firmware</th>" }
    table += columns.map { "<th scope=\"col\">\($0)</th>" }.joined()
    if summary.crmSystem != "none" { table += "<th scope=\"col\">Lookups</th><th scope=\"col\">Logged</th>" }
    table += "</tr></thead>\n<tbody>\n"
    for result in [summary.withoutLimits] + summary.results { table += row(result, hasFirmware: hasFirmware) }
    return table + "</tbody></table></div>\n"
  }

  private func row(_ result: Fleet.Result, hasFirmware: Bool) -> String {
    let tally = result.tally
    let name = result.isWithoutLimits ? "no limits" : escaped(result.name)
    var row = "<tr><th scope=\"row\">\(name)</th>"
    if hasFirmware { row += cell(result.member.firmware?.name ?? "") }
    row += cell(String(tally.callsRefused), isBad: tally.callsRefused > 0)
    row += cell(String(tally.callsUnreachable), isBad: tally.callsUnreachable > 0)
    row += cell(String(tally.outcomesUnknown), isBad: tally.outcomesUnknown > 0)
    row += cell(result.firstRefusedAt.map(local) ?? "")
    for resource in [Resource.calls, .srtpCalls, .users] { row += use(result, resource) }
    row += cell(String(tally.registrationsRefused), isBad: result.ledger.users.refusals > 0)
    row += cell(String(tally.systemEvents)) + cell(String(tally.rows))
    row += cell(String(result.rows.total), isBad: result.rows.total > 0)
    if summary.crmSystem != "none" {
      row += result.hasCRM ? cell(String(result.lookups)) + cell(String(tally.callsLogged)) : cell("no CRM") + cell("")
    }
    return row + "</tr>\n"
  }

  private func use(_ result: Fleet.Result, _ resource: Resource) -> String {
    let use = result.ledger[resource]
    if result.isWithoutLimits { return cell(String(use.peak)) }
    guard let limit = use.limit else { return "<td>\(use.peak) of <span class=\"open\">unknown</span></td>" }
    return cell("\(use.peak) of \(limit.value)", isBad: use.refusals > 0)
  }

  private func details(of result: Fleet.Result) -> String {
    let firmware = result.member.firmware.map { ", firmware \($0.name)" } ?? ""
    let refused = result.tally.callsRefused
    let verdict = refused == 0 ? "no call refused" : "\(counted(refused, "call")) refused"
    var text = "<details><summary>\(escaped(result.name + firmware)): \(verdict)</summary>\n"
    text += "<div class=\"wide\" tabindex=\"0\"><table><thead><tr>"
    let columns = [
      "Resource", "Peak", "When", "Limit", "Known from", "Refused", "Above \(FleetSummary.warningPercent) %",
    ]
    text += columns.map { "<th scope=\"col\">\($0)</th>" }.joined() + "</tr></thead><tbody>\n"
    for resource in Resource.allCases where isOfInterest(resource, result) { text += line(resource, result) }
    text += "</tbody></table></div>\n"
    text += "<p>Rows: \(result.tally.rows), of which against an appliance without limits \(result.rows.changed) other "
    text += "and \(result.rows.added) added; \(result.rows.missing) missing.</p>\n"
    return text + refusals(of: result) + "</details>\n"
  }

  /// What the site file and the traffic have nothing of is left out.
  private func isOfInterest(_ resource: Resource, _ result: Fleet.Result) -> Bool {
    [.calls, .srtpCalls, .users].contains(resource) || summary.withoutLimits.ledger[resource].peak > 0
  }

  private func line(_ resource: Resource, _ result: Fleet.Result) -> String {
    let use = result.ledger[resource]
    let long = use.limit.map {
      "\(use.time(abovePercent: FleetSummary.warningPercent, of: $0.value).wholeSeconds) s"
    }
    return "<tr><th scope=\"row\">\(resource.words)</th>" + cell(String(use.peak)) + cell(use.peakAt.map(local) ?? "")
      + (use.limit.map { cell(String($0.value)) } ?? "<td><span class=\"open\">unknown, not enforced</span></td>")
      + cell(use.limit.map { "\($0.certainty.rawValue): \($0.source)" } ?? "")
      + cell(String(use.refusals), isBad: use.refusals > 0) + cell(long ?? "") + "</tr>\n"
  }

  private static let refusalsMax = 100

  private func refusals(of result: Fleet.Result) -> String {
    let entries = result.refusals.entries
    guard !entries.isEmpty else { return "" }
    var text = "<div class=\"wide\" tabindex=\"0\"><table><caption>Refused calls</caption><thead><tr>"
    text += ["Call", "When", "Caller", "Dialled", "For want of", "In the trace"]
      .map { "<th scope=\"col\">\($0)</th>" }.joined()
    text += "</tr></thead><tbody>\n"
    for entry in entries.prefix(Self.refusalsMax) {
      let call = entry.call
      text += "<tr>" + cell(String(call.id.rawValue)) + cell(local(entry.time)) + cell(call.callerNumber)
      text += cell(call.dialled) + cell(entry.resource?.words ?? "a leg dialled for it")
      text += cell(call.disposition.rawValue) + "</tr>\n"
    }
    text += "</tbody></table></div>\n"
    let left = max(0, entries.count - Self.refusalsMax) + result.refusals.leftOut
    return text + (left > 0 ? "<p>and \(left) more.</p>\n" : "")
  }

  private var assumptions: String {
    guard !summary.assumptions.isEmpty else { return "" }
    return "<h2>Leaned on what nobody has documented</h2>\n<ul>\n"
      + summary.assumptions.map {
        let statement = escaped($0.assumption.statement(under: summary.settings))
        return "<li>\($0.times) × \(statement) (\($0.assumption.certainty.rawValue))</li>\n"
      }.joined() + "</ul>\n"
  }

  private func cell(_ text: String, isBad: Bool = false) -> String {
    "<td\(isBad ? " class=\"bad\"" : "")>\(escaped(text))</td>"
  }

  private func local(_ instant: Instant) -> String { summary.timeZone.local(instant).text }

  private func counted(_ count: Int, _ what: String) -> String { "\(count) \(what)\(count == 1 ? "" : "s")" }

  private func escaped(_ text: String) -> String { SVGText.escaped(text) }
}
