import CDRStorage
import PBXModel
import Primitives
import TestSupport
import Testing

/// Calls `days` apart, the first at `CDRRecord.sampleStart` (2023-05-11 14:30:30 UTC), of as many rows as their number.
private func store(_ count: Int) throws -> CDRStore {
  let store = try CDRStore(inMemoryFor: .utc, batchRows: 3)
  for number in 1...count {
    var rows = session(number, rows: number).rows
    for index in rows.indices {
      rows[index].start = CDRRecord.sampleStart + .seconds(Int64(number - 1) * 86_400 + Int64(index) * 3600)
    }
    try store.append(#require(CDRSession(rows: rows)))
  }
  return store
}

private func day(_ number: Double) -> Instant { CDRRecord.sampleStart + .seconds(Int64(number * 86_400)) }

private func cleaning(_ change: (inout CDRCleaning) -> Void) -> CDRCleaning {
  var cleaning = CDRCleaning()
  change(&cleaning)
  return cleaning
}

@Suite struct CleaningTests {
  @Test(arguments: [
    // Calls of 1, 2, 3, 4 and 5 rows begin on days 0 to 4; a call goes when its last row is past the age.
    (1, 4.0, 3, 6), (1, 4.1, 3, 6), (1, 4.13, 4, 10), (2, 4.0, 2, 3), (4, 4.0, 0, 0), (4, 4.001, 1, 1), (30, 4.0, 0, 0),
    (30, 60.0, 5, 15), (1, -5.0, 0, 0),
  ])
  func byAgeACallGoesWholeWhenAllOfItIsOld(days: Int, now: Double, calls: Int, rows: Int) throws {
    let store = try store(5)
    let cleaning = cleaning { $0.intervalDays = days }
    let rehearsal = try store.clean(cleaning, at: day(now), isRehearsal: true)
    #expect(rehearsal == (try removal(rows, calls)))
    #expect(try store.rowCount() == 15)
    #expect(try store.clean(cleaning, at: day(now)) == rehearsal)
    #expect(try store.rowCount() == 15 - rows)
    #expect(try store.sessions(limit: 9).sessions.count == 5 - calls)
    #expect(try store.clean(cleaning, at: day(now)) == (try removal(0, 0)))
  }

  @Test(arguments: [
    (15, 0, 0), (99, 0, 0), (14, 1, 1), (12, 2, 3), (9, 3, 6), (8, 4, 10), (5, 4, 10), (4, 5, 15), (0, 5, 15),
    (-1, 5, 15),
  ])
  func byCountTheOldestCallsGoUntilNoMoreRowsAreLeftThanAllowed(kept: Int, calls: Int, rows: Int) throws {
    let store = try store(5)
    let cleaning = cleaning { $0.rowsKept = kept }
    #expect(try store.clean(cleaning, at: day(4)) == (try removal(rows, calls)))
    #expect(try store.rowCount() <= max(0, kept))
  }

  private func removal(_ rows: Int, _ calls: Int) throws -> CDRRemoval {
    var removal = try CDRStore(inMemoryFor: .utc).clean(CDRCleaning(), at: .epoch)
    (removal.rows, removal.calls) = (rows, calls)
    return removal
  }

  @Test func whatIsAppendedAfterACleaningIsKeptApart() throws {
    let store = try store(3)
    _ = try store.clean(cleaning { $0.rowsKept = 0 }, at: day(9))
    try store.append(session(7, rows: 2))
    try store.append(session(8))
    #expect(try store.sessions(limit: 9).sessions == [session(7, rows: 2), session(8)])
  }

  @Test func itIsSwitchedOffUnlessAskedFor() {
    #expect(!CDRCleaning().isEnabled)
    #expect(!CDRCleaning().isDue(at: .distantFuture, lastRun: nil, in: .utc))
  }

  @Test(arguments: [(0, 1), (-5, 1), (31, 30), (30, 30)])
  func settingsStayInTheAppliancesRange(given: Int, days: Int) {
    #expect(cleaning { $0.intervalDays = given }.intervalDays == days)
    #expect(cleaning { $0.hourOfDay = 24 }.hourOfDay == 23)
    #expect(cleaning { $0.hourOfDay = -1 }.hourOfDay == 0)
  }

  /// It ran on 2026-03-27 at 02:00 in Berlin; the clock leaps over 02:00 on the 29th and shows it twice on 25 October.
  @Test(arguments: [
    (1, 1_774_573_200, 1_774_659_599, false), (1, 1_774_573_200, 1_774_659_600, true),
    (2, 1_774_573_200, 1_774_745_999, false), (2, 1_774_573_200, 1_774_746_000, true),
    (1, 1_792_800_000, 1_792_886_399, false), (1, 1_792_800_000, 1_792_886_400, true),
    (1, 1_792_886_400, 1_792_890_000, false), (30, 1_774_573_200, 1_777_161_600, true),
    (30, 1_774_573_200, 1_777_161_599, false),
  ])
  func itRunsAtItsHourEverySoManyDays(days: Int, last: Int64, now: Int64, isDue: Bool) throws {
    let zone = try POSIXTimeZone("CET-1CEST,M3.5.0,M10.5.0/3").siteTimeZone()
    let cleaning = cleaning { ($0.isEnabled, $0.hourOfDay, $0.intervalDays) = (true, 2, days) }
    #expect(cleaning.isDue(at: Instant(seconds: now), lastRun: Instant(seconds: last), in: zone) == isDue)
  }

  @Test func theHourBeforeIsTodaysOrYesterdays() {
    let midnight = Instant(seconds: 1_774_569_600)
    let atThree = cleaning { $0.hourOfDay = 3 }
    #expect(atThree.hourBegin(atOrBefore: midnight + .seconds(3 * 3600), in: .utc) == midnight + .seconds(3 * 3600))
    #expect(atThree.hourBegin(atOrBefore: midnight + .seconds(3600), in: .utc) == midnight + .seconds(-21 * 3600))
  }

  @Test func aClosedStoreIsNotCleaned() throws {
    let store = try store(1)
    try store.close()
    #expect(throws: CDRStoreError.self) { try store.clean(CDRCleaning(), at: .epoch) }
    #expect(throws: CDRStoreError.self) { try store.latestStart() }
  }
}
