import Glibc
public import Primitives
import Synchronization

/// How fast a trace is replayed: as fast as possible, or so many times as fast as it was recorded; held back until
/// somebody comes; ended at any moment.
///
/// Waits on the thread that replays.
public final class ReplayPace: Sendable {
  private struct Anchor {
    /// The trace's clock and the machine's at the same moment.
    var trace: Instant?
    var machine = Instant.epoch
    /// The last instant that was let through.
    var reached: Instant?
    /// The instant waited for.
    var next: Instant?
  }

  /// nil for as fast as possible.
  public let speed: Double?
  private let anchor = Mutex(Anchor())
  private let isStopped = Atomic<Bool>(false)
  private let isHeld: Atomic<Bool>
  private let machine: @Sendable () -> Instant

  /// How long it sleeps before it looks whether it was stopped.
  private static let nap: Int64 = 20_000_000

  /// - Parameters:
  ///   - speed: above 0; nil for as fast as possible.
  ///   - waitsForClient: nothing is let through before `release()`.
  ///   - machine: a clock that never goes back.
  public init(speed: Double?, waitsForClient: Bool, machine: @escaping @Sendable () -> Instant) {
    self.speed = speed.map { max(0.001, $0) }
    isHeld = Atomic(waitsForClient)
    self.machine = machine
  }

  /// Somebody came.
  public func release() { isHeld.store(false, ordering: .relaxed) }

  /// Nothing more is let through.
  public func stop() { isStopped.store(true, ordering: .relaxed) }

  /// Whether it was stopped.
  public var wasStopped: Bool { isStopped.load(ordering: .relaxed) }

  /// Another pass over the traces begins.
  func restart() { anchor.withLock { $0 = Anchor() } }

  /// Waits until it is time for `instant`; false once it was stopped.
  func wait(for instant: Instant) -> Bool {
    while isHeld.load(ordering: .relaxed) {
      if wasStopped { return false }
      Self.sleep(Self.nap)
    }
    if let speed {
      while !wasStopped, let left = left(until: instant, speed: speed) { Self.sleep(min(left, Self.nap)) }
    }
    anchor.withLock {
      $0.reached = instant
      $0.next = nil
    }
    return !wasStopped
  }

  /// What the appliance's clock shows between two messages of the trace.
  func now(reached: Instant) -> Instant {
    let machine = machine()
    return anchor.withLock { anchor in
      guard let speed, let start = anchor.trace, let next = anchor.next else { return reached }
      return max(reached, min(next, start + Self.scaled(machine - anchor.machine, by: speed)))
    }
  }

  private func left(until instant: Instant, speed: Double) -> Int64? {
    let machine = machine()
    return anchor.withLock { anchor in
      // A capture whose clock leaps back begins anew.
      if anchor.trace == nil || instant < anchor.reached ?? instant {
        anchor.trace = instant
        anchor.machine = machine
      }
      anchor.next = instant
      guard let start = anchor.trace else { return nil }
      let due = anchor.machine + Self.scaled(instant - start, by: 1 / speed)
      return due > machine ? (due - machine).nanoseconds : nil
    }
  }

  private static func scaled(_ span: Instant.Span, by factor: Double) -> Instant.Span {
    Instant.Span(nanoseconds: Int64(exactly: (Double(span.nanoseconds) * factor).rounded()) ?? .max)
  }

  private static func sleep(_ nanoseconds: Int64) {
    var time = timespec(tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
    nanosleep(&time, nil)
  }
}
