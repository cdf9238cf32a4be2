import PBXModel
import Primitives
import SIPCapture
import Simulation
import TestSupport
import Testing

/// What traffic takes of an appliance that has enough of everything.
@Suite struct TrafficMeterTests {
  private static let end = 1000.0

  /// Feeds a meter with what a trace model reads of the messages.
  private func measure(
    _ calls: [Dialogue], site: Site = benchSite(), copies: Int = 1, shift: Instant.Span = .seconds(37),
    searched: Int = 0, until end: Double = end
  ) throws -> TrafficUse {
    try measure(
      [calls], site: site, overlay: TrafficOverlay(copies: copies, shift: shift), searched: searched, until: end)
  }

  /// One capture after the other, whatever its times.
  private func measure(
    _ captures: [[Dialogue]], site: Site = benchSite(), overlay: TrafficOverlay, searched: Int = 0, until end: Double
  ) throws -> TrafficUse {
    var meter = TrafficMeter(site: site, overlay: overlay, copiesSearched: searched)
    var model = TraceModel(site: site, pbx: PBXAddresses([IPEndpoint("\(pbxAddress):5060")].compactMap(\.self)))
    for capture in captures {
      try deliver(capture.flatMap(\.messages)) { message in
        model.receive(message) { meter.receive($0, at: message.time) }
      }
    }
    model.finish(at: moment(end)) { meter.receive($0, at: moment(end)) }
    return meter.finish(at: moment(end)).use
  }

  /// Calls between extensions and over the trunk, at times that follow from the seed.
  private func traffic(seed: UInt64, calls: Int = 40) -> [Dialogue] {
    var generator = SeededGenerator(seed: seed)
    return (0..<calls).flatMap { index -> [Dialogue] in
      let start = Double(Int.random(in: 0..<600, using: &generator)) + Double(index) / 100
      let length = Double(Int.random(in: 5..<120, using: &generator))
      if Bool.random(using: &generator) {
        return inboundCall(from: "+49305550\(100 + index)", start: start, end: length)
      }
      let caller = 1000 + index % 10
      return internalCall(String(caller), to: String(1000 + (index + 3) % 10), from: start, end: length)
    }
  }

  @Test func aTraceWithoutEventsTakesNothing() throws {
    let use = try measure([])
    #expect(use.calls == 0)
    #expect(use.first == nil && use.last == nil && use.duration == nil)
    #expect(use[.calls].peak == 0 && use[.calls].peakAt == nil)
    #expect(use.erlangs(of: use[.calls]) == 0)
    #expect(use[.calls].busyHours.busiest == nil)
  }

  @Test func thePeakHasItsTime() throws {
    let use = try measure(
      internalCall("1000", to: "1001", end: 100) + internalCall("1002", to: "1003", from: 20, end: 40)
        + internalCall("1004", to: "1005", from: 70, end: 40))
    #expect(use.calls == 3)
    #expect(use[.calls].peak == 2)
    #expect(use[.calls].peakAt.map { ($0 - moment(20)).wholeSeconds } == 0)
    #expect(use[.calls].seizures == 3)
    #expect(use[.calls].level == 0)
  }

  @Test func everythingIsAdmittedWhateverTheTrunkAllows() throws {
    let site = benchSite { site in
      site.trunks[0].incomingCallsMax = 1
      site.trunks[0].outgoingCallsMax = 0
    }
    let calls = (0..<5).flatMap { inboundCall(from: "+4930555\($0)", start: Double($0), end: 60) }
    let use = try measure(calls, site: site)
    #expect(use[.calls].peak == 5)
    #expect(use.trunks.map(\.incoming.peak) == [5])
  }

  @Test func aTrunkIsHeldFromTheInviteToTheEnd() throws {
    let use = try measure(inboundCall(start: 10, answer: 50, end: 100))
    let trunk = try #require(use.trunks.first)
    #expect(trunk.name == "Carrier" && trunk.index == 3)
    #expect(trunk.incoming.peak == 1 && trunk.outgoing.peak == 0 && trunk.both.peak == 1)
    #expect(abs(trunk.both.busyHours.seconds - 100) < 0.1)
    #expect(trunk.both.level == 0)
    #expect(use.allTrunks.both.peak == 1)
  }

  @Test func aTrunkTheSiteDoesNotNameIsFoundByItsAddress() throws {
    var dialogue = Dialogue(from: "+493055501@203.0.113.9", to: "+4930000010@\(pbxAddress)", callID: "x")
    dialogue = dialogue.invite(at: 0).trying(at: 0.1).ok(at: 2).bye(at: 30)
    let use = try measure([dialogue])
    #expect(use.trunks.map(\.name) == ["Carrier", "203.0.113.9"])
    #expect(use.trunks.map(\.both.peak) == [0, 1])
  }

  @Test func aCallThatNeverEndsIsInUseToTheEnd() throws {
    let caller = Dialogue(from: "+493055501@198.51.100.1", to: "+4930000010@\(pbxAddress)", callID: "run")
    let use = try measure([caller.invite(at: 10).ok(at: 10)], until: 110)
    #expect(use[.calls].level == 1)
    #expect(abs(use[.calls].busyHours.seconds - 100) < 0.2)
    #expect(use.trunks.first?.both.level == 1)
  }

  @Test func aCallMetInItsMiddleCounts() throws {
    let caller = Dialogue(from: "1000@192.0.2.100", to: "1001@\(pbxAddress)", callID: "mid")
    let use = try measure([caller.bye(at: 5)], until: 60)
    #expect(use[.calls].level == 0)
  }

  @Test func trafficOfAShorterTraceIsItsAverage() throws {
    let use = try measure(inboundCall(start: 0, end: 500), until: 1000)
    #expect(abs(use.erlangs(of: use[.calls]) - 0.5) < 0.01)
  }

  @Test func trafficOfALongerTraceIsThatOfItsBusyHour() throws {
    let use = try measure(inboundCall(start: 5000, end: 1800), until: 40_000)
    let calls = inboundCall(start: 5000, end: 1800) + inboundCall(from: "+4930777", start: 9000, end: 60)
    let longer = try measure(calls, until: 40_000)
    #expect(use.duration.map { $0 > .seconds(3600) } == true)
    #expect(abs(longer.erlangs(of: longer[.calls]) - 0.5) < 0.01)
  }

  @Test(arguments: [1, 2, 7, 30])
  func withoutShiftThePeakIsThatManyTimesTheOne(copies: Int) throws {
    for seed in 1...2 as ClosedRange<UInt64> {
      let calls = traffic(seed: seed)
      let one = try measure(calls)
      let many = try measure(calls, copies: copies, shift: .zero)
      for resource in Resource.allCases { #expect(many[resource].peak == copies * one[resource].peak) }
      #expect(many.calls == copies * one.calls)
      #expect(many.allTrunks.both.peak == copies * one.allTrunks.both.peak)
      #expect(many[.calls].seizures == copies * one[.calls].seizures)
      #expect(many[.calls].peakAt == one[.calls].peakAt)
    }
  }

  @Test(arguments: [1, 2, 5, 20])
  func copiesAddUpAtTheirTimes(copies: Int) throws {
    for seed in 1...4 as ClosedRange<UInt64> {
      let calls = traffic(seed: seed)
      let overlay = TrafficOverlay(copies: copies, shift: .milliseconds(41_037))
      // The same by hand: every copy's messages, later by its offset, on a site with an appliance for each.
      let many = try measure(calls, copies: copies, shift: .milliseconds(41_037))
      var changes: [(time: Instant, delta: Int)] = []
      for copy in 0..<copies {
        for change in try callChanges(calls) { changes.append((change.time + overlay.offset(of: copy), change.delta)) }
      }
      var level = 0
      var peak = 0
      for change in changes.sorted(by: { ($0.time, $0.delta) < ($1.time, $1.delta) }) {
        level += change.delta
        peak = max(peak, level)
      }
      #expect(many[.calls].peak == peak)
      #expect(abs(many[.calls].busyHours.seconds - Double(copies) * (try measure(calls))[.calls].busyHours.seconds) < 1)
    }
  }

  /// When calls begin and end on a bench without limits.
  private func callChanges(_ calls: [Dialogue]) throws -> [(time: Instant, delta: Int)] {
    var changes: [(time: Instant, delta: Int)] = []
    var model = TraceModel(
      site: benchSite(), pbx: PBXAddresses([IPEndpoint("\(pbxAddress):5060")].compactMap(\.self)))
    try deliver(calls.flatMap(\.messages)) { message in
      model.receive(message) { event in
        if case .call(.started) = event { changes.append((message.time, 1)) }
        if case .call(.ended) = event { changes.append((message.time, -1)) }
      }
    }
    return changes
  }

  @Test func thePeaksOfEveryNumberOfCopiesAreThoseOfSoManyCopies() throws {
    let calls = traffic(seed: 9)
    let searched = try measure(calls, searched: 12)
    for copies in 1...12 {
      let use = try measure(calls, copies: copies)
      for resource in Resource.allCases {
        #expect(searched.peaks(of: resource)[copies - 1] == use[resource].peak, "\(copies) × \(resource)")
      }
    }
    #expect(searched.calls == (try measure(calls)).calls)
  }

  @Test func moreCopiesNeverNeedLess() throws {
    let peaks = try measure(traffic(seed: 5), searched: 100).peaks(of: .calls)
    #expect(peaks.count == 100)
    #expect(zip(peaks, peaks.dropFirst()).allSatisfy { $0 <= $1 })
  }

  @Test func aClockPutBackLeavesNothingInUse() throws {
    let later = internalCall("1000", to: "1001", from: 5000, end: 10)
    let earlier = internalCall("1002", to: "1003", end: 10)
    let use = try measure([later, earlier], overlay: TrafficOverlay(copies: 20), until: 20)
    #expect(use[.calls].level == 0)
    #expect(use.calls == 40)
  }

  @Test(arguments: [(0, 1), (-5, 1), (1, 1), (100, 100), (101, 100), (Int.max, 100)])
  func theNumberOfCopiesHasBounds(asked: Int, given: Int) {
    #expect(TrafficOverlay(copies: asked).copies == given)
  }

  @Test func noTwoCopiesBeginTogether() {
    let overlay = TrafficOverlay(copies: TrafficOverlay.copiesMax)
    let offsets = (0..<overlay.copies).map(overlay.offset)
    #expect(Set(offsets).count == offsets.count)
    #expect(offsets.allSatisfy { .zero <= $0 && $0 < .seconds(TrafficOverlay.windowSeconds) })
  }
}
