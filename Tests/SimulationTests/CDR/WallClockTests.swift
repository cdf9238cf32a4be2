import HardwareProfiles
import PBXModel
import Primitives
import Simulation
import TestSupport
import Testing

/// What rows say where the wall clock does not run on evenly: a duration is the time between instants, so it never
/// follows from the texts beside it (observed for every row: `end - start` and `duration` differ by rounding alone,
/// which no change of the clock could have left so).
@Suite struct WallClockTests {
  private static let appliance = "MTZ+6MDT+5,M4.1.0,M11.1.0"

  private struct Times: Equatable {
    var start, answer, end: String
    var duration, billsec: Int64
  }

  private func rows(_ calls: [[Dialogue]], zone: String, restarts: Bool? = nil) throws -> [CDRRecord] {
    let timeZone = try POSIXTimeZone(zone).siteTimeZone()
    var bench = Bench(
      profile: profile(acctIDRestartsMonthly: restarts), site: benchSite { $0.timeZone = timeZone })
    try bench.play(calls.flatMap(\.self), until: 20_000_000)
    return bench.rows
  }

  private func times(_ row: CDRRecord, _ zone: String) throws -> Times {
    let timeZone = try POSIXTimeZone(zone).siteTimeZone()
    let text = { (field: CDRField) in field.text(of: row, in: timeZone) }
    return Times(
      start: text(.start), answer: text(.answer), end: text(.end), duration: row.durationSeconds,
      billsec: row.billsecSeconds)
  }

  /// A call of 30 seconds answered after 5, begun 10 seconds before an instant.
  private func call(over seconds: Int64) -> [Dialogue] {
    internalCall(from: Double(seconds - traceStart.seconds) - 10, ring: 1, answer: 5, end: 30)
  }

  @Test(arguments: [
    // 2026-11-01 02:00 summer time is 01:00 winter time: an end before the start, and 30 seconds all the same.
    (appliance, 1_793_516_400, "2026-11-01 01:59:50", "2026-11-01 01:59:55", "2026-11-01 01:00:20"),
    // 2027-04-04 02:00 winter time is 03:00 summer time.
    (appliance, 1_806_825_600, "2027-04-04 01:59:50", "2027-04-04 01:59:55", "2027-04-04 03:00:20"),
    ("CET-1CEST,M3.5.0,M10.5.0/3", 1_792_890_000, "2026-10-25 02:59:50", "2026-10-25 02:59:55", "2026-10-25 02:00:20"),
    // Lord Howe's half an hour, towards summer on 2026-10-04 at 02:00.
    (
      "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", 1_791_041_400, "2026-10-04 01:59:50", "2026-10-04 01:59:55",
      "2026-10-04 02:30:20"
    ),
    // Midnight, a month's end and New Year.
    (appliance, 1_790_830_800, "2026-09-30 23:59:50", "2026-09-30 23:59:55", "2026-10-01 00:00:20"),
    ("UTC0", 1_798_761_600, "2026-12-31 23:59:50", "2026-12-31 23:59:55", "2027-01-01 00:00:20"),
  ])
  func aCallOverAChangeKeepsItsLength(zone: String, change: Int64, start: String, answer: String, end: String) throws {
    let rows = try rows([call(over: change)], zone: zone)
    #expect(rows.count == 1)
    let row = try #require(rows.first)
    #expect(try times(row, zone) == Times(start: start, answer: answer, end: end, duration: 30, billsec: 25))
    #expect(row.uniqueid.hasPrefix("\(change - 10)."))
    #expect(row.session == "\(change - 10)0-1000")
  }

  @Test func theHourThatComesTwiceGivesTwoCallsOfTheSameTexts() throws {
    let first = call(over: 1_793_516_400 - 1800)
    let second = call(over: 1_793_516_400 + 1800)
    let rows = try rows([first, second], zone: Self.appliance)
    #expect(rows.count == 2)
    #expect(try times(rows[0], Self.appliance) == times(rows[1], Self.appliance))
    #expect(rows[0].session != rows[1].session)
    #expect(rows[1].start - rows[0].start == .seconds(3600))
  }

  /// The month is the local one, and it does not begin twice where its first hour does.
  @Test func acctIdBeginsAgainOnceAtTheLocalMonthsEnd() throws {
    // Summer time ends on 1 November at 00:30 (day 304 of 2026, counted from 0), so that 23:30 to 00:30 comes twice.
    let zone = "AAA0BBB,M4.1.0,304/0:30"
    // 00:30 on 1 November in summer time.
    let change: Int64 = 1_793_489_400
    let calls = [-3600, -300, 600, 3000].map { call(over: change + $0) }
    let rows = try rows(calls, zone: zone, restarts: true)
    let texts = try rows.map { try times($0, zone).start }
    #expect(texts == ["2026-10-31 23:29:50", "2026-11-01 00:24:50", "2026-10-31 23:39:50", "2026-11-01 00:19:50"])
    #expect(rows.map(\.acctId) == [1, 1, 2, 3])
  }

  /// The capture's clock is put back an hour in the middle of a call: `end` would lie before `start`.
  @Test(arguments: [2.0, 4.0, 9.0])
  func aClockPutBackAnHourLosesNoCallAndMakesNothingNegative(after seconds: Double) throws {
    let timeZone = SiteTimeZone.utc
    var bench = Bench(site: benchSite { $0.timeZone = timeZone })
    func stepped(_ calls: [Dialogue]) -> [WrittenMessage] {
      calls.flatMap(\.messages).sorted { $0.time < $1.time }.map {
        var message = $0
        if message.time > moment(seconds) { message.time = message.time + .seconds(-3600) }
        return message
      }
    }
    let before = internalCall("1002", to: "1003", from: -20, end: 10)
    let over = internalCall("1000", to: "1001", from: 0, answer: 3, end: 10)
    let after = internalCall("1004", to: "1005", from: 20, end: 10)
    try bench.playInOrder(stepped(before + over + after), until: -3000)
    #expect(bench.rows.map(\.src).sorted() == ["1000", "1002", "1004"])
    for row in bench.rows {
      #expect(row.disposition == .answered)
      #expect(row.durationSeconds >= 0 && row.billsecSeconds >= 0)
      #expect(row.billsecSeconds <= row.durationSeconds)
      let (answer, end) = (try #require(row.answer), try #require(row.end))
      #expect(row.start <= answer && answer <= end)
      #expect((end - row.start).wholeSeconds == row.durationSeconds)
    }
    // Lengths on either side of the step stay; one across it is not known, and taken for none.
    let talk = bench.rows.reduce(into: [:]) { $0[$1.src] = $1.billsecSeconds }
    #expect(talk == ["1002": 7, "1000": seconds < 3 ? 7 : 0, "1004": 7])
  }
}
