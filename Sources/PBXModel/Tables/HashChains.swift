/// Finds indices by a hash that is known already: for each index the next one of its chain, newest first.
///
/// Two hashes may share a chain; whoever asks gets only the indices inserted with the hash asked for, and still has to
/// compare what was hashed.
struct HashChains: Sendable {
  private struct Link: Sendable {
    var hash: UInt64
    var next: Int32
  }

  private static let none: Int32 = -1
  private var heads = [Int32](repeating: none, count: 64)
  private var links: [Link] = []
  private var count = 0

  /// Indices are small numbers, for a place is kept for each below the largest.
  mutating func insert(_ index: Int, hash: UInt64) {
    while links.count <= index { links.append(Link(hash: 0, next: Self.none)) }
    if count >= heads.count { grow() }
    let head = place(hash)
    links[index] = Link(hash: hash, next: heads[head])
    heads[head] = Int32(truncatingIfNeeded: index)
    count += 1
  }

  /// Takes out an index inserted before; another is ignored.
  mutating func remove(_ index: Int) {
    guard index < links.count else { return }
    let head = place(links[index].hash)
    var at = heads[head]
    var before = Self.none
    while at != Self.none, at != index {
      before = at
      at = links[Int(at)].next
    }
    guard at != Self.none else { return }
    if before == Self.none { heads[head] = links[index].next } else { links[Int(before)].next = links[index].next }
    count -= 1
  }

  /// The newest index inserted with this hash.
  func first(_ hash: UInt64) -> Int? { find(hash, from: heads[place(hash)]) }

  /// The index inserted before this one with the same hash.
  func next(after index: Int) -> Int? { find(links[index].hash, from: links[index].next) }

  private func find(_ hash: UInt64, from start: Int32) -> Int? {
    var at = start
    while at != Self.none {
      if links[Int(at)].hash == hash { return Int(at) }
      at = links[Int(at)].next
    }
    return nil
  }

  private func place(_ hash: UInt64) -> Int { Int(truncatingIfNeeded: hash ^ hash >> 32) & (heads.count - 1) }

  private mutating func grow() {
    let chained = heads.flatMap { head in
      var chain: [Int] = []
      var at = head
      while at != Self.none {
        chain.append(Int(at))
        at = links[Int(at)].next
      }
      return chain.reversed()
    }
    heads = [Int32](repeating: Self.none, count: heads.count * 2)
    for index in chained {
      let head = place(links[index].hash)
      links[index].next = heads[head]
      heads[head] = Int32(truncatingIfNeeded: index)
    }
  }
}
