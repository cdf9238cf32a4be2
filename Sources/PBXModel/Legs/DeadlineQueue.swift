import Primitives

/// Deadlines of legs, soonest first.
///
/// A binary heap of its own: that of swift-collections is a min-max heap, whose other end nobody asks for here, and
/// takes twice the steps.
struct DeadlineQueue {
  private struct Entry {
    let due: Instant
    let slot: Int
    let leg: Leg.ID

    @inline(__always)
    func isBefore(_ other: Entry) -> Bool {
      guard due == other.due else { return due < other.due }
      return (leg.rawValue, slot) < (other.leg.rawValue, other.slot)
    }
  }

  private var entries: [Entry] = []
  /// Of all deadlines; the distant future when there is none.
  private(set) var soonest = Instant.distantFuture

  mutating func push(_ due: Instant, slot: Int, leg: Leg.ID) {
    let entry = Entry(due: due, slot: slot, leg: leg)
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
    soonest = min(soonest, due)
  }

  /// The soonest deadline that is not after `now`, taken out.
  mutating func popDue(at now: Instant) -> (slot: Int, leg: Leg.ID)? {
    guard let first = entries.first, first.due <= now, let last = entries.popLast() else { return nil }
    sink(last)
    soonest = entries.first?.due ?? .distantFuture
    return (first.slot, first.leg)
  }

  /// Puts an entry in the place of the first.
  private mutating func sink(_ entry: Entry) {
    entries.withUnsafeMutableBufferPointer { entries in
      guard !entries.isEmpty else { return }
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
