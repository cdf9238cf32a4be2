import HeapModule
import Primitives

/// Deadlines of legs, soonest first.
struct DeadlineQueue {
  private struct Entry: Comparable {
    let due: Instant
    let slot: Int
    let leg: Leg.ID

    static func < (left: Entry, right: Entry) -> Bool {
      (left.due, left.leg.rawValue, left.slot) < (right.due, right.leg.rawValue, right.slot)
    }
  }

  private var heap = Heap<Entry>()
  /// Of all deadlines; the distant future when there is none.
  private(set) var soonest = Instant.distantFuture

  mutating func push(_ due: Instant, slot: Int, leg: Leg.ID) {
    heap.insert(Entry(due: due, slot: slot, leg: leg))
    soonest = min(soonest, due)
  }

  /// The soonest deadline that is not after `now`, taken out.
  mutating func popDue(at now: Instant) -> (slot: Int, leg: Leg.ID)? {
    guard let first = heap.min, first.due <= now else { return nil }
    heap.removeMin()
    soonest = heap.min?.due ?? .distantFuture
    return (first.slot, first.leg)
  }
}
