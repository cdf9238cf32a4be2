import CloudPages
import Primitives

extension ZohoCloud {
  /// `/live-calls`: what the business cards on the users' screens say, then what became of the calls.
  func liveCallsPage(_ visit: ZohoCRMVisit) -> CloudResponse {
    let organisation = centres[visit.centre].organisations[visit.index]
    let bridge = organisation.phoneBridge
    var notices: [PageNotice] = []
    if bridge.droppedCalls > 0 {
      let text =
        "Made room for later calls and not logged, because no end was told: " + "call".counted(bridge.droppedCalls)
      notices.append(PageNotice(.error, text))
    }
    var blocks: [PageBlock] = [
      .actions([PageLink("Reload", visit.path("live-calls"))]), .table(liveTable(visit, organisation)),
      .section(id: "finished", title: "Finished", [.table(finishedTable(visit, organisation))]),
    ]
    let twins = organisation.callsLoggedTwice
    if !twins.isEmpty {
      let text =
        "\("call".counted(twins.count)) logged twice: PhoneBridge writes a call's record by itself when it ends, and "
        + "somebody else wrote one with the same start and caller."
      notices.append(PageNotice(.error, text))
      blocks.append(.section(id: "logged-twice", title: "Logged twice", [.table(twinsTable(visit, twins))]))
    }
    if !bridge.dialErrors.isEmpty {
      let table = PageTable(
        id: "dial-errors", caption: "Clicks on a number that the provider could not carry out",
        columns: ["When", "Code", "From", "To"],
        rows: bridge.dialErrors.reversed().map {
          [.text(organisation.shown($0.at)), .text($0.code), .text($0.from), .text($0.to)]
        }, emptyText: "")
      blocks.append(.section(id: "clicks", title: "Click to dial", [.table(table)]))
    }
    return visit.page("Live calls", notices: notices, blocks)
  }

  func liveTable(_ visit: ZohoCRMVisit, _ organisation: ZohoOrganisation) -> PageTable {
    PageTable(
      id: "live-calls", caption: "Calls under way",
      columns: ["State", "Call", "Caller or called", "Number", "On the screen of"],
      rows: organisation.phoneBridge.liveCalls.suffix(100).reversed().map { call in
        let names = call.agentIDs.compactMap { id in organisation.users.first { $0.id == id }?.fullName }
        return [
          .badge(call.state.rawValue.capitalised, call.state == .answered ? .success : .information),
          .text(call.direction == .received ? "Received" : "Dialed"), party(call, visit, organisation),
          .text(call.customerNumber), .text(names.joined(separator: ", ")),
        ]
      }, emptyText: "No call rings or is being talked on.")
  }

  private func finishedTable(_ visit: ZohoCRMVisit, _ organisation: ZohoOrganisation) -> PageTable {
    PageTable(
      id: "finished-calls", caption: "The last \(ZohoPhoneBridge.maximumFinished) calls that ended",
      columns: ["State", "Call", "Caller or called", "Number", "Record written by PhoneBridge"],
      rows: organisation.phoneBridge.finishedCalls.reversed().map { call in
        let record = call.recordID.flatMap { organisation.records.record($0, in: .calls) }
        return [
          .badge(call.state.rawValue.capitalised, call.state == .ended ? .success : .error),
          .text(call.direction == .received ? "Received" : "Dialed"), party(call, visit, organisation),
          .text(call.customerNumber),
          record.map { .link(PageLink($0.displayName ?? $0.id, visit.path("tab", "Calls", $0.id))) } ?? .text("–"),
        ]
      }, emptyText: "No call has ended yet.")
  }

  /// Whose number it is, with a link to the record's page.
  private func party(
    _ call: ZohoPhoneBridgeCall, _ visit: ZohoCRMVisit, _ organisation: ZohoOrganisation
  ) -> PageCell {
    guard let match = call.match, let record = organisation.records.record(match.recordID, in: match.module) else {
      return .text("Unknown")
    }
    return .link(PageLink(record.displayName ?? record.id, visit.path("tab", match.module.rawValue, record.id)))
  }

  private func twinsTable(_ visit: ZohoCRMVisit, _ twins: [ZohoCallTwins]) -> PageTable {
    let link = { (record: ZohoRecord) in
      PageCell.link(PageLink(record.displayName ?? record.id, visit.path("tab", "Calls", record.id)))
    }
    return PageTable(
      id: "twins", caption: "Calls with two records", columns: ["By PhoneBridge", "By another client"],
      rows: twins.map { [link($0.byPhoneBridge), link($0.byOther)] }, emptyText: "")
  }
}
