import CloudPages
import Primitives

extension ZohoCloud {
  /// Rows of one page; what is beyond is counted and not shown.
  private static let maximumReportRows = 2000

  /// `/tab/Reports/…`: the folders, and the reports of the folder of activities.
  func reportPage(_ visit: ZohoCRMVisit, _ place: [String]) -> CloudResponse {
    switch (place.count, place.first) {
    case (0, _): return reportsPage(visit)
    case (1, "activity"): return activityPage(visit)
    case (2, "activity"):
      guard let range = ZohoCallsReport.Range(rawValue: place[1]) else { return visit.notFound }
      return callsPage(visit, range)
    case (_, _): return visit.notFound
    }
  }

  private func reportsPage(_ visit: ZohoCRMVisit) -> CloudResponse {
    visit.page(
      "Reports",
      [
        .cards([
          PageCard(PageLink("Activity reports", visit.path("tab", "Reports", "activity")), "Calls by day and owner.")
        ])
      ])
  }

  private func activityPage(_ visit: ZohoCRMVisit) -> CloudResponse {
    let cards = ZohoCallsReport.Range.allCases.map { range in
      PageCard(
        PageLink(range.title, visit.path("tab", "Reports", "activity", range.rawValue)), "Grouped by call owner.")
    }
    return visit.page("Activity reports", under: [PageLink("Reports", visit.path("tab", "Reports"))], [.cards(cards)])
  }

  private func callsPage(_ visit: ZohoCRMVisit, _ range: ZohoCallsReport.Range) -> CloudResponse {
    let organisation = centres[visit.centre].organisations[visit.index]
    let report = ZohoCallsReport(range, of: organisation, at: visit.instant)
    let days = report.firstDay == report.lastDay ? report.firstDay : "\(report.firstDay) to \(report.lastDay)"
    var left = Self.maximumReportRows
    let sections = report.groups.map { group in
      let shown = group.calls.prefix(max(0, left))
      left -= shown.count
      let name = organisation.user(at: group.ownerIndex)?.fullName ?? ""
      return PageBlock.section(
        id: "owner-\(group.ownerIndex)", title: name,
        [.table(callsTable(group, Array(shown), name, visit, organisation))])
    }
    var notices: [PageNotice] = []
    let twins = organisation.callsLoggedTwice.count
    if twins > 0 {
      let text = "\("call".counted(twins)) logged twice, by PhoneBridge and by another client: see Live calls."
      notices.append(PageNotice(.error, text))
    }
    if report.count > Self.maximumReportRows {
      notices.append(PageNotice(.information, "The first \(Self.maximumReportRows) calls are shown; all are counted."))
    }
    return visit.page(
      range.title,
      under: [
        PageLink("Reports", visit.path("tab", "Reports")),
        PageLink("Activity reports", visit.path("tab", "Reports", "activity")),
      ], notices: notices,
      [
        .facts([
          PageFact(id: "report-days", "Call Start Time", "\(days) (\(organisation.timeZone.name))"),
          PageFact(id: "report-count", "Calls", String(report.count)),
          PageFact(id: "report-duration", "Call Duration", report.duration),
        ])
      ] + (sections.isEmpty ? [.text("No calls.")] : sections))
  }

  /// The columns are not documented (assumed: those that a call's page begins with).
  private func callsTable(
    _ group: ZohoCallsReport.Group, _ calls: [ZohoRecord], _ owner: String, _ visit: ZohoCRMVisit,
    _ organisation: ZohoOrganisation
  ) -> PageTable {
    let names = [
      "Call_Type", "Call_Start_Time", "Call_Duration", "Who_Id", "What_Id", "Call_Result", "Description",
    ]
    let fields = names.compactMap { ZohoModuleName.calls.field($0) }
    let before = fields.prefix(3)
    let after = fields.dropFirst(3)
    return PageTable(
      id: "calls-\(group.ownerIndex)", caption: "Calls of \(owner)",
      columns: ["Subject"] + before.map(\.label) + ["Call Owner"] + after.map(\.label),
      rows: calls.map { call in
        [.link(PageLink(call.displayName ?? call.id, visit.path("tab", "Calls", call.id)))]
          + before.map { organisation.cell($0, of: call, visit) } + [.text(owner)]
          + after.map { organisation.cell($0, of: call, visit) }
      },
      totals: [.text("call".counted(group.calls.count)), .text(""), .text(""), .text(group.duration), .text(owner)]
        + after.map { _ in .text("") },
      emptyText: "")
  }
}
