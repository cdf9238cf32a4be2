import HardwareProfiles
import PBXModel
import Primitives
import Simulation
import TestSupport
import Testing

/// Caps of trunks, the trunks behind them, and lines the model may have too few of.
@Suite struct TrunkLimitTests {
  private func site(_ change: (inout Site) -> Void = { _ in }) -> Site {
    benchSite { site in
      site.trunks.append(Trunk(index: 5, name: "Second", addresses: [IPEndpoint("198.51.100.2")].compactMap(\.self)))
      site.trunks.append(Trunk(index: 6, name: "Third", addresses: [IPEndpoint("198.51.100.3")].compactMap(\.self)))
      site.outboundRoutes = [
        OutboundRoute(index: 2, name: "out", patterns: [DialPattern("0.")].compactMap(\.self), trunk: "Carrier")
      ]
      change(&site)
    }
  }

  /// A phone dials a number outside, and the PBX sends it to `carrier`.
  private func outbound(
    _ number: Int, to carrier: String = "198.51.100.1", from start: Double, until end: Double
  ) -> [Dialogue] {
    let caller = String(1000 + number)
    return [
      Dialogue(from: "\(caller)@192.0.2.\(100 + number)", to: "0555\(number)@\(pbxAddress)", callID: "oa-\(number)")
        .invite(at: start).ringing(at: start + 1).ok(at: start + 2).bye(at: end),
      Dialogue(from: "\(caller)@\(pbxAddress)", to: "0555\(number)@\(carrier)", callID: "ob-\(number)")
        .invite(at: start + 0.1).ringing(at: start + 1).ok(at: start + 2).bye(at: end),
    ]
  }

  private func play(_ site: Site, profile made: Profile = profile(), _ calls: [Dialogue]) throws -> Bench {
    var bench = Bench(profile: made, site: site)
    try bench.play(calls, until: 1000)
    return bench
  }

  private var three: [Dialogue] {
    outbound(0, from: 0, until: 100) + outbound(1, from: 10, until: 90) + outbound(2, from: 200, until: 250)
  }

  @Test func aCallOverTheCapOfTheOnlyTrunkFailsAsInternal() throws {
    let bench = try play(site { $0.trunks[0].outgoingCallsMax = 1 }, three)
    let row = try #require(bench.rows.first { $0.src == "1001" })
    #expect(row.disposition == .failed)
    #expect(row.userfield == .internal)
    #expect(row.dcontext == "outbound-route-2")
    #expect(row.dstTrunkName == "" && row.dstchannel == "")
    #expect(row.answer == nil && row.end == nil && row.billsecSeconds == 0)
    let reason = JournalEvent.callRefused(
      call: Call.ID(rawValue: 2), reason: .trunkOutgoing("Carrier"), limit: 1, inUse: 1, status: 503, cause: 34)
    #expect(bench.count { $0 == reason } == 1)
    #expect(bench.appliance.tally.callsRefused == 1)
    #expect(bench.appliance.tally.assumptions[.trunkLimitRefusesCall] == 1)
    #expect(bench.alerts.map(\.name) == [.outgoingCallFailure])
    #expect(bench.rows.count { $0.disposition == .answered } == 2)
    #expect(bench.appliance.trunks.uses[0].outgoing.peak == 1)
    #expect(bench.appliance.trunks.uses[0].outgoing.refusals == 1)
    #expect(bench.appliance.trunks.uses[0].inUse == 0)
  }

  @Test func itsPlaceAmongTheModelsCallsIsFreeAtOnce() throws {
    let site = site { $0.trunks[0].outgoingCallsMax = 1 }
    let bench = try play(
      site, profile: profile(calls: 2),
      outbound(0, from: 0, until: 100) + outbound(1, from: 10, until: 90) + internalCall("1005", to: "1006", from: 20))
    #expect(bench.appliance.tally.callsRefused == 1)
    #expect(bench.rows.contains { $0.src == "1005" && $0.disposition == .answered })
  }

  @Test func theFailoverTrunkTakesItWithTheTalkTimeOfTheTrace() throws {
    let bench = try play(
      site {
        $0.trunks[0].outgoingCallsMax = 1
        $0.outboundRoutes[0].failover = ["Second"]
      }, three)
    let row = try #require(bench.rows.first { $0.src == "1001" })
    #expect(row.disposition == .answered)
    #expect(row.billsecSeconds == 78)
    #expect(row.dstTrunkName == "Second")
    #expect(row.dstchannelExt == "trunk_5")
    #expect(row.lastdata.contains("@trunk_5,"))
    #expect(bench.count { $0 == .failedOver(call: Call.ID(rawValue: 2), from: "Carrier", to: "Second") } == 1)
    #expect(bench.appliance.tally.failovers == 1)
    #expect(bench.appliance.tally.callsRefused == 0)
    #expect(bench.appliance.tally.assumptions[.failoverTrunkCarriesAsRecorded] == 1)
    #expect(bench.appliance.trunks.uses[1].takenOver == 1)
    #expect(bench.appliance.trunks.uses[1].outgoing.peak == 1)
  }

  @Test(arguments: [(0, 1), (1, 1), (2, 0), (nil, 0)])
  func aModelTriesAsManyTrunksAsItMayHave(failoverTrunks: Int?, refused: Int) throws {
    let limits: [LimitName: Int] = failoverTrunks.map { [.failoverTrunks: $0] } ?? [:]
    let bench = try play(
      site { site in
        site.trunks[0].outgoingCallsMax = 1
        site.trunks[1].line = .fxo
        site.outboundRoutes[0].failover = ["Second", "Third"]
      }, profile: profile(limits: limits.merging([.fxoPorts: 0]) { $1 }), three)
    #expect(bench.appliance.tally.callsRefused == refused)
    #expect(bench.appliance.tally.failovers == 1 - refused)
  }

  @Test func modelsWithOtherFailoverTrunksDoNotBehaveAlike() throws {
    var site = site()
    let model = { profile(limits: [.failoverTrunks: $0]) }
    #expect(Appliance(profile: model(0), site: site).behavesAs(model(3)), "no route has a failover trunk")
    site.outboundRoutes[0].failover = ["Second", "Third"]
    #expect(Appliance(profile: model(2), site: site).behavesAs(model(3)))
    #expect(Appliance(profile: model(2), site: site).behavesAs(profile()))
    #expect(!Appliance(profile: model(1), site: site).behavesAs(model(3)))
  }

  @Test func aTrunkTheRecordedBoxUsedInsteadIsNotSecondGuessed() throws {
    let bench = try play(
      site {
        $0.trunks[1].outgoingCallsMax = 1
        $0.outboundRoutes[0].failover = ["Third"]
      },
      outbound(0, to: "198.51.100.2", from: 0, until: 100) + outbound(1, to: "198.51.100.2", from: 10, until: 90))
    #expect(bench.appliance.tally.failovers == 0)
    #expect(bench.appliance.tally.callsRefused == 1, "the route's failover is behind its own trunk")
  }

  @Test func aCallOverTheIncomingCapIsRefusedAndTold() throws {
    let bench = try play(
      site { $0.trunks[0].incomingCallsMax = 1 },
      inboundCall(from: "+4930111", start: 0, end: 100)
        + inboundCall(from: "+4930222", phones: ["1002"], answering: "1002", start: 10, end: 50)
        + inboundCall(from: "+4930333", start: 200, end: 100))
    let row = try #require(bench.rows.first { $0.src == "+4930222" })
    #expect(row.lastapp == "Congestion" && row.lastdata == "10" && row.dcontext == "did-local")
    #expect(bench.alerts.map(\.name) == [.trunkConcurrentCalls])
    let reason = JournalEvent.callRefused(
      call: Call.ID(rawValue: 2), reason: .trunkIncoming("Carrier"), limit: 1, inUse: 1, status: 503, cause: 34)
    #expect(bench.count { $0 == reason } == 1)
    #expect(bench.appliance.trunks.uses[0].incoming.refusals == 1)
  }

  @Test func capsOfOneWayLeaveTheOtherAlone() throws {
    let bench = try play(
      site { $0.trunks[0].outgoingCallsMax = 1 },
      outbound(0, from: 0, until: 100) + inboundCall(start: 10, end: 50))
    #expect(bench.appliance.tally.callsRefused == 0)
    #expect(bench.appliance.trunks.uses[0].incoming.peak == 1)
    #expect(bench.appliance.trunks.uses[0].outgoing.peak == 1)
  }

  @Test(arguments: [(Trunk.Line.fxo, LimitName.fxoPorts, 1), (.t1e1j1, .t1e1j1Ports, 30)])
  func aTrunkOnALineTakesOneOfItForEachCall(line: Trunk.Line, limit: LimitName, places: Int) throws {
    var settings = ApplianceSettings()
    settings.channelsPerDigitalPort = 1
    var bench = Bench(
      profile: profile(limits: [limit: 1]), site: site { $0.trunks[0].line = line }, settings: settings)
    try bench.play(three, until: 1000)
    #expect(bench.appliance.tally.callsRefused == 1)
    var usual = Bench(profile: profile(limits: [limit: 1]), site: site { $0.trunks[0].line = line })
    try usual.play(three, until: 1000)
    #expect(usual.appliance.tally.callsRefused == (places > 1 ? 0 : 1))
  }

  @Test(arguments: [(nil, 30), (23, 23)])
  func aDigitalPortHasTheChannelsOfItsStandard(written: Int?, channels: Int) throws {
    let site = site { $0.channelsPerDigitalPort = written }
    let appliance = Appliance(profile: profile(limits: [.t1e1j1Ports: 1]), site: site)
    #expect(appliance.ledger[.digitalChannels].limit?.value == channels)
  }

  @Test func theAlertOfATrunkIsRaisedOnceAndRestoredAMinuteAfterItsCallsAreFewer() throws {
    let bench = try play(
      site { $0.trunks[0].concurrentCallsAlert = 2 },
      outbound(0, from: 0, until: 100) + outbound(1, from: 10, until: 90) + outbound(2, from: 95, until: 120)
        + outbound(3, from: 400, until: 500))
    let events = bench.journal.compactMap { entry -> String? in
      guard case .systemEvent(let event) = entry.event else { return nil }
      return "\(event.kind.rawValue) \((entry.time - traceStart).wholeSeconds)"
    }
    #expect(events == ["Generate Alert 10", "Restore to Normal 160"])
    #expect(bench.appliance.tally.systemEvents == 1)
    #expect(bench.appliance.tally.systemEventsRestored == 1)
  }

  @Test func aTrunkThatDoesNotReactIsToldAndRestoredWhenItDoes() throws {
    let silent = Array(outbound(0, from: 0, until: 100).map { $0.before(0.5) })
    let bench = try play(site(), silent + outbound(1, from: 300, until: 400))
    let events = bench.systemEvents.filter { $0.name == .peerTrunkStatus }.map(\.kind)
    #expect(events == [.generateAlert, .restoreToNormal])
  }

  @Test func aTrunkThatRefusesACallIsTold() throws {
    let refused = [
      Dialogue(from: "1000@192.0.2.100", to: "05551@\(pbxAddress)", callID: "a").invite(at: 0).refuse(503, at: 1),
      Dialogue(from: "1000@\(pbxAddress)", to: "05551@198.51.100.1", callID: "b").invite(at: 0.1).refuse(503, at: 0.9),
    ]
    let bench = try play(site(), refused)
    #expect(bench.alerts.map(\.name) == [.outgoingCallFailure])
    #expect(bench.appliance.tally.callsRefused == 0, "the carrier refused it, not the model")
  }
}
