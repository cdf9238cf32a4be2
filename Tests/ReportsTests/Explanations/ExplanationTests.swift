import Foundation
import HardwareProfiles
import JSON
import PBXModel
import Primitives
import Reports
import Simulation
import TestSupport
import Testing

/// The chain of one call, its text and its JSON.
struct ExplanationTests {
  private static let plain = ExplainedCall(answeredCall())

  private func facts(_ stage: Explanation.Stage, _ call: ExplainedCall) throws -> [String] {
    try #require(try call.explanation().steps.first { $0.stage == stage }).facts.map(\.text)
  }

  @Test func everyStageSaysSomething() throws {
    for call in [Self.plain, UnusualCauseTests.busy, Self.plain.with { $0.callsMax = 0 }] {
      let explanation = try call.explanation()
      #expect(explanation.steps.map(\.stage) == Explanation.Stage.allCases)
      #expect(explanation.steps.allSatisfy { !$0.facts.isEmpty })
      for rule in explanation.steps.flatMap(\.rules) {
        #expect(!rule.text.isEmpty)
        #expect(!rule.source.isEmpty)
      }
    }
  }

  @Test func aJoinSaysItsEvidenceWithWeights() throws {
    let facts = try facts(.legs, Self.plain)
    #expect(facts[0].hasPrefix("leg 2 joined, 100 % sure: the caller's number (4), the number dialled (4)"))
    #expect(facts[0].hasSuffix("6 needed"))
  }

  @Test func anEndingNamesItsFrame() throws {
    let facts = try facts(.dialogs, UnusualCauseTests.busy)
    #expect(facts.contains("refused after 1.000 s with 486 Reason (frame 4)"), "\(facts)")
    let running = try self.facts(
      .dialogs,
      ExplainedCall([
        incoming("1000", dials: "1001").invite(at: 0).trying(at: 0.1).ringing(at: 1).ok(at: 2),
        outgoing("1000", to: "1001").invite(at: 0.2).ringing(at: 1).ok(at: 2),
      ]).with { $0.end = 5 })
    #expect(running.count { $0 == "still up when the trace ends" } == 2, "\(running)")
  }

  @Test func theLedgerSaysWhoSaysSo() throws {
    let refused = try facts(.admission, Self.plain.with { $0.callsMax = 0 })
    #expect(refused[0] == "Bench carries 0 calls at once: assumed, bench")
    #expect(refused[1].hasPrefix("refused: 0 of 0 places were in use; the caller gets 503, cause 42"))
    #expect(try facts(.admission, Self.plain)[0] == "how many calls Bench carries at once is not known")
  }

  @Test(arguments: [
    (5.0, "the call still runs when the trace ends"), (100.0, "row 1, AcctId 1: 1000 → 1001, ANSWERED"),
  ])
  func aRowIsThereOrItIsSaidWhyNot(_ end: Double, _ words: String) throws {
    let trace: [any WrittenExchange] = [
      incoming("1000", dials: "1001").invite(at: 0).trying(at: 0.1).ok(at: 2).bye(at: end == 5 ? 9 : 4),
      outgoing("1000", to: "1001").invite(at: 0.2).ok(at: 2).bye(at: end == 5 ? 9 : 4),
    ]
    let cut = trace.map { $0.before(end) }
    let rows = try facts(.rows, ExplainedCall(cut).with { $0.end = end })
    #expect(rows[0].contains(words), "\(rows)")
  }

  @Test func noControlCharacterOfTheWireReachesTheText() throws {
    var caller = incoming("1000", dials: "1001")
    caller.displayName = "\u{1b}[31mRed\u{7}"
    let call = ExplainedCall([
      caller.invite(at: 0).trying(at: 0.1).refuse(486, at: 1.1),
      outgoing("1000", to: "1001").invite(at: 0.2).refuse(486, at: 1),
    ])
    let text = ExplanationText(try call.explanation()).text
    #expect(text.contains("Red"))
    #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
  }

  @Test(arguments: [40, 80, 112])
  func linesAreBrokenBetweenWords(_ width: Int) throws {
    let text = ExplanationText(try Self.plain.explanation(), width: width).text
    let lines: [String] = text.components(separatedBy: "\n")
    for line in lines.dropFirst(2) where line.count > width {
      #expect(!line.trimmingCharacters(in: .whitespaces).contains(" "), "\(line)")
    }
  }

  @Test func theJSONHasEveryStageAndEveryColumn() throws {
    let json = try UnusualCauseTests.busy.explanation().json
    #expect(json.members?.map(\.name) == ["call", "model", "chain", "rows", "crm", "assumptions", "cause"])
    #expect(json["chain"]?.array?.compactMap { $0["stage"]?.string } == Explanation.Stage.allCases.map(\.rawValue))
    let fields = try #require(json["rows"]?.array?.first?["fields"]?.array)
    #expect(fields.compactMap { $0["field"]?.string } == CDRSchema.fields32.fields.map(\.rawValue))
    #expect(fields.allSatisfy { $0["rule"]?["certainty"]?.string != nil })
    #expect(json["cause"]?["kind"]?.string == "busy")
    #expect(try Self.plain.explanation().json["cause"] == .null)
  }
}

extension ExplanationTests {
  @Test func aSystemEventOfSomethingElseIsNotTheCalls() {
    let call = Call.ID(rawValue: 1)
    let refused = JournalEvent.callRefused(
      call: call, start: traceStart, caller: "1000", callee: "1001", reason: .resource(.calls), limit: 1, inUse: 1,
      status: 503, cause: 42)
    let raised = JournalEvent.systemEvent(
      SystemEvent(name: .registerFailed, kind: .generateAlert, detail: "extension 1005: refused with 403"))
    let between = JournalEvent.extensionState(number: "1005", state: .idle)
    for (events, kept) in [([refused, raised], 2), ([refused, between, raised], 1), ([raised, refused], 1)] {
      var observations = CallObservations(of: call)
      for event in events { observations.receive(.journal(JournalEntry(time: traceStart, event: event))) }
      #expect(observations.journal.count == kept)
    }
  }
}
