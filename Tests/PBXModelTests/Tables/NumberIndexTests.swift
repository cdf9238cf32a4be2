import Primitives
import Testing

@testable import PBXModel

@Suite struct NumberIndexTests {
  private func calls(_ index: NumberIndex, _ number: String) -> [Int] {
    var result: [Int] = []
    index.forEach(NumberKey(number)) {
      result.append($0)
      return true
    }
    return result
  }

  private func oldestFirst(_ index: NumberIndex, _ number: String) -> [Int] {
    var result: [Int] = []
    var entry = index.oldest(NumberKey(number))
    while let found = entry {
      result.append(found.slot)
      entry = index.newer(than: found)
    }
    return result
  }

  @Test(arguments: 0..<10 as Range<UInt64>)
  func itHoldsForEachNumberItsCallsNewestFirst(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var index = NumberIndex()
    var running: [Int: NumberIndex.Entries] = [:]
    var expected: [String: [Int]] = [:]
    for slot in 0..<2000 {
      var entries = NumberIndex.Entries()
      for _ in 0..<Int.random(in: 0...4, using: &generator) {
        let number = String(Int.random(in: 1000..<1300, using: &generator))
        index.insert(NumberKey(number), slot: slot, into: &entries)
        if expected[number]?.contains(slot) != true { expected[number, default: []].insert(slot, at: 0) }
      }
      running[slot] = entries
      let gone = Int.random(in: 0...slot, using: &generator)
      if var entries = running.removeValue(forKey: gone) {
        index.remove(&entries)
        index.remove(&entries)
        for number in expected.keys { expected[number]?.removeAll { $0 == gone } }
      }
    }
    for number in (1000..<1300).map(String.init) {
      #expect(calls(index, number) == expected[number] ?? [])
      #expect(oldestFirst(index, number) == (expected[number] ?? []).reversed())
    }
  }

  @Test func theSearchEndsWhenNoMoreIsWanted() {
    var index = NumberIndex()
    var entries = [NumberIndex.Entries](repeating: .init(), count: 10)
    for slot in entries.indices { index.insert(NumberKey("6400"), slot: slot, into: &entries[slot]) }
    var seen: [Int] = []
    index.forEach(NumberKey("6400")) {
      seen.append($0)
      return seen.count < 3
    }
    #expect(seen == [9, 8, 7])
  }
}
