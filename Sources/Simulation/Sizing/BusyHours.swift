public import Primitives

/// The hour in which most was in use, of all time and of each day.
///
/// As ITU-T E.600 has it, the continuous hour in which the traffic is greatest: it slides, in steps of a minute, and
/// that of a day lies wholly in it by the site's clock. Days of one hour more or less, where the clocks change, are
/// like others, because the hour itself is one of UTC.
public struct BusyHours: Hashable, Sendable {
  /// One hour and what was in use in it.
  public struct Hour: Hashable, Sendable {
    /// The hour goes on from here.
    public let start: Instant
    /// Use times time, in nanoseconds of one in use.
    fileprivate(set) var load: Int64

    /// The average number in use.
    public var erlangs: Double { Double(load) / Double(BusyHours.hour) }
  }

  /// Days kept; of more only the busiest hour of all counts.
  public static let daysMax = 4000
  fileprivate static let hour: Int64 = 3_600_000_000_000
  private static let minute: Int64 = 60_000_000_000
  private static let minutesOfDay: Int64 = 1440
  /// A level above it counts as it, so that an hour's load stays a number.
  private static let levelMax = 1_000_000

  /// nil before anything was seen.
  public private(set) var busiest: Hour?
  /// The busiest hour of each day with any use, in the order of days.
  public var days: [Hour] { loads.sorted { $0.key < $1.key }.map(\.value) }
  /// Use times time over everything, in seconds of one in use.
  public private(set) var seconds = 0.0

  private let timeZone: SiteTimeZone
  private var loads: [Int64: Hour] = [:]
  /// Of the 60 minutes up to `current`, at the minute's place modulo 60.
  private var minutes = [Int64](repeating: 0, count: 60)
  private var load: Int64 = 0
  /// The minute that has not ended, counted from 1970.
  private var current: Int64?
  /// The first minute since the beginning, or since a clock was put back.
  private var began: Int64 = 0

  init(timeZone: SiteTimeZone) { self.timeZone = timeZone }

  /// `level` was in use from one instant to another; times come in order, and begin anew where a clock was put back.
  mutating func add(_ level: Int, from: Instant, to: Instant) {
    guard from < to else { return }
    let level = Int64(min(max(level, 0), Self.levelMax))
    seconds += Double(level) * Double((to - from).nanoseconds) / 1e9
    if let current, Self.minute(of: from) < current {
      settle()
      reset()
    }
    var place = from.nanoseconds
    while place < to.nanoseconds {
      let minute = Self.floor(place, by: Self.minute)
      move(to: minute)
      let next = minute < Int64.max / Self.minute - 1 ? (minute + 1) * Self.minute : Int64.max
      let end = min(to.nanoseconds, next)
      add(level * (end - place), in: minute)
      place = passDays(level, from: end, to: to.nanoseconds)
    }
  }

  /// Nothing more comes: the hours that began already go on in silence.
  mutating func settle() {
    guard let last = current, last < Int64.max / Self.minute - 60 else { return weigh() }
    for minute in (last + 1)...(last + 60) { move(to: minute) }
  }

  /// Goes over whole days of one level, all hours of which are alike. A day is a multiple of an hour, so every minute
  /// keeps its place.
  private mutating func passDays(_ level: Int64, from place: Int64, to end: Int64) -> Int64 {
    let day = Self.minutesOfDay * Self.minute
    guard load == level * Self.hour, end > Int64.min + day else { return place }
    var place = place
    while let minute = current, place < end - day {
      place += day
      current = minute + Self.minutesOfDay
      weigh()
    }
    return place
  }

  private mutating func add(_ amount: Int64, in minute: Int64) {
    let place = Self.place(of: minute)
    minutes[place] &+= amount
    load &+= amount
  }

  /// Ends every minute before `minute`.
  private mutating func move(to minute: Int64) {
    guard let from = current else {
      (current, began) = (minute, minute)
      return
    }
    guard minute > from else { return }
    weigh()
    for passed in (from + 1)...minute {
      load &-= minutes[Self.place(of: passed)]
      minutes[Self.place(of: passed)] = 0
    }
    current = minute
  }

  private mutating func reset() {
    minutes = [Int64](repeating: 0, count: 60)
    load = 0
    current = nil
  }

  private mutating func weigh() {
    guard let current, load > 0 else { return }
    let start = max(current - 59, began)
    let hour = Hour(start: Instant(seconds: start * 60), load: load)
    if load > busiest?.load ?? 0 { busiest = hour }
    let day = day(of: start)
    guard day == self.day(of: current), loads[day] != nil || loads.count < Self.daysMax else { return }
    if load > loads[day]?.load ?? 0 { loads[day] = hour }
  }

  /// Of a minute, by the site's clock.
  private func day(of minute: Int64) -> Int64 {
    let offset = timeZone.offsetSeconds(at: Instant(seconds: minute * 60))
    return Self.floor(minute * 60 &+ Int64(clamping: offset), by: 86_400)
  }

  private static func minute(of instant: Instant) -> Int64 { floor(instant.nanoseconds, by: minute) }

  private static func place(of minute: Int64) -> Int { Int(((minute % 60) + 60) % 60) }

  private static func floor(_ value: Int64, by divisor: Int64) -> Int64 {
    let (quotient, rest) = value.quotientAndRemainder(dividingBy: divisor)
    return rest < 0 ? quotient - 1 : quotient
  }
}
