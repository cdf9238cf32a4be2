import SIP
import Testing

@testable import PBXModel

@Suite struct KeptTextsTests {
  private func set(_ text: String, at place: Int, in texts: inout KeptTexts) {
    Array(text.utf8).withUnsafeBytes { texts.set(SIPText($0), at: place) }
  }

  private func has(_ text: String, at place: Int, in texts: KeptTexts) -> Bool {
    Array(text.utf8).withUnsafeBytes { texts.has(SIPText($0), at: place) }
  }

  /// Around what fits in the table itself.
  @Test(arguments: [0, 1, 63, 64, 65, 4000])
  func eachPlaceHasItsText(length: Int) {
    var texts = KeptTexts()
    let (one, other) = (String(repeating: "a", count: length), String(repeating: "a", count: length) + "b")
    set(one, at: 3, in: &texts)
    set(other, at: 0, in: &texts)
    #expect(has(one, at: 3, in: texts))
    #expect(!has(other, at: 3, in: texts))
    #expect(has(other, at: 0, in: texts))
    #expect(!has(one, at: 0, in: texts))
  }

  @Test func aTextTakesThePlaceOfALongerOneAndOfAShorterOne() {
    var texts = KeptTexts()
    let long = String(repeating: "x", count: 100)
    for text in ["first", long, "x", long + "y", "last"] {
      set(text, at: 2, in: &texts)
      #expect(has(text, at: 2, in: texts))
    }
    #expect(!has(long + "y", at: 2, in: texts))
  }

  @Test(arguments: [-1, 1, 7]) func aPlaceThatIsNoneHasNoText(place: Int) {
    var texts = KeptTexts()
    set("", at: 0, in: &texts)
    #expect(!has("", at: place, in: texts))
    #expect(!has("a", at: place, in: texts))
  }
}
