import PBXModel
import Testing

@Suite struct DialPatternTests {
  @Test(arguments: [
    ("1000", "1000"), ("_1000", "1000"), ("1XXX", "1234"), ("1xxx", "1000"), ("Z", "1"), ("N", "2"), ("[135]X", "39"),
    ("[1-3]", "2"), ("[13-57]", "4"), ("9.", "91"), ("9.", "9123"), ("9!", "9"), ("9!", "91"), ("+49.", "+493000001"),
    ("*97", "*97"), ("**.", "**1000"), ("[-]", "-"),
  ])
  func itMatches(pattern: String, number: String) throws {
    #expect(try #require(DialPattern(pattern)).matches(number))
  }

  @Test(arguments: [
    ("1000", "100"), ("1000", "10000"), ("1XXX", "123A"), ("Z", "0"), ("N", "1"), ("[135]X", "29"), ("[1-3]", "4"),
    ("[13-57]", "2"), ("9.", "9"), ("9!", "8"), ("+49.", "493000001"), ("X", ""), ("X", "٣"),
  ])
  func itDoesNotMatch(pattern: String, number: String) throws {
    #expect(try !#require(DialPattern(pattern)).matches(number))
  }

  @Test(arguments: ["", "_", "[12", "[]", "[9-1]", "9.1", "9!1", "..", "["])
  func itIsNoPattern(text: String) {
    #expect(DialPattern(text) == nil)
  }

  @Test(arguments: [("1000", 4), ("1XXX", 1), ("[1]XX", 1), ("9.", 1), ("X.", 0), ("_12!", 2)])
  func itSpellsOut(pattern: String, digits: Int) throws {
    #expect(try #require(DialPattern(pattern)).literalCount == digits)
  }
}
