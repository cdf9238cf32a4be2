import PBXModel
import Primitives
import Testing

@Suite struct LegTableTests {
  @Test(arguments: 0..<20 as Range<UInt64>)
  func itHoldsWhatADictionaryWould(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var table = LegTable()
    var expected: [Int: Int] = [:]
    for step in 0..<4000 {
      // Few legs, so that they collide, and more put in than taken out at first, so that the table grows.
      let leg = Int.random(in: 1...600, using: &generator)
      let value = Int.random(in: 0..<(step < 1500 ? 4 : 2), using: &generator) == 0 ? nil : step
      table[Leg.ID(rawValue: leg)] = value
      expected[leg] = value
    }
    for leg in 0...601 { #expect(table[Leg.ID(rawValue: leg)] == expected[leg]) }
  }

  @Test func emptiedItIsAsNew() {
    var table = LegTable()
    for leg in 1...1000 { table[Leg.ID(rawValue: leg)] = leg }
    for leg in (1...1000).reversed() { table[Leg.ID(rawValue: leg)] = nil }
    #expect((1...1000).allSatisfy { table[Leg.ID(rawValue: $0)] == nil })
  }

  @Test(arguments: [0, -1, Int.min, Int.max])
  func aLegNobodyNumberedDoesNoHarm(number: Int) {
    var table = LegTable()
    table[Leg.ID(rawValue: 7)] = 1
    table[Leg.ID(rawValue: number)] = nil
    #expect(table[Leg.ID(rawValue: 7)] == 1)
    table[Leg.ID(rawValue: number)] = 2
    #expect(table[Leg.ID(rawValue: number)] == (number == 0 ? nil : 2))
    #expect(table[Leg.ID(rawValue: 7)] == 1)
  }
}
