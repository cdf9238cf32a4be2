public import ApplianceWeb
import Glibc
public import Primitives
import Synchronization

/// How fast a trace is replayed: as fast as possible, or so many times as fast as it was recorded; held back until
/// somebody comes; paused, stepped and hurried while it goes; ended at any moment. What is listened to as it happens
/// has the pace of what happens and can only be ended.
///
/// Waits on the thread that replays.
public final class ReplayPace: Sendable {
  fileprivate struct Anchor {
    /// The trace's clock and the machine's at the same moment.
    var trace: Instant?
    var machine = Instant.epoch
    /// The last instant that was let through.
    var reached: Instant?
    /// The instant waited for.
    var next: Instant?
    var speed: Double?
    var isPaused = false
    /// Messages that are let through whatever else holds them back.
    var steps = 0
    /// Everything is let through until something happens.
    var hurries = false

    /// From here on the trace's clock goes on from where it stands.
    mutating func begin(at shown: Instant, machine now: Instant) {
      guard trace != nil else { return }
      trace = shown
      machine = now
    }
  }

  private let anchor = Mutex(Anchor())
  private let isStopped = Atomic<Bool>(false)
  private let isHeld: Atomic<Bool>
  private let machine: @Sendable () -> Instant
  /// Whether it is that of what happens now.
  public let isLive: Bool

  /// How long it sleeps before it looks whether it was stopped.
  private static let nap: Int64 = 20_000_000

  /// - Parameters:
  ///   - speed: above 0; nil for as fast as possible.
  ///   - waitsForClient: nothing is let through before `release()`.
  ///   - machine: a clock that never goes back.
  public convenience init(speed: Double?, waitsForClient: Bool, machine: @escaping @Sendable () -> Instant) {
    self.init(isLive: false, waitsForClient: waitsForClient, machine: machine)
    anchor.withLock { $0.speed = speed.map { max(0.001, $0) } }
  }

  private init(isLive: Bool, waitsForClient: Bool, machine: @escaping @Sendable () -> Instant) {
    self.isLive = isLive
    isHeld = Atomic(waitsForClient)
    self.machine = machine
  }

  /// That of what happens now: nothing waits.
  public static func live() -> ReplayPace { ReplayPace(isLive: true, waitsForClient: false, machine: { .epoch }) }

  /// nil for as fast as possible.
  public var speed: Double? { isLive ? 1 : anchor.withLock { $0.speed } }

  /// Whether nothing goes on until somebody says so.
  public var isPaused: Bool { anchor.withLock { $0.isPaused } }

  /// Does what somebody wants of the clock.
  public func carryOut(_ command: ClockCommand) {
    guard !isLive else { return }
    let machine = machine()
    anchor.withLock { anchor in
      // What the clock shows now it shows still, whatever changes.
      if let reached = anchor.reached { anchor.begin(at: anchor.shown(reached, machine), machine: machine) }
      switch command {
      case .pause: anchor.isPaused = true
      case .resume: anchor.isPaused = false
      case .step: anchor.steps = min(1000, anchor.steps + 1)
      case .nextEvent: anchor.hurries = true
      case .speed(let speed): anchor.speed = speed.map { max(0.001, $0) }
      }
    }
  }

  /// Something happened that the journal tells.
  func noteEvent() { anchor.withLock { $0.hurries = false } }

  /// Somebody came.
  public func release() { isHeld.store(false, ordering: .relaxed) }

  /// Nothing more is let through.
  public func stop() { isStopped.store(true, ordering: .relaxed) }

  /// Whether it was stopped.
  public var wasStopped: Bool { isStopped.load(ordering: .relaxed) }

  /// Another pass over the traces begins.
  func restart() {
    anchor.withLock { anchor in
      var new = Anchor()
      (new.speed, new.isPaused) = (anchor.speed, anchor.isPaused)
      anchor = new
    }
  }

  /// Waits until it is time for `instant`; false once it was stopped.
  ///
  /// - Parameters:
  ///   - countsAsStep: whether it is what one step of a paused replay goes to.
  ///   - isInterrupted: returns at once while it says so.
  func wait(
    for instant: Instant, countsAsStep: Bool = true, unless isInterrupted: () -> Bool = { false }
  ) -> Bool {
    guard !isLive else { return !wasStopped }
    while isHeld.load(ordering: .relaxed) {
      if wasStopped { return false }
      if isInterrupted() { return true }
      Self.sleep(Self.nap)
    }
    while !wasStopped {
      if isInterrupted() { return true }
      guard let left = left(until: instant, countsAsStep: countsAsStep) else { break }
      Self.sleep(min(left, Self.nap))
    }
    let machine = machine()
    anchor.withLock { anchor in
      // One that came before its time has brought the clock with it.
      if let due = anchor.due(instant), due > machine { anchor.begin(at: instant, machine: machine) }
      anchor.reached = instant
      anchor.next = nil
    }
    return !wasStopped
  }

  /// What the appliance's clock shows between two messages of the trace.
  func now(reached: Instant) -> Instant {
    let machine = machine()
    return anchor.withLock { $0.shown(reached, machine) }
  }

  /// How long is still to be waited, or to be slept before it is asked again; nil for no more.
  private func left(until instant: Instant, countsAsStep: Bool) -> Int64? {
    let machine = machine()
    return anchor.withLock { anchor in
      if anchor.hurries { return nil }
      if anchor.steps > 0 {
        if countsAsStep { anchor.steps -= 1 }
        return nil
      }
      if anchor.isPaused {
        anchor.next = instant
        return Self.nap
      }
      guard anchor.speed != nil else { return nil }
      // A capture whose clock leaps back begins anew.
      if anchor.trace == nil || instant < anchor.reached ?? instant {
        anchor.trace = instant
        anchor.machine = machine
      }
      anchor.next = instant
      guard let due = anchor.due(instant) else { return nil }
      return due > machine ? (due - machine).nanoseconds : nil
    }
  }

  fileprivate static func scaled(_ span: Instant.Span, by factor: Double) -> Instant.Span {
    Instant.Span(nanoseconds: Int64(exactly: (Double(span.nanoseconds) * factor).rounded()) ?? .max)
  }

  /// Waits a moment, on whichever thread asks.
  func rest() { Self.sleep(Self.nap) }

  /// - Parameter nanoseconds: less than a second's, as `usleep` has it.
  private static func sleep(_ nanoseconds: Int64) { _ = usleep(UInt32(clamping: nanoseconds / 1000)) }
}

extension ReplayPace.Anchor {
  /// When it is time for `instant` on the machine's clock; nil for at once.
  fileprivate func due(_ instant: Instant) -> Instant? {
    guard let speed, let trace else { return nil }
    return machine + ReplayPace.scaled(instant - trace, by: 1 / speed)
  }

  /// What the clock shows, `reached` being the last thing that happened.
  fileprivate func shown(_ reached: Instant, _ now: Instant) -> Instant {
    guard let trace, let next else { return reached }
    // Paused, it stands where it was anchored.
    guard let speed, !isPaused else { return max(reached, min(next, trace)) }
    return max(reached, min(next, trace + ReplayPace.scaled(now - machine, by: speed)))
  }
}
