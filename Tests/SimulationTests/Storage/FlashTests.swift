import PBXModel
import Primitives
import Simulation
import TestSupport
import Testing

@Suite struct FlashTests {
  /// So many calls one after the other, a minute apart, each of one row of 600 bytes.
  private func bench(calls: Int, every seconds: Double = 60, _ change: (inout SiteStorage) -> Void) throws -> Bench {
    var bench = Bench(site: benchSite { change(&$0.storage) })
    var effects: [Effect] = []
    bench.appliance.boot(at: moment(0), effects: &effects)
    let all = (0..<calls).flatMap { internalCall("1000", to: "1001", from: Double($0) * seconds, end: 10) }
    try bench.play(all, until: Double(calls) * seconds)
    return bench
  }

  @Test func withoutANumberNothingIsEverFull() throws {
    let bench = try bench(calls: 20) { _ in }
    #expect(bench.rows.count == 20)
    #expect(bench.systemEvents.isEmpty)
    #expect(bench.appliance.tally.rowsNotStored == 0)
  }

  @Test(arguments: [(0, 0), (1, 1), (4, 4), (5, 5), (6, 5)])
  func asManyRowsAreStoredAsTheTableMayHave(most: Int, stored: Int) throws {
    let bench = try bench(calls: 5) { $0.cdrRowsMax = most }
    #expect(bench.rows.map(\.acctId) == Array(1..<(stored + 1)))
    #expect(bench.appliance.tally.rows == stored)
    #expect(bench.appliance.tally.rowsNotStored == 5 - stored)
    #expect(bench.appliance.tally.callsByDisposition == [.answered: 5])
    let losses = bench.journal.compactMap { entry -> RowLoss? in
      if case .rowsNotStored(_, 1, let loss) = entry.event { loss } else { nil }
    }
    #expect(losses == Array(repeating: .tableFull, count: 5 - stored))
  }

  @Test(arguments: [(1800, 3), (1799, 2), (1200, 2), (599, 0), (0, 0)])
  func rowsStopWhereTheFlashIsFull(bytes: Int, stored: Int) throws {
    let bench = try bench(calls: 5) { $0.flashBytes = bytes }
    #expect(bench.rows.count == stored)
    #expect(bench.appliance.tally.rowsNotStored == 5 - stored)
    #expect(bench.appliance.tally.assumptions[.fullFlashLosesRows] == 5 - stored)
  }

  @Test func whatWasUsedBeforeCounts() throws {
    let bench = try bench(calls: 5) {
      $0.flashBytes = 6000
      $0.usedBytes = 5000
    }
    #expect(bench.rows.count == 1)
  }

  @Test func hugeNumbersAreNoTrouble() throws {
    let bench = try bench(calls: 2) {
      $0.flashBytes = .max
      $0.usedBytes = .max
      $0.cdrRowsMax = .max
    }
    #expect(bench.rows.isEmpty)
  }

  @Test func diskUsageIsRaisedOnceAndRestoredWhenTheCleanerRan() throws {
    // 80 % of 100 rows; the cleaner runs at midnight and takes what is older than a day.
    let bench = try bench(calls: 90, every: 1200) {
      $0.flashBytes = 60_000
      $0.cleaning.isEnabled = true
    }
    #expect(bench.systemEvents.map(\.name) == [.diskUsage])
    #expect(bench.systemEvents.first?.detail == "80 % of the flash in use")
    #expect(bench.appliance.tally.assumptions[.diskUsageThresholds] == 1)
    let later = try self.bench(calls: 90, every: 3600) {
      $0.flashBytes = 24_000
      $0.cleaning.isEnabled = true
    }
    #expect(
      later.systemEvents.map(\.detail).prefix(2) == ["80 % of the flash in use", "back to 60 % of the flash in use"])
  }

  @Test func theCleanerTakesWhatIsOlderThanItsInterval() throws {
    let bench = try bench(calls: 72, every: 3600) { $0.cleaning.isEnabled = true }
    var cleanings: [Instant] = []
    for effect in bench.effects {
      if case .cleanCDR(let cleaning, let due) = effect {
        cleanings.append(due)
        #expect(cleaning.intervalDays == 1)
      }
    }
    #expect(cleanings.count >= 2)
    let gaps = Set(zip(cleanings, cleanings.dropFirst()).map { ($1 - $0).wholeSeconds })
    #expect(gaps == [86_400])
    #expect(bench.appliance.tally.rowsCleaned > 0)
    #expect(bench.appliance.tally.rowsCleaned + 24 <= 72)
  }

  @Test func aCleanerThatIsSwitchedOffTakesNothing() throws {
    let bench = try bench(calls: 72, every: 3600) { $0.cleaning.intervalDays = 1 }
    #expect(bench.appliance.tally.rowsCleaned == 0)
    #expect(!bench.effects.contains { if case .cleanCDR = $0 { true } else { false } })
  }
}
