import Foundation
import Primitives
import SimulationRuntime

/// Keeps two replays of the same traces at the same message, so that two models can be looked at side by side.
///
/// The leader follows the clock; the follower takes in what the leader was let through to, and the leader goes on once
/// it has. A replay that is over holds nobody up. What is ordered of both the leader takes first and hands on, so that
/// the follower takes it between the same two messages, at the same moment.
public final class Tandem: @unchecked Sendable {
  /// One of the two.
  public enum Side: Hashable, Sendable, CaseIterable {
    case leader, follower
  }

  /// An order that waits for the follower.
  private struct Handed {
    /// The message that it comes before.
    let message: Int
    let order: ReplayOrder
    let instant: Instant
  }

  private let condition = NSCondition()
  /// Messages that each side was let through to.
  private var messages: [Side: Int] = [:]
  /// Messages that the follower has done with.
  private var done = 0
  private var ended: Set<Side> = []
  /// How far the clock has come with the leader.
  private var reached: Instant?
  private var handed: [Handed] = []
  /// Whether the follower takes no orders any more.
  private var isClosed = false
  /// Orders that may wait for a follower that the CRM keeps waiting; a change then takes the place of the oldest.
  private static let handedMax = 64

  /// Both at the beginning.
  public init() {}

  // MARK: The leader

  /// Returns when the leader may take in its next message, of `instant`.
  func lead(to instant: Instant) {
    condition.lock()
    defer { condition.unlock() }
    let next = messages[.leader, default: 0] + 1
    // The follower is through with a message when it comes for the next one.
    while !ended.contains(.follower), done < next - 1 { condition.wait() }
    messages[.leader] = next
    reached = instant
    condition.broadcast()
  }

  /// The clock has come to `instant` between two messages.
  func pass(to instant: Instant) {
    condition.lock()
    defer { condition.unlock() }
    reached = instant
    condition.broadcast()
  }

  /// Has the follower carry out something at `instant`, before the message that the leader comes to next.
  ///
  /// - Returns: false for something that it will not do, because it has ended, or has too much to do.
  @discardableResult
  func hand(_ order: ReplayOrder, at instant: Instant) -> Bool {
    condition.lock()
    let isFull = handed.count >= Self.handedMax
    guard !isClosed, !isFull || order.change != nil else {
      condition.unlock()
      order.done()
      return false
    }
    let message = ended.contains(.leader) ? Int.max : messages[.leader, default: 0] + 1
    let needless = isFull ? handed.removeFirst() : nil
    handed.append(Handed(message: message, order: order, instant: instant))
    condition.broadcast()
    condition.unlock()
    needless?.order.done()
    return true
  }

  // MARK: The follower

  /// Returns when the follower may take in its next message; false for an order that comes before it.
  func follow() -> Bool {
    condition.lock()
    defer { condition.unlock() }
    let next = isThroughWithLatest()
    while !isDue(next), !hasOrder(before: next) { condition.wait() }
    guard !hasOrder(before: next) else { return false }
    messages[.follower] = next
    return true
  }

  /// Returns when the follower may let the time pass to `instant`, which is before its next message; false for an order
  /// that comes first.
  ///
  /// - Parameter shown: what the clock shows, given how far it has come.
  func follow(to instant: Instant, shown: (Instant) -> Instant) -> Bool {
    condition.lock()
    defer { condition.unlock() }
    let next = isThroughWithLatest()
    while !isDue(next), !hasOrder(before: next), reached.map({ shown($0) < instant }) ?? true {
      // Nobody tells that the clock goes on while the leader waits.
      _ = condition.wait(until: Date(timeIntervalSinceNow: 0.02))
    }
    return !hasOrder(before: next)
  }

  /// The order that comes before the follower's next message, and its moment; nil for none.
  func takeOrder() -> (order: ReplayOrder, at: Instant)? {
    condition.lock()
    defer { condition.unlock() }
    guard hasOrder(before: messages[.follower, default: 0] + 1) else { return nil }
    let first = handed.removeFirst()
    return (first.order, first.instant)
  }

  /// An order for a follower that has come to the traces' end; nil for none.
  func takeOrderAfterEnd() -> ReplayOrder? {
    condition.lock()
    defer { condition.unlock() }
    return handed.isEmpty ? nil : handed.removeFirst().order
  }

  /// The follower takes no orders any more; those that wait are done with.
  public func close() {
    condition.lock()
    isClosed = true
    let needless = handed
    handed = []
    condition.unlock()
    for handed in needless { handed.order.done() }
  }

  // MARK: Both

  /// The side takes in no more.
  public func end(_ side: Side) {
    condition.lock()
    defer { condition.unlock() }
    ended.insert(side)
    condition.broadcast()
  }

  /// Both begin again.
  public func restart() {
    close()
    condition.lock()
    defer { condition.unlock() }
    messages = [:]
    ended = []
    done = 0
    reached = nil
    isClosed = false
    condition.broadcast()
  }

  /// The number of the follower's next message; the leader hears that it waits for it.
  private func isThroughWithLatest() -> Int {
    done = messages[.follower, default: 0]
    condition.broadcast()
    return done + 1
  }

  private func isDue(_ message: Int) -> Bool {
    ended.contains(.leader) || messages[.leader, default: 0] >= message
  }

  private func hasOrder(before message: Int) -> Bool { handed.first.map { $0.message <= message } ?? false }
}
