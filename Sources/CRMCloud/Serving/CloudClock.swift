public import HTTPTypes
public import Primitives

/// The clock a served cloud lives by: given the machine's time, the cloud's time. It never goes back.
public struct CloudClock: Hashable, Sendable, Codable {
  /// Header field by which a replay tells the trace's time: seconds since 1970 with nine digits after the point.
  public static let requestTimeField = "Simulated-Time"

  /// How the clock goes.
  public enum Mode: String, Hashable, Sendable, CaseIterable, Codable {
    /// With the machine's, possibly at a distance.
    case running
    /// Not at all.
    case frozen
    /// As requests say (`Simulated-Time`); it stands still in between and for requests that say nothing.
    case requests
  }

  /// How the clock goes.
  public private(set) var mode: Mode
  /// The cloud's time less the machine's, while running.
  private var offsetNanoseconds: Int64 = 0
  private var latestNanoseconds: Int64

  /// The machine's own time.
  public init(wall: Instant) {
    mode = .running
    latestNanoseconds = wall.nanoseconds
  }

  /// Shows `instant` when the machine's clock shows `wall`, and runs on from there.
  public init(startingAt instant: Instant, wall: Instant) {
    mode = .running
    offsetNanoseconds = (instant - wall).nanoseconds
    latestNanoseconds = instant.nanoseconds
  }

  /// Follows the requests.
  public static var followingRequests: CloudClock {
    var clock = CloudClock(wall: .epoch)
    clock.mode = .requests
    return clock
  }

  /// The latest time shown.
  public var latest: Instant { Instant(nanoseconds: latestNanoseconds) }

  /// The cloud's time when the machine's clock shows `wall`.
  public mutating func now(wall: Instant) -> Instant {
    switch mode {
    case .running: show(wall + Instant.Span(nanoseconds: offsetNanoseconds))
    case .frozen, .requests: break
    }
    return latest
  }

  /// The cloud's time for a request.
  public mutating func now(wall: Instant, for request: HTTPRequest) -> Instant {
    if mode == .requests, let field = HTTPField.Name(Self.requestTimeField),
      let told = request.headerFields[field].flatMap(Self.instant)
    {
      show(told)
    }
    return now(wall: wall)
  }

  /// Shows `instant` from now on. False, and nothing changes, when that is earlier than what it shows.
  public mutating func set(to instant: Instant, wall: Instant) -> Bool {
    guard instant >= now(wall: wall) else { return false }
    latestNanoseconds = instant.nanoseconds
    offsetNanoseconds = (instant - wall).nanoseconds
    return true
  }

  /// Goes in another way from what it shows: no time has passed for the cloud since it stood still.
  public mutating func go(_ mode: Mode, wall: Instant) {
    _ = now(wall: wall)
    self.mode = mode
    offsetNanoseconds = (latest - wall).nanoseconds
  }

  /// Goes on after a stop: as `wanted`, or as before where nothing is wanted; never earlier than it has shown.
  ///
  /// A clock that ran with the machine's own does so again; one at a distance goes on where it stopped.
  public mutating func resume(as wanted: CloudClock?, wall: Instant) {
    let shown = latestNanoseconds
    if let wanted {
      self = wanted
    } else if offsetNanoseconds != 0 {
      offsetNanoseconds = (latest - wall).nanoseconds
    }
    guard latestNanoseconds < shown else { return }
    latestNanoseconds = shown
    if offsetNanoseconds != 0 { offsetNanoseconds = (latest - wall).nanoseconds }
  }

  /// Has shown `instant`, and shows nothing earlier.
  public mutating func note(_ instant: Instant) { show(instant) }

  private mutating func show(_ instant: Instant) {
    latestNanoseconds = max(latestNanoseconds, instant.nanoseconds)
  }

  /// `1795910400.000000001`: what `requestTimeField` holds.
  public static func text(_ instant: Instant) -> String {
    let seconds = instant.seconds
    let rest = (instant - Instant(seconds: seconds)).nanoseconds
    let digits = String(rest)
    return "\(seconds)." + String(repeating: "0", count: max(0, 9 - digits.utf8.count)) + digits
  }

  static func instant(_ text: String) -> Instant? {
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].count == 9, let seconds = number(parts[0]), let rest = number(parts[1])
    else { return nil }
    return Instant(seconds: seconds, nanoseconds: rest)
  }

  private static func number(_ digits: Substring.UTF8View) -> Int64? {
    guard (1...10).contains(digits.count), digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
    return digits.reduce(0) { $0 * 10 + Int64($1 - 48) }
  }
}
