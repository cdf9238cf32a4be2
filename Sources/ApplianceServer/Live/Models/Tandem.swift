import Foundation

/// Keeps two replays of the same traces at the same message, so that two models can be looked at side by side.
///
/// The leader follows the clock; the follower takes in what the leader was let through to, and the leader goes on once
/// it has. A replay that is over holds nobody up.
public final class Tandem: @unchecked Sendable {
  /// One of the two.
  public enum Side: Hashable, Sendable, CaseIterable {
    case leader, follower
  }

  private let condition = NSCondition()
  /// Messages that each side was let through to.
  private var messages: [Side: Int] = [:]
  /// Messages that the follower has done with.
  private var done = 0
  private var ended: Set<Side> = []

  /// Both at the beginning.
  public init() {}

  /// Returns when the side may take in its next message.
  func arrive(_ side: Side) {
    condition.lock()
    defer { condition.unlock() }
    let next = messages[side, default: 0] + 1
    switch side {
    case .leader:
      // The follower is through with a message when it comes for the next one.
      while !ended.contains(.follower), done < next - 1 { condition.wait() }
    case .follower:
      done = next - 1
      condition.broadcast()
      while !ended.contains(.leader), messages[.leader, default: 0] < next { condition.wait() }
    }
    messages[side] = next
    condition.broadcast()
  }

  /// The side takes in no more.
  public func end(_ side: Side) {
    condition.lock()
    defer { condition.unlock() }
    ended.insert(side)
    condition.broadcast()
  }

  /// Both begin again.
  public func restart() {
    condition.lock()
    defer { condition.unlock() }
    messages = [:]
    ended = []
    done = 0
    condition.broadcast()
  }
}
