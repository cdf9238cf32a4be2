import ApplianceAPI
import CloudPages
import HTTPTypes
import Primitives

// One call of the list: its rows, its messages as a picture and as a table, and why it came to its rows.
extension WebVisit {
  func callFlow(_ id: Int64) -> WebAnswer {
    let call: CDRCallFacts?
    do throws(CDRRequest.Refusal) { call = try state.cdrCall(id) } catch {
      return WebInterface.refusal(.serviceUnavailable, "The database cannot be read at the moment.")
    }
    guard let call else {
      return WebInterface.refusal(.notFound, "There is no such call; it may have been cleaned away.")
    }
    var blocks: [PageBlock] = [
      .links([PageLink("All calls", "/cdr")]), .section(id: "rows", title: "CDR", [.table(legs(of: call))]),
    ]
    switch state.callFlow(id) {
    case .known(let facts): blocks += Self.blocks(facts, picture: "/cdr/\(id).svg")
    case .noLongerKept:
      blocks.append(
        .text(
          "The call's messages are no longer kept: those of the latest calls are, within bounds of memory. "
            + "Read them from the trace with ucmsim ladder."))
    case .notNow: blocks.append(.text("The replay is busy just now. Load the page again."))
    }
    return page("Call Flow", at: .call(id), blocks)
  }

  /// The picture alone, with its own colours.
  func callPicture(_ id: Int64) -> WebAnswer {
    guard case .known(let facts) = state.callFlow(id) else {
      return WebInterface.refusal(.notFound, "There is no picture of such a call.")
    }
    var answer = WebAnswer(.ok, "image/svg+xml", facts.picture)
    answer.response.headerFields[.contentSecurityPolicy] = "default-src 'none'; style-src 'unsafe-inline'"
    return answer
  }

  private static func blocks(_ facts: CallFlowFacts, picture: String) -> [PageBlock] {
    let messages = PageTable(
      id: "messages-table", caption: "SIP messages of the call, in the order of the trace",
      columns: ["Frame", "Time", "From", "To", "Message", "Remarks"],
      rows: facts.messages.map { message in
        [
          .text("\(message.frame)"), .text(message.time), .text(message.sender), .text(message.receiver),
          .text(message.label), .text(message.notes.joined(separator: "; ")),
        ]
      }, emptyText: "None of its messages is kept.")
    var more: [PageBlock] = []
    if facts.messagesLeftOut > 0 { more.append(.text("\(facts.messagesLeftOut) more messages are left out.")) }
    let leaning: [PageBlock] =
      facts.assumptions.isEmpty
      ? [] : [.section(id: "leaned-on", title: "Leaned On", [.list(facts.assumptions, numbered: false)])]
    return [
      .section(
        id: "ladder", title: "Ladder",
        [
          .text(facts.title),
          .picture(PagePicture(picture, text: "The call's messages between the phones and the appliance")),
        ]), .section(id: "messages", title: "Messages", [.table(messages)] + more),
      .section(
        id: "why", title: "Why These Rows",
        [.text(facts.cause.map { "First cause of anything unusual: \($0)" } ?? "Nothing about the call is unusual.")]
          + facts.steps.enumerated().map { place, step in
            .section(id: "why-\(place + 1)", title: step.title, [.list(step.lines, numbered: false)])
          } + leaning),
    ]
  }
}
