import Primitives
import Simulation

/// Round times along a series, by the site's clock.
struct TimeAxis {
  struct Tick: Equatable {
    /// Of the way from the left, 0 to 1.
    let share: Double
    /// `HH:MM`, or `HH:MM:SS` where ticks are closer than a minute.
    let time: String
    /// On the first tick, and on each that is of another day than the one before.
    let date: String?
  }

  private static let ticksMax: Int64 = 8
  private static let day: Int64 = 86_400
  private static let stepsSeconds: [Int64] = [
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, day, 2 * day, 7 * day,
    14 * day, 28 * day, 91 * day, 182 * day, 364 * day, 3640 * day, 36_400 * day,
  ]

  let ticks: [Tick]

  /// nil of a series that has seen nothing.
  init?(_ series: LevelSeries, timeZone: SiteTimeZone) {
    guard !series.maxima.isEmpty else { return nil }
    let start = series.start
    let seconds = Double(series.maxima.count) * Double(series.length.nanoseconds) / 1e9
    let length = Int64(min(seconds, 1e11).rounded(.up))
    let step = Self.stepsSeconds.first { length / $0 <= Self.ticksMax } ?? 36_400 * Self.day
    // Round by the clock as it goes at the start; where it changes on the way, the labels still tell the time.
    let offset = Int64(clamping: timeZone.offsetSeconds(at: start))
    let local = start.seconds &+ offset
    let past = ((local % step) + step) % step
    var ticks: [Tick] = []
    var after = past == 0 && start.microsecondsOfSecond == 0 ? 0 : step - past
    var lastDate = ""
    while after <= length {
      let clock = timeZone.local(Instant(seconds: start.seconds) + .seconds(after))
      let date = String(clock.text.prefix { $0 != " " })
      let time = clock.timeOfDay + (step < 60 ? ":" + CivilTime.twoDigits(clock.second) : "")
      let share = seconds > 0 ? min(1, Double(after) / seconds) : 0
      ticks.append(Tick(share: share, time: time, date: date == lastDate ? nil : date))
      lastDate = date
      after += step
    }
    self.ticks = ticks
  }
}
