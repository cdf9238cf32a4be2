import ApplianceAPI
import CloudPages
import HTTPTypes
import Primitives

// Two models side by side: what each has in use, what it refused, and in what their rows differ.
extension WebVisit {
  func models() -> WebAnswer {
    guard let pair else {
      return WebInterface.refusal(.notFound, "One model is served. Give another to ucmsim serve with --beside.")
    }
    let (one, other) = (pair.first.system.model, pair.second.system.model)
    return page(
      "Models Side by Side", at: .models,
      [
        .columns([
          column(pair.first, "first", isShown: !session.isBeside),
          column(pair.second, "second", isShown: session.isBeside),
        ]), .section(id: "rows", title: "CDR Rows", rows(pair.comparison(), one, other)),
      ])
  }

  private func column(_ state: State, _ place: String, isShown: Bool) -> [PageBlock] {
    let (system, totals) = (state.system, state.totals)
    let limits = PageTable(
      id: "limits-\(place)", caption: "What is in use against the limits of \(system.model)",
      columns: ["Resource", "In use", "Limit"],
      rows: state.limits.map { limit in
        let isFull = limit.limit.map { limit.inUse >= $0 } ?? false
        let most: PageCell =
          isFull ? .badge("\(limit.limit ?? 0), full", .error) : .text(limit.limit.map { "\($0)" } ?? "not known")
        return [.text(limit.name), .text("\(limit.inUse)"), most]
      }, emptyText: "Nothing is known yet.")
    let choice = PageForm(
      id: "show-\(place)", action: "/models", hidden: [proof, .init("model", place)],
      buttons: [PageButton("Show the pages of \(system.model)")])
    return [
      .section(
        id: "model-\(place)", title: system.model,
        [
          .facts([
            PageFact(id: "firmware-\(place)", "Software Version", system.firmware),
            PageFact(id: "calls-\(place)", "Calls", "\(totals.calls)"),
            PageFact(id: "refused-\(place)", "Calls Refused", "\(totals.refused)"),
            PageFact(id: "rows-\(place)", "CDR Rows", "\(totals.rows)"),
            PageFact(id: "events-\(place)", "System Events", "\(totals.systemEvents)"),
          ]),
          isShown ? .text("The pages are those of this model.") : .form(choice), .table(limits),
        ])
    ]
  }

  private func rows(_ comparison: ModelComparison, _ one: String, _ other: String) -> [PageBlock] {
    let earliest = comparison.earliest.map { "\(text($0.time)), \($0.caller) to \($0.callee): \($0.text)" }
    let table = PageTable(
      id: "differences-table", caption: "Calls whose rows differ, the last first: \(one) before \(other)",
      columns: ["Start Time", "Call From", "Call To", "Difference"],
      rows: comparison.latest.reversed().map { difference in
        [.moment(text(difference.time)), .text(difference.caller), .text(difference.callee), .text(difference.text)]
      }, emptyText: "No row differs.")
    return [
      .facts([
        PageFact(id: "same", "Calls with the same rows", "\(comparison.same)"),
        PageFact(id: "different", "Calls with other rows", "\(comparison.different)"),
        PageFact(id: "only-first", "Calls with rows on \(one) alone", "\(comparison.onlyFirst)"),
        PageFact(id: "only-second", "Calls with rows on \(other) alone", "\(comparison.onlySecond)"),
        PageFact(id: "earliest", "First difference in time", earliest ?? "none"),
      ]), .table(table),
    ]
  }
}
