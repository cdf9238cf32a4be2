import Primitives
import Testing

@Suite struct PercentEncodingTests {
  @Test(arguments: [
    ("", ""), ("azAZ09-._~", "azAZ09-._~"), ("+49 30", "%2B49%2030"), ("a&b=c", "a%26b%3Dc"), ("Zoë", "Zo%C3%AB"),
    ("100%", "100%25"), ("\u{0}\r\n", "%00%0D%0A"),
  ])
  func everythingButUnreservedCharactersIsEncoded(text: String, encoded: String) {
    #expect(PercentEncoding.encode(text) == encoded)
    #expect(PercentEncoding.decode(Array(encoded.utf8)) == text)
  }

  @Test(arguments: [
    ("%", "%"), ("%2", "%2"), ("%zz", "%zz"), ("%%41", "%A"), ("%4", "%4"), ("a%41%", "aA%"), ("%2b+", "++"),
    ("%25 41", "% 41"), ("%2541", "%41"), ("%ff", "\u{fffd}"), ("%+1", "%+1"),
  ])
  func aPercentSignWithoutTwoDigitsStandsForItself(encoded: String, text: String) {
    #expect(PercentEncoding.decode(Array(encoded.utf8)) == text)
  }

  @Test func aFormKeepsTheOrderOfItsPairs() {
    #expect(PercentEncoding.form([("b", "1 2"), ("a", "")]) == "b=1%202&a=")
    #expect(PercentEncoding.form([]).isEmpty)
  }
}

@Suite struct DigitsTests {
  @Test(arguments: [
    ("", 0...0, true), ("0", 1...1, true), ("0123456789", 1...10, true), ("0123456789", 1...9, false),
    ("", 1...9, false),
    ("+1", 1...9, false), ("1 ", 1...9, false), ("-1", 1...9, false), ("١", 1...9, false), ("1e1", 1...9, false),
    ("½", 1...9, false),
  ])
  func onlyASCIIDigitsInTheCountAskedForAreDigits(text: String, lengths: ClosedRange<Int>, expected: Bool) {
    #expect(text.isDigits(lengths) == expected)
  }
}
