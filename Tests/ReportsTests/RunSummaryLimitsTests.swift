import HardwareProfiles
import JSON
import PBXModel
import Primitives
import Reports
import SIPCapture
import Simulation
import TestSupport
import Testing

/// What a summary says of limits: peaks, refusals, trunks and extensions, as text and as JSON.
@Suite struct RunSummaryLimitsTests {
  private func limit(_ value: Int, _ unit: LimitUnit) -> Limit {
    Limit(value: value, unit: unit, source: "bench", certainty: .assumed, confidence: .low)
  }

  private func summary(
    calls: Int? = nil, site change: (inout Site) -> Void = { _ in }, _ exchanges: [any WrittenExchange]
  ) throws -> RunSummary {
    let site = office(change)
    let limits = calls.map { [LimitName.concurrentCalls: limit($0, .calls)] } ?? [:]
    let profile = Profile(model: "Bench", family: Family(name: "bench", displayName: "Bench"), limits: limits)
    var appliance = Appliance(profile: profile, site: site)
    var model = TraceModel(site: site, pbx: PBXAddresses([IPEndpoint("192.0.2.2:5060")].compactMap(\.self)))
    var effects: [Effect] = []
    try deliver(exchanges.flatMap(\.messages)) { captured in
      model.receive(captured) { appliance.receive($0, at: captured.time, effects: &effects) }
    }
    model.finish(at: moment(200)) { appliance.receive($0, at: moment(200), effects: &effects) }
    appliance.advance(to: moment(200), effects: &effects)
    appliance.finish(running: model.calls.runningCalls, endedWithoutBye: 0, effects: &effects)
    var summary = RunSummary(
      toolVersion: "0", seed: 1, profile: profile, pbx: "192.0.2.2", crmSystem: "none", timeZone: .utc,
      ledger: appliance.ledger)
    summary.tally = appliance.tally
    summary.trunks = appliance.trunks.uses
    summary.extensions = appliance.extensions.exceeded
    return summary
  }

  private func fromOutside(_ number: Int, at start: Double) -> Dialogue {
    fromTrunk("+4930\(number)", dials: "1001", callID: "in-\(number)").invite(at: start).ringing(at: start)
      .ok(at: start).bye(at: 100)
  }

  @Test func peaksRefusalsAndTheTimeNearTheLimitAreTold() throws {
    let summary = try summary(calls: 1, [fromOutside(1, at: 0), fromOutside(2, at: 10), fromOutside(3, at: 20)])
    let limit = try #require(summary.json["limits"]?["concurrentCalls"])
    #expect(limit["limit"] == .integer(1) && limit["peak"] == .integer(1) && limit["refused"] == .integer(2))
    #expect(limit["secondsAbove80Percent"] == .integer(100))
    #expect(limit["firstRefusedAt"]?.string?.hasPrefix("2026-09-21T14:13:30") == true)
    #expect(summary.text.contains("1 of 1 calls (assumed: bench), 100 s above 80 %"))
    #expect(summary.text.contains("2 for want of calls, first at 2026-09-21 14:13:30"))
  }

  @Test func everyResourceIsInTheJSONAndOnlyWhatWasUsedInTheText() throws {
    let summary = try summary([fromOutside(1, at: 0)])
    let limits = try #require(summary.json["limits"]?.members?.map(\.name))
    #expect(limits.count == Resource.allCases.count && Set(limits).count == limits.count)
    #expect(limits.prefix(1) == ["concurrentCalls"])
    #expect(summary.json["limits"]?["concurrentCalls"]?["limit"] == .null)
    #expect(!summary.text.contains("recordings"))
    #expect(summary.text.contains("1 calls (limit unknown, not enforced)"))
  }

  @Test func trunksAreToldWithTheirCaps() throws {
    let summary = try summary(
      site: { $0.trunks[0].incomingCallsMax = 1 }, [fromOutside(1, at: 0), fromOutside(2, at: 10)])
    let trunk = try #require(summary.json["trunks"]?.array?.first)
    #expect(trunk["name"] == .string("Carrier") && trunk["index"] == .integer(3) && trunk["line"] == .string("voip"))
    #expect(trunk["incoming"]?["limit"] == .integer(1) && trunk["incoming"]?["refused"] == .integer(1))
    #expect(trunk["outgoing"]?["limit"] == .null && trunk["outgoing"]?["peak"] == .integer(0))
    #expect(summary.text.contains("Carrier: 0 out, 1 of 1 in"))
    #expect(summary.text.contains("1 in over trunk Carrier"))
  }

  @Test func extensionsWithTooManyPhonesAreToldByNumber() throws {
    let phones = (0..<2).map { place in
      Registering("1000@192.0.2.\(30 + place)", at: pbxAddress).register(at: 0, expires: 60).reply(200, at: 0)
    }
    let summary = try summary(site: { $0.concurrentRegistrations = 1 }, phones)
    let use = try #require(summary.json["extensionsOverTheirLimit"]?.array?.first)
    #expect(use["extension"] == .string("1000") && use["refused"] == .integer(1) && use["limit"] == .integer(1))
    #expect(summary.text.contains("1000 (1 bindings at most): 1 refused"))
  }

  @Test func aLongListIsCutInTheTextAlone() throws {
    let phones = (1000...1009).flatMap { number in
      [0, 1].map { place in
        Registering("\(number)@192.0.2.\(30 + place)", at: pbxAddress).register(at: 0, expires: 60).reply(200, at: 0)
      }
    }
    let more = [0, 1].map { place in
      Registering("1010@192.0.2.\(30 + place)", at: pbxAddress).register(at: 0, expires: 60).reply(200, at: 0)
    }
    let summary = try summary(site: { $0.concurrentRegistrations = 1 }, phones + more)
    #expect(summary.json["extensionsOverTheirLimit"]?.array?.count == 11)
    #expect(summary.text.contains("and 1 more"))
    #expect(!summary.text.contains("1010 (1"))
  }

  @Test func whatCannotBeKnownIsCountedInTheCalls() throws {
    let phone = Registering("1001@192.0.2.12", at: pbxAddress).register(at: 0, expires: 60).reply(200, at: 0)
    let call: [any WrittenExchange] = [
      incoming("1000", dials: "1001").invite(at: 5).ringing(at: 6).ok(at: 7).bye(at: 20),
      outgoing("1000", to: "1001").invite(at: 5.1).ringing(at: 6).ok(at: 6.9).bye(at: 20),
    ]
    let unreachable = try summary(site: { $0.concurrentRegistrations = 0 }, [phone] + call)
    #expect(unreachable.json["calls"]?["unreachable"] == .integer(1))
    #expect(unreachable.text.contains("1 to extensions not registered here"))
    let unknown = try summary(
      site: { site in
        site.concurrentRegistrations = 0
        site.extensions[1].followMe = ["1002"]
      }, [phone] + call)
    #expect(unknown.json["calls"]?["outcomesUnknown"] == .integer(1))
    #expect(unknown.text.contains("1 with an outcome nobody can know"))
  }
}
