/// Values by key in the order they were put in or last touched, so that the oldest can be let go at a bound.
///
/// Values lie in one flat array and are changed in place by their index, which stays until they are removed.
struct AgeOrderedTable<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private struct Slot {
    var key: Key
    var value: Value
    var older: Int?
    var newer: Int?
  }

  private var slots: [Slot] = []
  private var indices: [Key: Int] = [:]
  private var free: [Int] = []
  private(set) var oldest: Int?
  private var newest: Int?

  var count: Int { indices.count }

  func find(_ key: Key) -> Int? { indices[key] }

  func key(_ index: Int) -> Key { slots[index].key }

  subscript(index: Int) -> Value {
    get { slots[index].value }
    _modify { yield &slots[index].value }
  }

  /// - Parameter empty: what a slot holds that nobody uses, so that it keeps no memory.
  mutating func remove(_ index: Int, leaving empty: Value) {
    unlink(index)
    indices[slots[index].key] = nil
    slots[index].value = empty
    free.append(index)
  }

  /// Puts in a value under a key that is not there yet, as the newest.
  mutating func insert(_ value: Value, for key: Key) -> Int {
    let index: Int
    if let reused = free.popLast() {
      index = reused
      slots[index].key = key
      slots[index].value = value
    } else {
      index = slots.count
      slots.append(Slot(key: key, value: value))
    }
    indices[key] = index
    link(index)
    return index
  }

  /// Makes it the newest.
  mutating func touch(_ index: Int) {
    guard newest != index else { return }
    unlink(index)
    link(index)
  }

  private mutating func link(_ index: Int) {
    slots[index].older = newest
    slots[index].newer = nil
    if let newest { slots[newest].newer = index } else { oldest = index }
    newest = index
  }

  private mutating func unlink(_ index: Int) {
    let (older, newer) = (slots[index].older, slots[index].newer)
    if let older { slots[older].newer = newer } else { oldest = newer }
    if let newer { slots[newer].older = older } else { newest = older }
  }
}
