import CloudPages
import Primitives

extension ZohoCloud {
  /// `/tab/…`: home, the reports, and the modules with their records.
  mutating func respondAsTab(_ visit: ZohoCRMVisit) -> CloudResponse {
    let place = Array(visit.parts.dropFirst())
    switch place.first {
    case "Home": return visit.isPost ? visit.wrongMethod : homePage(visit)
    case "Reports": return visit.isPost ? visit.wrongMethod : reportPage(visit, Array(place.dropFirst()))
    case let name?:
      guard let module = ZohoModuleName(rawValue: name) else {
        return visit.refusal(404, "This organization has no such module.")
      }
      return respondAsModule(visit, module, Array(place.dropFirst()))
    case nil: return .redirect(to: visit.path("tab", "Home"))
    }
  }

  private mutating func respondAsModule(
    _ visit: ZohoCRMVisit, _ module: ZohoModuleName, _ place: [String]
  ) -> CloudResponse {
    guard let id = place.first else { return visit.isPost ? visit.wrongMethod : listPage(visit, module) }
    if id == "create", place.count == 1 {
      return visit.isPost ? save(nil, module, visit) : editPage(visit, module, over: nil)
    }
    guard let record = centres[visit.centre].organisations[visit.index].records.record(id, in: module) else {
      return visit.refusal(404, "The record is not there: it was deleted, or it belongs to another organization.")
    }
    switch (place.count, place.last, visit.isPost) {
    case (1, _, false): return recordPage(visit, record)
    case (2, "edit", false): return editPage(visit, module, over: record)
    case (2, "edit", true): return save(record, module, visit)
    case (2, "delete", true):
      let user = centres[visit.centre].organisations[visit.index].userIndex(zuid: visit.user.zuid) ?? 0
      _ = centres[visit.centre].organisations[visit.index].records.delete(
        id, in: module, by: user, at: visit.instant)
      return visit.done(.recordDeleted, visit.path("tab", module.rawValue))
    case (1, _, true), (2, "delete", false): return visit.wrongMethod
    case (_, _, _): return visit.notFound
    }
  }

  /// How much there is, who is calling, and what was called last.
  private func homePage(_ visit: ZohoCRMVisit) -> CloudResponse {
    let organisation = centres[visit.centre].organisations[visit.index]
    let counts = ZohoCRMVisit.tabs.map { module in
      PageCard(
        PageLink(module.rawValue, visit.path("tab", module.rawValue)),
        "record".counted(organisation.records.count(in: module)))
    }
    let report = ZohoCallsReport(.today, of: organisation, at: visit.instant)
    return visit.page(
      "Welcome, \(visit.user.fullName)",
      [
        .cards(counts),
        .section(
          id: "calls-today", title: "Calls today",
          [
            .text("\("call".counted(report.count)), \(report.duration) in all."),
            .actions([
              PageLink("Todays Calls", visit.path("tab", "Reports", "activity", ZohoCallsReport.Range.today.rawValue)),
              PageLink("Live calls", visit.path("live-calls")),
            ]),
          ]),
        .section(id: "live", title: "Live calls", [.table(liveTable(visit, organisation))]),
      ])
  }
}
