import Primitives
import Testing

@testable import Simulation

/// The sliding hour with the most traffic, of all time and of each day.
@Suite struct BusyHoursTests {
  private let berlin = SiteTimeZone(
    name: "Europe/Berlin",
    offsets: [
      .init(since: Instant(seconds: 0), offsetSeconds: 3600),
      .init(since: Instant(seconds: 1_774_746_000), offsetSeconds: 7200),
      .init(since: Instant(seconds: 1_792_890_000), offsetSeconds: 3600),
    ])
  private let hour: Int64 = 3600
  private let day: Int64 = 86_400
  /// Midnight of a day, UTC.
  private let midnight: Int64 = 1_795_132_800

  private func hours(_ parts: [(level: Int, from: Int64, to: Int64)], in zone: SiteTimeZone = .utc) -> BusyHours {
    var hours = BusyHours(timeZone: zone)
    for part in parts { hours.add(part.level, from: Instant(seconds: part.from), to: Instant(seconds: part.to)) }
    hours.settle()
    return hours
  }

  @Test func theHourSlides() throws {
    let start = midnight + 9 * hour + 1800
    let found = hours([(1, midnight, start), (7, start, start + hour), (2, start + hour, midnight + day)])
    let busiest = try #require(found.busiest)
    #expect(busiest.start == Instant(seconds: start))
    #expect(busiest.erlangs == 7)
  }

  @Test func aShortPeakIsWorthItsPartOfTheHour() throws {
    let busiest = try #require(hours([(6, midnight, midnight + 600)]).busiest)
    #expect(busiest.erlangs == 1)
  }

  @Test func secondsWithinAMinuteCount() {
    let found = hours([(3, midnight + 10, midnight + 20), (5, midnight + 20, midnight + 26)])
    #expect(found.busiest?.erlangs == 60.0 / 3600)
    #expect(found.seconds == 60)
  }

  @Test func everyDayHasItsOwn() {
    let found = hours([
      (1, midnight, midnight + 3 * hour), (0, midnight + 3 * hour, midnight + day),
      (4, midnight + day, midnight + day + hour), (0, midnight + day + hour, midnight + 3 * day),
      (2, midnight + 3 * day, midnight + 3 * day + hour),
    ])
    #expect(found.days.map(\.erlangs) == [1, 4, 2])
    #expect(found.busiest?.erlangs == 4)
  }

  @Test func theDayIsThatOfTheSitesClock() {
    // 23:30 UTC is 00:30 of the next day in Berlin.
    let found = hours(
      [
        (1, midnight + 20 * hour, midnight + 21 * hour), (0, midnight + 21 * hour, midnight + 23 * hour + 1800),
        (1, midnight + 23 * hour + 1800, midnight + day),
      ], in: berlin)
    #expect(found.days.count == 2)
    #expect(
      hours([
        (1, midnight + 20 * hour, midnight + 21 * hour), (0, midnight + 21 * hour, midnight + 22 * hour),
        (1, midnight + 22 * hour, midnight + 23 * hour),
      ]).days.count == 1)
  }

  @Test(arguments: [1_774_746_000, 1_792_890_000] as [Int64])
  func anHourOverAChangeOfTheClockIsAnHour(change: Int64) throws {
    let busiest = try #require(hours([(3, change - 1800, change + 1800)], in: berlin).busiest)
    #expect(busiest.erlangs == 3)
    #expect(busiest.start == Instant(seconds: change - 1800))
  }

  @Test func monthsOfOneCallAreADayEach() {
    let found = hours([(2, midnight + 17, midnight + 17 + 100 * day)])
    #expect(found.days.count == 100 || found.days.count == 101)
    #expect(found.days.dropFirst().dropLast().allSatisfy { $0.erlangs == 2 })
    #expect(found.busiest?.erlangs == 2)
    #expect(found.seconds == Double(200 * day))
  }

  @Test func aLongSilenceForgetsTheHourBefore() {
    let found = hours([
      (5, midnight, midnight + 600), (0, midnight + 600, midnight + 40 * day + 7),
      (5, midnight + 40 * day + 7, midnight + 40 * day + 607),
    ])
    #expect(found.days.map { ($0.erlangs * 100).rounded() } == [83, 83])
  }

  @Test func aClockPutBackBeginsAnew() {
    let found = hours([(1, midnight + day, midnight + day + hour), (2, midnight, midnight + hour)])
    #expect(found.days.map(\.erlangs) == [2, 1])
  }

  @Test(arguments: [(Int64.min, Int64.max), (Int64.max - 5, Int64.max), (Int64.min, Int64.min + 5), (-1, 1)])
  func anyTimeAtAllIsBounded(from: Int64, to: Int64) {
    var found = BusyHours(timeZone: berlin)
    found.add(.max, from: Instant(nanoseconds: from), to: Instant(nanoseconds: to))
    found.add(-3, from: Instant(nanoseconds: from), to: Instant(nanoseconds: to))
    found.settle()
    #expect(found.days.count <= BusyHours.daysMax)
    #expect(found.busiest != nil)
  }

  @Test func noTimeIsNoTraffic() {
    #expect(hours([(3, midnight, midnight), (3, midnight + 5, midnight)]).busiest == nil)
  }
}
