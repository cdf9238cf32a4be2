import DequeModule
import PBXModel
import Primitives

/// Calls refused a short while ago, by which a caller's next try is known for one.
struct RecentRefusals: Sendable {
  private struct Entry {
    let call: Call.ID
    let numbers: Call.Numbers
    let time: Instant
  }

  /// Refusals remembered, the latest ones.
  private static let entriesMax = 256
  /// In the order of their times.
  private var entries: Deque<Entry> = []

  var isEmpty: Bool { entries.isEmpty }

  mutating func note(_ call: Call, at now: Instant) {
    if entries.count >= Self.entriesMax { entries.removeFirst() }
    entries.append(Entry(call: call.id, numbers: call.numbers, time: now))
  }

  /// The refused call that `call` tries again, if there is one; each is tried again once.
  mutating func takeRetried(by call: Call, within seconds: Int, at now: Instant) -> Call.ID? {
    while let first = entries.first, now - first.time > .seconds(Int64(seconds)) { entries.removeFirst() }
    guard !entries.isEmpty else { return nil }
    let numbers = call.numbers
    guard let place = entries.lastIndex(where: { $0.numbers == numbers }) else { return nil }
    return entries.remove(at: place).call
  }
}
