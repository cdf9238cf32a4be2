import PBXModel
import Primitives
import Testing

@Suite struct SerialTableTests {
  @Test(arguments: 0..<20 as Range<UInt64>)
  func itHoldsWhatADictionaryWould(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var table = SerialTable()
    var expected: [Int: Int] = [:]
    for step in 0..<4000 {
      // Few legs, so that they collide, and more put in than taken out at first, so that the table grows.
      let leg = Int.random(in: 1...600, using: &generator)
      let value = Int.random(in: 0..<(step < 1500 ? 4 : 2), using: &generator) == 0 ? nil : step
      table[leg] = value
      expected[leg] = value
    }
    for leg in 0...601 { #expect(table[leg] == expected[leg]) }
  }

  @Test func emptiedItIsAsNew() {
    var table = SerialTable()
    for leg in 1...1000 { table[leg] = leg }
    for leg in (1...1000).reversed() { table[leg] = nil }
    #expect((1...1000).allSatisfy { table[$0] == nil })
  }

  @Test(arguments: [0, -1, Int.min, Int.max])
  func aNumberNobodyGaveOutDoesNoHarm(number: Int) {
    var table = SerialTable()
    table[7] = 1
    table[number] = nil
    #expect(table[7] == 1)
    table[number] = 2
    #expect(table[number] == (number == 0 ? nil : 2))
    #expect(table[7] == 1)
  }
}
