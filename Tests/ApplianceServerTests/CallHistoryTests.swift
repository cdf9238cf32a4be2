import ApplianceAPI
import ApplianceWeb
import Primitives
import Testing

@testable import ApplianceServer

/// Calls that were replayed, as they can be looked at afterwards.
@Suite struct CallHistoryTests {
  private func calls(_ view: LiveView) throws -> [CDRCallFacts] {
    var request = CDRListingRequest(CDRRequest())
    request.limit = 1000
    return try view.cdrListing(request).calls
  }

  @Test func everyCallOfTheListHasItsMessages() async throws {
    let office = try ReplayedOffice("office-morning")
    // Its folder goes with it.
    defer { withExtendedLifetime(office) {} }
    let view = office.live.view
    let calls = try calls(view)
    #expect(calls.count > 30)
    for call in calls {
      guard case .known(let flow) = await office.live.callFlow(call.id) else {
        Issue.record("call \(call.id) is not kept")
        continue
      }
      #expect(flow.messages.first?.label.contains("INVITE") == true)
      #expect(flow.picture.starts(with: Array("<svg".utf8)))
      #expect(!flow.steps.isEmpty)
      #expect(try view.cdrCall(call.id) == call)
    }
  }

  @Test func anAnsweredCallEndsWithItsBye() async throws {
    let office = try ReplayedOffice("internal-call")
    // Its folder goes with it.
    defer { withExtendedLifetime(office) {} }
    let view = office.live.view
    let call = try #require(try calls(view).first)
    guard case .known(let flow) = await office.live.callFlow(call.id) else {
      Issue.record("the call is not kept")
      return
    }
    let labels = flow.messages.map(\.label)
    #expect(labels.contains { $0.contains("BYE") } && labels.contains { $0.hasPrefix("200") })
    #expect(flow.cause == nil)
    #expect(flow.messages.map(\.frame) == flow.messages.map(\.frame).sorted())
    // Credentials are named and not shown.
    #expect(!flow.messages.contains { $0.notes.joined().contains("response=") })
  }

  @Test func aCallSaysWhatItLeansOnAndTheNextOneItsOwn() async throws {
    let office = try ReplayedOffice("office-morning")
    // Its folder goes with it.
    defer { withExtendedLifetime(office) {} }
    var lines: [String] = []
    for call in try calls(office.live.view) {
      guard case .known(let flow) = await office.live.callFlow(call.id) else { continue }
      // Of the whole run, and so of every call.
      #expect(flow.assumptions.contains { $0.hasPrefix("the columns of the 63xx") })
      lines.append(contentsOf: flow.assumptions.filter { $0.hasPrefix("dcontext is from-did-direct") })
      #expect(flow.assumptions.allSatisfy { $0.hasSuffix("[assumed]") })
    }
    // Of calls that came in, and of no other.
    let inbound = try calls(office.live.view).count { $0.rows.contains { $0.type == "Inbound" } }
    #expect(!lines.isEmpty && lines.count <= inbound)
  }

  @Test func aRowThatIsNotThereHasNoCall() async throws {
    let office = try ReplayedOffice("busy")
    // Its folder goes with it.
    defer { withExtendedLifetime(office) {} }
    let view = office.live.view
    for id in [Int64(0), -1, 100_000, .max, .min] {
      #expect(await office.live.callFlow(id) == .noLongerKept)
      #expect(try view.cdrCall(id) == nil)
    }
  }

  @Test(arguments: [(0, 32 << 20), (3, 32 << 20), (5000, 0), (5000, 20_000)])
  func onlyTheLatestAreKeptWithinTheBounds(most: Int, messageBytes: Int) async throws {
    var limits = CallHistory.Limits()
    (limits.calls, limits.messageBytes) = (most, messageBytes)
    let office = try ReplayedOffice("office-morning", keeping: limits)
    // Its folder goes with it.
    defer { withExtendedLifetime(office) {} }
    let view = office.live.view
    let calls = try calls(view)
    var kept = 0
    for call in calls where await office.live.callFlow(call.id) != .noLongerKept { kept += 1 }
    #expect(kept < calls.count && kept <= most)
    #expect((kept == 0) == (most == 0 || messageBytes == 0))
  }

  @Test func anotherPassKeepsNothingOfTheOneBefore() async throws {
    let office = try ReplayedOffice("busy")
    // Its folder goes with it.
    defer { withExtendedLifetime(office) {} }
    let live = office.live
    let id = try #require(try calls(live.view).first?.id)
    try live.restart()
    #expect(await live.callFlow(id) == .noLongerKept)
  }

  @Test func aPhoneRingsTalksAndIsIdleAgain() throws {
    let office = try ReplayedOffice(
      "internal-call",
      lookingFor: [
        ("ringing", { !$0.unbridgedChannels.filter { $0.state == "Ringing" }.isEmpty }),
        ("talking", { !$0.bridgedCalls.isEmpty }),
      ])
    let ringing = try #require(office.views["ringing"])
    let callee = try #require(ringing.unbridgedChannels.first { $0.state == "Ringing" }?.side.number)
    let caller = try #require(ringing.unbridgedChannels.first { $0.state == "Ring" }?.side.number)
    #expect(ringing.phone(callee).calls.map(\.state) == [.ringing])
    #expect(ringing.phone(callee).calls.first?.number == caller)
    #expect(ringing.phone(caller).calls.map(\.state) == [.dialling])
    let talking = try #require(office.views["talking"])
    #expect(talking.phone(callee).calls.map(\.state) == [.talking])
    #expect(talking.phone(caller).calls.first?.isIncoming == false)
    let after = office.live.view
    #expect(after.phone(callee).calls.isEmpty && after.phone(callee).last?.state == .over)
    #expect(after.phone(callee).last?.number == caller)
    #expect(after.phone("4711") == PhoneFacts())
  }

  @Test func callsAreFoundByWhatThePageAsksFor() throws {
    let office = try ReplayedOffice("office-morning")
    // Its folder goes with it.
    defer { withExtendedLifetime(office) {} }
    let view = office.live.view
    let all = try calls(view)
    func count(_ change: (inout CDRListingRequest) -> Void) throws -> Int {
      var request = CDRListingRequest(CDRRequest())
      request.limit = 1000
      change(&request)
      return try view.cdrListing(request).calls.count
    }
    #expect(try count { $0.rows.filter.statuses = ["BUSY"] } == all.count { $0.rows.contains { $0.status == "BUSY" } })
    #expect(try count { $0.rows.filter.types = ["Inbound"] } == all.count { $0.rows.contains { $0.type == "Inbound" } })
    #expect(try count { $0.rows.filter.callerName = "anna" } > 0)
    #expect(try count { $0.rows.filter.callerName = "' OR 1=1 --" } == 0)
    #expect(try count { $0.rows.filter.sourceTrunks = ["trunk_1"] } > 0)
    #expect(try count { $0.rows.filter.actions = ["RINGGROUP"] } > 0)
    #expect(throws: CDRRequest.Refusal.unreadableNumber) { try count { $0.rows.callers = ["5-"] } }
  }
}
