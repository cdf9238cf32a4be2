/// Running calls by the numbers they may be found under: for each number its calls, newest first.
///
/// Entering and leaving take the same few steps however many calls share a number, as all callers of one hotline do.
struct NumberIndex {
  private struct Node {
    var key: UInt64
    var slot: Int32
    /// The neighbours of its bucket: the node entered before it, and the one after.
    var older = NumberIndex.none
    var newer = NumberIndex.none
    /// The next node of the same call.
    var sibling = NumberIndex.none
  }

  private struct Bucket {
    var newest = NumberIndex.none
    var oldest = NumberIndex.none
  }

  private static let none: Int32 = -1
  private var buckets = [Bucket](repeating: Bucket(), count: 256)
  private var nodes: [Node] = []
  private var free: [Int32] = []
  private var count = 0

  /// What a call keeps to leave the index by.
  struct Entries {
    fileprivate var first = NumberIndex.none
  }

  /// Enters a call under one more number, unless it is there already.
  mutating func insert(_ number: NumberKey, slot: Int, into entries: inout Entries) {
    var sibling = entries.first
    while sibling != Self.none {
      if nodes[Int(sibling)].key == number.rawValue { return }
      sibling = nodes[Int(sibling)].sibling
    }
    insertNew(number, slot: slot, into: &entries)
  }

  /// Enters a call under a number it is not entered under yet.
  mutating func insertNew(_ number: NumberKey, slot: Int, into entries: inout Entries) {
    if count >= buckets.count { grow() }
    let index = free.popLast() ?? Int32(truncatingIfNeeded: nodes.count)
    let node = Node(key: number.rawValue, slot: Int32(truncatingIfNeeded: slot), sibling: entries.first)
    if Int(index) == nodes.count { nodes.append(node) } else { nodes[Int(index)] = node }
    entries.first = index
    link(index)
    count += 1
  }

  /// Takes a call out everywhere.
  mutating func remove(_ entries: inout Entries) {
    var index = entries.first
    while index != Self.none {
      free.append(index)
      count -= 1
      index = nodes[Int(index)].sibling
    }
    unlink(from: entries.first)
    entries.first = Self.none
  }

  /// Takes a node and its siblings out of their buckets.
  private mutating func unlink(from first: Int32) {
    buckets.withUnsafeMutableBufferPointer { buckets in
      nodes.withUnsafeMutableBufferPointer { nodes in
        var index = first
        while index != Self.none {
          let (older, newer) = (nodes[Int(index)].older, nodes[Int(index)].newer)
          let bucket = Self.bucket(nodes[Int(index)].key, of: buckets.count)
          if newer == Self.none { buckets[bucket].newest = older } else { nodes[Int(newer)].older = older }
          if older == Self.none { buckets[bucket].oldest = newer } else { nodes[Int(older)].newer = newer }
          index = nodes[Int(index)].sibling
        }
      }
    }
  }

  /// Calls `body` with each call of a number, newest first, until it returns false.
  func forEach(_ number: NumberKey, _ body: (Int) -> Bool) {
    var entry = newest(number)
    while let found = entry, body(found.slot) { entry = older(than: found) }
  }

  /// A call entered under a number.
  struct Entry {
    let slot: Int
    fileprivate let key: UInt64
    fileprivate let neighbour: Int32
  }

  /// The call entered last under the number.
  func newest(_ number: NumberKey) -> Entry? { older(number.rawValue, from: bucket(number).newest) }

  /// The call entered before it under the same number, where that one was found as the newest or an older one.
  func older(than entry: Entry) -> Entry? { older(entry.key, from: entry.neighbour) }

  /// The call entered first under the number.
  func oldest(_ number: NumberKey) -> Entry? { newer(number.rawValue, from: bucket(number).oldest) }

  /// The call entered after it under the same number, where that one was found as the oldest or a newer one.
  func newer(than entry: Entry) -> Entry? { newer(entry.key, from: entry.neighbour) }

  private func older(_ key: UInt64, from start: Int32) -> Entry? {
    var index = start
    while index != Self.none {
      if nodes[Int(index)].key == key {
        return Entry(slot: Int(nodes[Int(index)].slot), key: key, neighbour: nodes[Int(index)].older)
      }
      index = nodes[Int(index)].older
    }
    return nil
  }

  private func newer(_ key: UInt64, from start: Int32) -> Entry? {
    var index = start
    while index != Self.none {
      if nodes[Int(index)].key == key {
        return Entry(slot: Int(nodes[Int(index)].slot), key: key, neighbour: nodes[Int(index)].newer)
      }
      index = nodes[Int(index)].newer
    }
    return nil
  }

  private func bucket(_ number: NumberKey) -> Bucket { buckets[Self.bucket(number.rawValue, of: buckets.count)] }

  @inline(__always)
  private static func bucket(_ key: UInt64, of count: Int) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9e37_79b9_7f4a_7c15) >> 32) & (count - 1)
  }

  private mutating func link(_ index: Int32) {
    nodes.withUnsafeMutableBufferPointer { nodes in
      let bucket = Self.bucket(nodes[Int(index)].key, of: buckets.count)
      let before = buckets[bucket]
      nodes[Int(index)].older = before.newest
      nodes[Int(index)].newer = Self.none
      if before.newest != Self.none { nodes[Int(before.newest)].newer = index }
      buckets[bucket] = Bucket(newest: index, oldest: before.newest == Self.none ? index : before.oldest)
    }
  }

  private mutating func grow() {
    let old = buckets
    buckets = [Bucket](repeating: Bucket(), count: old.count * 2)
    for bucket in old {
      var chain: [Int32] = []
      var index = bucket.newest
      while index != Self.none {
        chain.append(index)
        index = nodes[Int(index)].older
      }
      for index in chain.reversed() { link(index) }
    }
  }
}
