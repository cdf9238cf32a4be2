import Primitives
import SIP
import TestSupport
import Testing

@Suite struct SIPTextTests {
  static let indices = [Int.min, -1, 0, 1, 2, 3, 4, Int.max - 1, Int.max]

  @Test(arguments: ["", "abc"], indices)
  func everyIndexGivesAnAnswer(text: String, index: Int) {
    withText(text) { text in
      #expect((text[index] != nil) == (index >= 0 && index < text.count))
      #expect(text.index(of: UInt8(ascii: "c"), from: index) == (text.count == 3 && index >= 0 && index < 3 ? 2 : nil))
      for other in Self.indices {
        let low = max(0, min(index, text.count))
        let high = max(0, min(other, text.count))
        #expect(text.slice(index, other).count == max(0, high - low))
      }
    }
  }

  @Test(arguments: [("0", 0), ("0042", 42), ("4294967295", UInt32.max)])
  func aDecimalNumberIsRead(text: String, value: UInt32) {
    #expect(withText(text) { $0.decimal } == value)
  }

  @Test(arguments: ["", " 1", "1 ", "+1", "-1", "1.0", "4294967296", "99999999999999999999", "٣", "1\0"])
  func whatIsNoDecimalNumberIsNone(text: String) {
    #expect(withText(text) { $0.decimal } == nil)
  }

  @Test func comparisonIsByByteOrWithoutRegardToASCIICase() {
    withText("Via[@") { text in
      #expect(text == "Via[@")
      #expect(!(text == "via[@"))
      #expect(text.equalsIgnoringCase("vIA[@"))
      // `[` and `{`, `@` and `` ` `` differ in the bit of case and are no letters.
      #expect(!text.equalsIgnoringCase("via{@"))
      #expect(!text.equalsIgnoringCase("via[`"))
      #expect(!text.equalsIgnoringCase("via[@x"))
      #expect(text.hasPrefixIgnoringCase("VIA"))
      #expect(!text.hasPrefixIgnoringCase("Via[@ and more"))
      #expect(text.slice(0, 0) == SIPText.empty)
      #expect(text.containsIgnoringCase("A["))
      #expect(!text.containsIgnoringCase("Via[@x"))
    }
  }

  @Test func blanksAtTheEndsAreTrimmed() {
    #expect(withText(" \t\r\n a b \r\n") { $0.trimmed.string } == "a b")
    #expect(withText(" \t") { $0.trimmed.isEmpty })
  }

  @Test(arguments: [
    ("a", "a"), ("a\r\n b", "a b"), ("a \t\r\n \t b", "a b"), ("a\n\tb\n c", "a b c"), ("a\r\n \r\n b", "a b"),
    ("a\u{85}\r\n b", "a\u{85} b"), ("a\rb", "a\rb"),
  ])
  func aFoldBecomesOneSpace(text: String, unfolded: String) {
    #expect(withText(text) { $0.unfolded } == unfolded)
  }

  @Test func theHashDependsOnEveryByteAndOnNothingElse() {
    var generator = SeededGenerator(seed: 1)
    for length in 0..<40 {
      let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
      let hash = withText(bytes) { $0.stableHash }
      #expect(withText([0] + bytes) { $0.slice(1, length + 1).stableHash } == hash)
      for index in 0..<length {
        var other = bytes
        other[index] ^= 1
        #expect(withText(other) { $0.stableHash } != hash)
      }
    }
  }
}
