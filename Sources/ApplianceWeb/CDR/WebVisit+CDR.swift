import ApplianceAPI
import CloudPages
import HTTPTypes
import Primitives

// CDR > CDR: one row for each call with its legs folded in; the export has the rows that the API would give.
extension WebVisit {
  func cdr(_ doors: ApplianceDoors) -> WebAnswer {
    let filter = CDRFilter(request)
    var place = CDRListingPlace(request)
    var listing = CDRListing()
    var notices: [PageNotice] = []
    let rows = filter.request(doors, .json, of: state)
    if rows.isEmpty {
      notices.append(PageNotice(.error, "A filter cannot be read, so that no row matches. Check what is entered."))
    } else {
      do throws(CDRRequest.Refusal) { listing = try state.cdrListing(place.request(rows)) } catch {
        switch error {
        case .unreadableNumber:
          notices.append(PageNotice(.error, "A number or pattern cannot be read, so that no row matches."))
        case .unavailable: notices.append(PageNotice(.error, "The database cannot be read at the moment."))
        }
      }
    }
    if listing.hasLostCursor {
      place.ordinal = 0
      notices.append(PageNotice(.information, "That part of the list is gone. This is its beginning."))
    }
    let hidden = place.order.map { PageForm.Hidden($0.name, $0.value) }
    return page(
      "CDR", at: .cdr, notices: notices,
      [
        .form(filter.form(trunks: state.configuration.trunks, hidden: hidden)),
        .links([PageLink("Download these calls as CSV", Self.address("/cdr.csv", filter.conditions))]),
        .table(table(listing, place, filter)), .pager(pager(listing, place, filter)),
      ])
  }

  /// All calls that match, oldest first, however many: the bytes follow while they are read.
  func cdrExport(_ doors: ApplianceDoors) -> WebAnswer {
    var rows = CDRFilter(request).request(doors, .csv, of: state)
    rows.limit = .max
    guard !rows.isEmpty else { return WebInterface.refusal(.badRequest, "A filter cannot be read.") }
    var answer = WebAnswer(.ok, ApplianceDoors.contentType(of: .csv), [])
    answer.response.headerFields[.contentDisposition] = "attachment; filename=\"cdr.csv\""
    answer.rows = rows
    return answer
  }

  private func table(_ listing: CDRListing, _ place: CDRListingPlace, _ filter: CDRFilter) -> PageTable {
    var folds: [Int: PageFold] = [:]
    for (index, call) in listing.calls.enumerated() where call.rows.count > 1 {
      folds[index] = PageFold(WebPages.count(call.rows.count, "leg"), legs(of: call))
    }
    let columns = CDRListingColumn.all.map { column in
      PageColumn(
        column.title, target: column.sort.map { Self.address("/cdr", filter.conditions + place.sorted(by: $0)) },
        order: column.sort == place.column ? (place.isDescending ? .descending : .ascending) : nil)
    }
    let order = place.column == .start ? (place.isDescending ? ", latest first" : ", oldest first") : ""
    return PageTable(
      id: "cdr-table", caption: "Calls\(order); times on the site's clock", columns: columns + [PageColumn("Flow")],
      rows: listing.calls.map { call in
        (call.main.map { cells($0) } ?? []) + [.link(PageLink("Ladder", "/cdr/\(call.id)"))]
      }, folds: folds,
      emptyText: listing.isCutShort ? "None found so far." : "No call matches.")
  }

  func legs(of call: CDRCallFacts) -> PageTable {
    PageTable(
      id: "legs-\(call.id)", caption: "Legs of the call, in the order of their rows",
      columns: CDRListingColumn.all.map { PageColumn($0.title) }, rows: call.rows.map { cells($0) }, emptyText: "")
  }

  func cells(_ row: CDRRowFacts) -> [PageCell] {
    let kind: PageNotice.Kind = row.status == "ANSWERED" ? .success : .error
    let recording = row.recordings.isEmpty ? (row.wouldBeRecorded ? ["auto-record"] : []) : row.recordings
    return [
      .badge(row.status, kind), .text(row.caller.text), .text(row.callee.text), .text(row.action),
      .moment(text(row.start)), .text("\(Self.clock(row.talkSeconds)) / \(Self.clock(row.durationSeconds))"),
      .text(row.account),
      .text(recording.joined(separator: " ")),
    ]
  }

  private static func clock(_ seconds: Int64) -> String { PageElapsed(seconds: max(0, seconds), rate: 0).text }

  private func pager(_ listing: CDRListing, _ place: CDRListingPlace, _ filter: CDRFilter) -> PagePager {
    let shown = listing.calls.count
    var text = shown == 0 ? "No calls" : "Calls \(place.ordinal + 1) to \(place.ordinal + shown)"
    switch listing.count {
    case .exactly(let count) where shown > 0: text += " of \(max(count, place.ordinal + shown))"
    case .atLeast(let count): text += " of more than \(max(count, place.ordinal + shown))"
    case .exactly, nil: break
    }
    if listing.isCutShort { text += "; few match, and this was looked through so far" }
    let at = { (cursor: Int64, isBefore: Bool) in
      Self.address("/cdr", filter.conditions + place.at(cursor, isBefore: isBefore, shown: shown))
    }
    return PagePager(text, previous: listing.previous.map { at($0, true) }, next: listing.next.map { at($0, false) })
  }

  static func address(_ path: String, _ pairs: [(name: String, value: String)]) -> String {
    let query = pairs.map { "\(PercentEncoding.encode($0.name))=\(PercentEncoding.encode($0.value))" }
    return path + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
  }
}

/// A column of the CDR page (observed: reference section 5.6; the duration is added).
private struct CDRListingColumn {
  let title: String
  let sort: CDRListingRequest.Column?

  static let all = [
    CDRListingColumn(title: "Status", sort: .status), .init(title: "Call From", sort: .caller),
    .init(title: "Call To", sort: .callee), .init(title: "Action Type", sort: .action),
    .init(title: "Start Time", sort: .start), .init(title: "Talk Time / Duration", sort: .talk),
    .init(title: "Account Code", sort: .account), .init(title: "Recording", sort: nil),
  ]
}
