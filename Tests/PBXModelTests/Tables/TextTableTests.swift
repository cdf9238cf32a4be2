import Primitives
import SIP
import Testing

@testable import PBXModel

extension TextTable {
  fileprivate mutating func number(of text: String) -> Int? {
    Array(text.utf8).withUnsafeBytes { number(of: SIPText($0)) }
  }
}

@Suite struct TextTableTests {
  @Test(arguments: 0..<10 as Range<UInt64>)
  func itNumbersWhatADictionaryWould(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var table = TextTable()
    var expected: [String: Int] = [:]
    for _ in 0..<3000 {
      let text = String(Int.random(in: 0..<400, using: &generator))
      if let number = expected[text], Bool.random(using: &generator) {
        table.remove(number)
        expected[text] = nil
      } else {
        let number = table.insert(text)
        #expect(expected[text] ?? number == number)
        expected[text] = number
      }
    }
    #expect(table.count == expected.count)
    #expect(Set(expected.values).count == expected.count)
    for text in (0..<400).map(String.init) { #expect(table.number(of: text) == expected[text]) }
  }

  @Test func theEmptyTextIsATextToo() {
    var table = TextTable()
    #expect(table.number(of: "") == nil)
    #expect(table.insert("") == 0)
    table.remove(0)
    #expect(table.number(of: "") == nil)
  }

  @Test(arguments: [-1, 1, Int.max, Int.min])
  func removingANumberNobodyHasDoesNoHarm(number: Int) {
    var table = TextTable()
    _ = table.insert("1000")
    table.remove(number)
    #expect(table.number(of: "1000") == 0)
  }
}
