@testable import PBXModel
import Primitives
import Testing

@Suite struct HashChainsTests {
  private func indices(_ chains: HashChains, _ hash: UInt64) -> [Int] {
    var result: [Int] = []
    var next = chains.first(hash)
    while let index = next {
      result.append(index)
      next = chains.next(after: index)
    }
    return result
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func aHashHasItsIndicesAndNoOthers(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var chains = HashChains()
    var expected: [Int: UInt64] = [:]
    for _ in 0..<3000 {
      let index = Int.random(in: 0..<400, using: &generator)
      if expected.removeValue(forKey: index) != nil {
        chains.remove(index)
      } else {
        // Multiples of a power of two share a chain without being equal.
        let hash = UInt64.random(in: 0..<150, using: &generator) << 8
        chains.insert(index, hash: hash)
        expected[index] = hash
      }
    }
    for hash in 0..<150 as Range<UInt64> {
      #expect(Set(indices(chains, hash << 8)) == Set(expected.filter { $0.value == hash << 8 }.keys))
    }
  }

  @Test func theNewestComesFirstAlsoWhenTheTableHasGrown() {
    var chains = HashChains()
    for index in 0..<500 { chains.insert(index, hash: index % 100 == 0 ? 5 : UInt64(index) << 20) }
    #expect(indices(chains, 5) == [400, 300, 200, 100, 0])
  }

  @Test func whatIsNotThereCanBeAskedForAndRemoved() {
    var chains = HashChains()
    chains.remove(3)
    #expect(chains.first(9) == nil)
    chains.insert(2, hash: 9)
    chains.remove(2)
    chains.remove(2)
    #expect(chains.first(9) == nil)
  }
}
