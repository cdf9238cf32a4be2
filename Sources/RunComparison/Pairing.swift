/// Which of two lists' elements are of the same thing: pairs by the strictest key first, in their order, what is left
/// by the next. An element is in at most one pair.
struct Pairing {
  /// Places in the one and the other list, in the order of the one.
  private(set) var pairs: [(before: Int, after: Int)] = []
  /// Places without a partner, in order.
  private(set) var onlyBefore: [Int]
  /// Places without a partner, in order.
  private(set) var onlyAfter: [Int]

  init<Element>(_ before: [Element], _ after: [Element], by keys: [(Element) -> String]) {
    onlyBefore = Array(before.indices)
    onlyAfter = Array(after.indices)
    for key in keys where !onlyBefore.isEmpty && !onlyAfter.isEmpty {
      var places: [String: (list: [Int], next: Int)] = [:]
      for place in onlyAfter { places[key(after[place]), default: ([], 0)].list.append(place) }
      var taken: Set<Int> = []
      onlyBefore.removeAll { place in
        let name = key(before[place])
        guard let entry = places[name], entry.next < entry.list.count else { return false }
        places[name]?.next += 1
        pairs.append((place, entry.list[entry.next]))
        taken.insert(entry.list[entry.next])
        return true
      }
      onlyAfter.removeAll { taken.contains($0) }
    }
    pairs.sort { ($0.before, $0.after) < ($1.before, $1.after) }
  }
}
