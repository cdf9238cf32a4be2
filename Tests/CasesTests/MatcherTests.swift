import Cases
import Testing

@Suite struct MatcherTests {
  @Test(arguments: [
    ("1001", "1001", true), ("1001", "01001", false), (">= 3", "3", true), (">= 3", "2.9", false), ("> 3", "3", false),
    ("<= 3", "3", true), ("< 3", "-1", true), ("!= 3", "4", true), ("!= 3", "3", false), (">= 3", "three", false),
    (">= three", ">= three", true), (">= three", "5", false), ("", "", true), ("> inf", "5", false),
  ])
  func aBareScalarIsTheTextOrAComparison(written: String, value: String, fits: Bool) {
    #expect(Matcher(scalar: written).matches(value) == fits)
  }

  @Test(arguments: [Matcher.equals(""), .like(GlobPattern("*")), Matcher(scalar: "!= 3"), .exists(true)])
  func aFieldThatIsNotThereFitsNothing(matcher: Matcher) {
    #expect(!matcher.matches(nil))
  }

  @Test func whatIsNotThereIsNeitherOfThem() {
    #expect(Matcher.exists(false).matches(nil) && Matcher.exists(false).matches(""))
    #expect(Matcher.not(.equals("a")).matches(nil) && !Matcher.not(.equals("a")).matches("a"))
    #expect(Matcher.oneOf([.equals("a"), Matcher(scalar: "> 3")]).matches("4"))
    #expect(!Matcher.oneOf([]).matches("4"))
  }

  @Test(arguments: [
    ("*", "", true), ("?", "", false), ("An*", "Anna", true), ("An*", "anna", false), ("*na", "Anna", true),
    ("*n*a", "Anna", true), ("+49?", "+491", true), ("+49?", "+4912", false), ("a.c", "abc", false), ("**", "x", true),
    ("", "", true), ("", "x", false), ("é?", "éa", true),
  ])
  func patternsHaveTwoSigns(pattern: String, text: String, fits: Bool) {
    #expect(GlobPattern(pattern).matches(text) == fits)
  }

  /// A pattern that a backtracking matcher needs 2^n steps for.
  @Test func aHostilePatternTakesNoLongerThanItsLengthTimesTheTexts() {
    let pattern = GlobPattern(String(repeating: "*a", count: 500) + "b")
    #expect(!pattern.matches(String(repeating: "a", count: 4000)))
  }

  @Test func countsCompare() {
    #expect(CountCondition.exactly(3).holds(3) && !CountCondition.exactly(3).holds(2))
    #expect(CountCondition.compares(.atLeast, 1).holds(1) && !CountCondition.compares(.atLeast, 1).holds(0))
  }
}
