import PBXModel
import PacketCapture
import Primitives
import Simulation
import SimulationRuntime
import Testing

/// The office's morning with the power failing at a thousand seeded points.
///
/// One pass over the trace feeds them all: an appliance is a value, so each failure goes on in a copy of its own.
@Suite struct PowerCutPropertyTests {
  private static let points = 1000

  private struct Cut {
    let event: Int
    let kind: Int

    private var commit: CDRCommit { PowerCutPropertyTests.commits[kind / PowerCutPropertyTests.boots.count] }
    var name: String {
      "event \(event), \(commit), boot \(bootSeconds) s"
    }
    var bootSeconds: Int { PowerCutPropertyTests.boots[kind % PowerCutPropertyTests.boots.count] }
  }

  private struct Run {
    var appliance: Appliance
    /// Rows that were durable when the power failed.
    let before: [CDRRecord]
    let cut: Cut
    let at: Instant
    var effects: [Effect] = []

    mutating func losePower() { appliance.losePower(at: at, effects: &effects) }

    mutating func finish(at end: Instant) {
      appliance.advance(to: end, effects: &effects)
      appliance.finish(running: [], endedWithoutBye: 0, effects: &effects)
    }

    mutating func receive(_ event: TraceModel.Event, at now: Instant) {
      appliance.receive(event, at: now, effects: &effects)
    }
  }

  private static let commits: [CDRCommit] = [.eachCall, .batch(rows: 3, seconds: 3600), .batch(rows: 50, seconds: 5)]
  private static let boots = [0, 7, 30]

  /// One appliance for each way to commit and each time a boot takes; `kind` counts through them.
  private static func appliance(_ kind: Int, site: Site) -> Appliance {
    var (site, settings) = (site, ApplianceSettings())
    site.storage.commit = commits[kind / boots.count]
    settings.bootSeconds = boots[kind % boots.count]
    return Appliance(profile: .unlimited, site: site, settings: settings)
  }

  private static func rows(_ effects: [Effect]) -> [CDRRecord] {
    effects.flatMap { effect -> [CDRRecord] in
      if case .writeCDR(let draft) = effect { draft.session.rows } else { [] }
    }
  }

  /// A row without what a boot begins anew.
  private static func kept(_ row: CDRRecord) -> CDRRecord {
    var row = row
    row.acctId = 0
    row.uniqueid = ""
    (row.channel, row.dstchannel) = (String(row.channel.dropLast(8)), String(row.dstchannel.dropLast(8)))
    (row.deviceInfo, row.deviceInfoPeer) = ("", "")
    (row.isNATCall, row.isNATCallOfPeer) = (false, false)
    return row
  }

  @Test func everyCommittedRowIsThereOnceAfterTheBoot() throws {
    let trace = OfficeMorning.trace
    var count = 0
    _ = try trace.read { _ in count += 1 }
    let events = count
    var generator = SeededGenerator(seed: 7)
    var cuts: [Int: [Cut]] = [:]
    for point in 0..<Self.points {
      let cut = Cut(
        event: Int(generator.next() % UInt64(events)) + 1, kind: point % (Self.commits.count * Self.boots.count))
      cuts[cut.event, default: []].append(cut)
    }
    let site = try trace.site()
    var originals = (0..<(Self.commits.count * Self.boots.count)).map { kind in
      (appliance: Self.appliance(kind, site: site), rows: [CDRRecord]())
    }
    var runs: [Run] = []
    var number = 0
    var last = Instant.epoch
    _ = try trace.readTimed { event, now in
      number += 1
      last = now
      for index in runs.indices { runs[index].receive(event, at: now) }
      for index in originals.indices {
        var effects: [Effect] = []
        originals[index].appliance.receive(event, at: now, effects: &effects)
        originals[index].rows += Self.rows(effects)
      }
      for cut in cuts[number] ?? [] {
        let original = originals[cut.kind]
        var run = Run(appliance: original.appliance, before: original.rows, cut: cut, at: now)
        run.losePower()
        runs.append(run)
      }
    }
    #expect(runs.count == Self.points)
    let whole = originals[0].rows.map(Self.kept)
    for var run in runs {
      run.finish(at: last + .seconds(60))
      check(run, against: whole)
    }
  }

  private func check(_ run: Run, against whole: [CDRRecord]) {
    let new = Self.rows(run.effects)
    let all = run.before + new
    let name = run.cut.name
    // Committed before: there, once, with its number; the numbers go on without a gap or a repetition.
    #expect(all.map(\.acctId) == Array(1..<(all.count + 1)), "\(name)")
    let kept = all.map(Self.kept)
    #expect(Set(kept).count == kept.count, "\(name)")
    let isPrefix = run.before.map(Self.kept) == Array(whole.prefix(run.before.count))
    #expect(isPrefix, "\(name): committed rows are not as they were")
    // A phone that has not registered again cannot answer, so later rows may read otherwise; but no call is new.
    let sessions = Set(whole.map(\.session))
    #expect(new.allSatisfy { sessions.contains($0.session) }, "\(name)")
    #expect(Set(new.map(\.session)).isDisjoint(with: run.before.map(\.session)), "\(name)")
    // Of a call that began before the boot nothing is written after it; a call's INVITE comes a little before the call.
    let boot = run.at + .seconds(Int64(run.cut.bootSeconds))
    #expect(new.allSatisfy { $0.start >= boot + .seconds(-1) }, "\(name)")
    #expect(run.appliance.tally.rows == all.count, "\(name)")
    #expect(run.appliance.ledger.calls.inUse == 0, "\(name)")
    #expect(run.appliance.tally.powerCuts == 1, "\(name)")
  }
}
