import ApplianceAPI
import CloudPages
import HTTPTypes
import JSON

// A request to the CRM once more, by hand.
extension WebVisit {
  /// Purposes of requests that change nothing at the CRM; all others are asked for twice.
  private static var readingPurposes: Set<String> { ["search", "confirm"] }

  func sendAgain(_ number: Int) -> WebAnswer {
    guard let exchange = state.crmExchanges.first(where: { $0.number == number }) else {
      return WebInterface.refusal(.notFound, "There is no such request, or no longer.")
    }
    guard request.isPost else { return .redirect("/requests/\(number)") }
    let purpose = exchange.line.shown("purpose")
    guard Self.readingPurposes.contains(purpose) || request.value("confirm") == "yes" else {
      return page(
        "Send Again", at: .again(number),
        notices: [
          PageNotice(
            .information,
            "This request (\(purpose)) writes or logs in at the CRM: sent again, it may do that a second time.")
        ],
        [
          .form(form(number, "Send it all the same", confirmation: [.init("confirm", "yes")])),
          .links([PageLink("Back to the request", "/requests/\(number)")]),
        ])
    }
    var answer = WebAnswer.redirect("/requests/\(number)?again=1#again")
    answer.repeats = number
    return answer
  }

  /// What can be done with a request, and what came of it by hand.
  func again(_ exchange: CRMExchangeFacts) -> [PageBlock] {
    let number = exchange.number
    var blocks: [PageBlock] = [.form(form(number, "Send again"))]
    guard let repetition = state.crmExchanges.last(where: { $0.line["repeats"] == .integer(Int64(number)) }) else {
      if request.value("again") != nil {
        blocks.append(.text("It is on its way by hand, or the replay is not there to send it. Load the page again."))
      }
      return [.section(id: "again", title: "By Hand", blocks)]
    }
    let comparison = AnswerComparison(exchange.line.safeAnswer, repetition.line.safeAnswer)
    let shown = comparison.places.prefix(Self.placesMax)
    blocks += [
      .facts([
        PageFact(
          id: "again-number", "Sent again as", "Request \(repetition.number)",
          target: "/requests/\(repetition.number)"),
        PageFact(id: "again-time", "Time", repetition.line.time(in: state)),
        PageFact(
          id: "again-status", "Status, first and by hand",
          "\(exchange.line.standing) and \(repetition.line.standing)"),
        PageFact(
          id: "again-differences", "Differences",
          "\(comparison.differences) of \(WebPages.count(comparison.places.count, "place"))"),
      ]),
      .table(
        PageTable(
          id: "comparison",
          caption: "Both answers, what differs first",
          columns: ["Place", "First answer", "Answer by hand", "Comparison"],
          rows: shown.map { place in
            [
              .text(place.name), .text(place.first ?? "–"), .text(place.second ?? "–"),
              place.isSame ? .badge("Same", .success) : .badge("Differs", .error),
            ]
          }, emptyText: "Neither answer has a body that may be shown.")),
    ]
    return [.section(id: "again", title: "By Hand", blocks)]
  }

  /// Places that are shown; those that differ come first.
  private static var placesMax: Int { 200 }

  private func form(_ number: Int, _ label: String, confirmation: [PageForm.Hidden] = []) -> PageForm {
    PageForm(
      id: "again-form", action: "/requests/\(number)/again", hidden: [proof] + confirmation,
      buttons: [PageButton(label)])
  }
}

extension JSONValue {
  /// The status of an exchange, or why there is none.
  var standing: String {
    let status = shown("status")
    return status.isEmpty ? "no answer (\(shown("unreachable")))" : status
  }

  /// The number of the request that an exchange repeats by hand; nil for one of the appliance's own.
  var repeated: Int64? {
    switch self["repeats"] {
    case .integer(let number)?: number
    case .null?, .bool?, .decimal?, .number?, .string?, .array?, .object?, nil: nil
    }
  }
}
