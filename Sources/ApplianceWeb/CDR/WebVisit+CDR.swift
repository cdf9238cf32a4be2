import ApplianceAPI
import CloudPages
import HTTPTypes
import Primitives

// CDR > CDR: calls with their legs folded in, filtered as the API filters; the export has the API's own bytes.
extension WebVisit {
  private static var callsPerPage: Int { 50 }
  /// Conditions, named as in the API, so that an address of a page is one of the export too.
  private static var filterNames: [String] {
    ["startTime", "endTime", "caller", "callee", "AnsweredBy", "minDur", "maxDur"]
  }

  private var filters: [(name: String, value: String)] {
    request.conditions.filter { Self.filterNames.contains($0.name) }
  }

  private var offset: Int { max(0, request.value("offset").flatMap { Int($0) } ?? 0) }

  func cdr(_ doors: ApplianceDoors) -> WebAnswer {
    var query = doors.cdrRequest(filters + [("format", "json")], onSiteClockOf: state)
    // One more than is shown tells whether there is another page.
    query.limit = Self.callsPerPage + 1
    query.offset = min(offset, 1_000_000_000)
    var notices: [PageNotice] = []
    if query.isEmpty {
      notices.append(PageNotice(.error, "A filter cannot be read, so that no row matches. Check times and durations."))
    }
    var entries: [CDRListing.Entry] = []
    do throws(CDRRequest.Refusal) {
      entries = CDRListing(try state.cdrDocument(query))?.entries ?? []
    } catch {
      switch error {
      case .unreadableNumber:
        notices.append(PageNotice(.error, "A number or pattern cannot be read, so that no row matches."))
      case .unavailable: notices.append(PageNotice(.error, "The database cannot be read at the moment."))
      }
    }
    let shown = Array(entries.prefix(Self.callsPerPage))
    return page(
      "CDR", at: .cdr, notices: notices,
      [
        .form(filterForm()), .table(table(shown)),
        .pager(pager(shown.count, hasMore: entries.count > Self.callsPerPage)),
        .links([PageLink("Download as CSV", address("/cdr.csv", filters))]),
      ])
  }

  func cdrExport(_ doors: ApplianceDoors) -> WebAnswer {
    let query = doors.cdrRequest(filters + [("format", "csv")], onSiteClockOf: state)
    do throws(CDRRequest.Refusal) {
      let body = try state.cdrDocument(query)
      var answer = WebAnswer(.ok, ApplianceDoors.contentType(of: .csv), body)
      answer.response.headerFields[.contentDisposition] = "attachment; filename=\"cdr.csv\""
      return answer
    } catch {
      switch error {
      case .unreadableNumber: return WebInterface.refusal(.badRequest, "A number or pattern cannot be read.")
      case .unavailable:
        return WebInterface.refusal(.serviceUnavailable, "The database cannot be read at the moment.")
      }
    }
  }

  private func filterForm() -> PageForm {
    let value = { (name: String) in filters.first { $0.name == name }?.value ?? "" }
    return PageForm(
      id: "filter", action: "/cdr", method: .get,
      fields: [
        PageField("startTime", "Start Time from", .localTime, value: value("startTime")),
        PageField("endTime", "Start Time to", .localTime, value: value("endTime")),
        PageField("caller", "Caller Number", value: value("caller"), hint: "Such as 1001, 1001-1010 or 10xx."),
        PageField("callee", "Callee Number", value: value("callee")),
        PageField("AnsweredBy", "Answered by", value: value("AnsweredBy")),
        PageField("minDur", "Talk Time from (seconds)", .number, value: value("minDur")),
        PageField("maxDur", "Talk Time to (seconds)", .number, value: value("maxDur")),
      ], buttons: [PageButton("Filter")], layout: .columns)
  }

  private func table(_ entries: [CDRListing.Entry]) -> PageTable {
    let open = request.value("open").flatMap { Int($0) }
    var rows: [[PageCell]] = []
    for (place, entry) in entries.enumerated() {
      rows.append(cells(entry.main, legs: legs(entry, at: place, isOpen: open == place)))
      if open == place {
        rows += entry.legs.enumerated().map { cells($1, legs: .text("Leg \($0 + 1)")) }
      }
    }
    return PageTable(
      id: "cdr-table", caption: "Calls, oldest first; times on the site's clock",
      columns: [
        "Start Time", "Caller", "Callee", "Action Type", "Duration", "Talk Time", "Status", "Recording", "Legs",
      ], rows: rows, emptyText: "No call matches.")
  }

  private func cells(_ row: CDRListing.Row, legs: PageCell) -> [PageCell] {
    let disposition = row["disposition"]
    let kind: PageNotice.Kind =
      disposition == "ANSWERED" ? .success : disposition.isEmpty ? .information : .error
    return [
      .text(row["start"]), .text(BridgedCall.Side(channel: "", number: row["src"], name: row["caller_name"]).text),
      .text(row["dst"]),
      .text(row["action_type"]), .text(CDRListing.Row.clock(row["duration"])),
      .text(CDRListing.Row.clock(row["billsec"])), disposition.isEmpty ? .text("") : .badge(disposition, kind),
      .text(row.recordings.joined(separator: " ")), legs,
    ]
  }

  /// A main row has as many legs folded in as a link says that shows them.
  private func legs(_ entry: CDRListing.Entry, at place: Int, isOpen: Bool) -> PageCell {
    guard !entry.legs.isEmpty else { return .text("1") }
    let here = filters + (offset > 0 ? [("offset", String(offset))] : [])
    if isOpen { return .link(PageLink("Hide legs", address("/cdr", here))) }
    return .link(
      PageLink("Show \(WebPages.count(entry.legs.count, "leg"))", address("/cdr", here + [("open", String(place))])))
  }

  private func pager(_ shown: Int, hasMore: Bool) -> PagePager {
    let text = shown == 0 ? "No calls" : "Calls \(offset + 1) to \(offset + shown)"
    let at = { (offset: Int) in address("/cdr", filters + (offset > 0 ? [("offset", String(offset))] : [])) }
    return PagePager(
      text, previous: offset > 0 ? at(max(0, offset - Self.callsPerPage)) : nil,
      next: hasMore ? at(offset + Self.callsPerPage) : nil)
  }

  private func address(_ path: String, _ pairs: [(name: String, value: String)]) -> String {
    let query = pairs.map { "\(PercentEncoding.encode($0.name))=\(PercentEncoding.encode($0.value))" }
    return path + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
  }
}
