public import Primitives

/// A table with a bound whose entries end by themselves; the one that ends first makes room.
public struct ExpiringTable<Value: Sendable>: Sendable {
  private var entries: [String: (value: Value, ends: Instant)] = [:]
  private let countMax: Int

  /// Empty; holds at most so many entries.
  public init(countMax: Int) { self.countMax = max(1, countMax) }

  /// Entries, those that are over among them.
  public var count: Int { entries.count }
  var isFull: Bool { entries.count >= countMax }

  /// Whether there was such an entry, and whether it is over; nil for none.
  func ends(_ key: String) -> Instant? { entries[key]?.ends }

  /// The entry, unless it is over.
  public func value(_ key: String, at now: Instant) -> Value? {
    guard let entry = entries[key], entry.ends > now else { return nil }
    return entry.value
  }

  /// Keys of entries that go on and whose value is wanted, in the order of their text.
  func keys(at now: Instant, where isWanted: (Value) -> Bool) -> [String] {
    entries.filter { $0.value.ends > now && isWanted($0.value.value) }.map(\.key).sorted()
  }

  /// Entries whose end is of that kind.
  func count(where isCounted: (Instant) -> Bool) -> Int { entries.values.count { isCounted($0.ends) } }

  /// Sets an entry and its end.
  public mutating func set(_ key: String, to value: Value, until ends: Instant, at now: Instant) {
    if entries[key] == nil, isFull { makeRoom(at: now) }
    entries[key] = (value, ends)
  }

  /// Takes an entry away.
  public mutating func remove(_ key: String) { entries[key] = nil }

  mutating func removeEnded(at now: Instant) {
    entries = entries.filter { $0.value.ends > now }
  }

  private mutating func makeRoom(at now: Instant) {
    removeEnded(at: now)
    guard isFull, let first = entries.min(by: { ($0.value.ends, $0.key) < ($1.value.ends, $1.key) }) else { return }
    entries[first.key] = nil
  }
}
