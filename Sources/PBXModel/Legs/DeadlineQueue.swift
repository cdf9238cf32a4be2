import DequeModule
import Primitives

/// Deadlines of legs, soonest first.
///
/// Nearly every deadline is one of two spans behind the moment it is set, so those of each span come in their order
/// already. Two rows take them in; the few that fit behind neither go to a heap.
struct DeadlineQueue {
  fileprivate struct Entry {
    let due: Instant
    let slot: Int
    let leg: Leg.ID

    @inline(__always)
    func isBefore(_ other: Entry) -> Bool {
      guard due == other.due else { return due < other.due }
      return (leg.rawValue, slot) < (other.leg.rawValue, other.slot)
    }
  }

  /// Each in order.
  private var rows = (Deque<Entry>(), Deque<Entry>())
  private var heap = EntryHeap()
  /// Of all deadlines; the distant future when there is none.
  private(set) var soonest = Instant.distantFuture

  mutating func push(_ due: Instant, slot: Int, leg: Leg.ID) {
    let entry = Entry(due: due, slot: slot, leg: leg)
    soonest = min(soonest, due)
    let (first, second) = (rows.0.last, rows.1.last)
    let isBehindFirst = first?.isBefore(entry) ?? true
    let isBehindSecond = second?.isBefore(entry) ?? true
    // Behind both, it goes to the row that is later already: the other stays open for sooner ones.
    let isFirstLater = first.map { first in second?.isBefore(first) ?? true } ?? false
    if isBehindFirst, isFirstLater || !isBehindSecond {
      rows.0.append(entry)
    } else if isBehindSecond {
      rows.1.append(entry)
    } else {
      heap.push(entry)
    }
  }

  /// The soonest deadline that is not after `now`, taken out.
  mutating func popDue(at now: Instant) -> (slot: Int, leg: Leg.ID)? {
    guard soonest <= now else { return nil }
    var (found, place) = (rows.0.first, 0)
    if let entry = rows.1.first, found.map({ entry.isBefore($0) }) ?? true { (found, place) = (entry, 1) }
    if let entry = heap.first, found.map({ entry.isBefore($0) }) ?? true { (found, place) = (entry, 2) }
    guard let found, found.due <= now else { return nil }
    switch place {
    case 0: rows.0.removeFirst()
    case 1: rows.1.removeFirst()
    default: heap.removeFirst()
    }
    soonest = min(
      rows.0.first?.due ?? .distantFuture, rows.1.first?.due ?? .distantFuture, heap.first?.due ?? .distantFuture)
    return (found.slot, found.leg)
  }
}

/// A binary heap of its own: that of swift-collections is a min-max heap, whose other end nobody asks for here, and
/// takes twice the steps.
private struct EntryHeap {
  private var entries: [DeadlineQueue.Entry] = []

  var first: DeadlineQueue.Entry? { entries.first }

  mutating func push(_ entry: DeadlineQueue.Entry) {
    entries.append(entry)
    entries.withUnsafeMutableBufferPointer { entries in
      var place = entries.count &- 1
      while place > 0 {
        let parent = (place &- 1) >> 1
        guard entry.isBefore(entries[parent]) else { break }
        entries[place] = entries[parent]
        place = parent
      }
      entries[place] = entry
    }
  }

  mutating func removeFirst() {
    guard let last = entries.popLast(), !entries.isEmpty else { return }
    sink(last)
  }

  /// Puts an entry in the place of the first.
  private mutating func sink(_ entry: DeadlineQueue.Entry) {
    entries.withUnsafeMutableBufferPointer { entries in
      var place = 0
      while true {
        var child = 2 &* place &+ 1
        guard child < entries.count else { break }
        if child &+ 1 < entries.count, entries[child &+ 1].isBefore(entries[child]) { child &+= 1 }
        guard entries[child].isBefore(entry) else { break }
        entries[place] = entries[child]
        place = child
      }
      entries[place] = entry
    }
  }
}
