import Primitives
import Testing

@Suite struct SpellingTests {
  @Test(arguments: [
    ("extentions", "extensions"), ("Extensions", "extensions"), ("turnks", "trunks"), ("queue", "queues"),
    ("ringgroup", "ringGroups"),
  ])
  func aSlipFindsItsWord(written: String, meant: String) {
    #expect(Spelling.nearest(to: written, among: ["trunks", "extensions", "queues", "ringGroups"]) == meant)
  }

  @Test(arguments: ["", "colour", "x", String(repeating: "a", count: 65)])
  func nothingIsSuggestedForAWordThatIsNotNear(written: String) {
    #expect(Spelling.nearest(to: written, among: ["trunks", "extensions", ""]) == nil)
  }

  @Test func theOrderOfTheCandidatesDoesNotMatter() {
    #expect(Spelling.nearest(to: "bat", among: ["cat", "bar"]) == "bar")
    #expect(Spelling.nearest(to: "bat", among: ["bar", "cat"]) == "bar")
  }

  @Test func aCandidateOfAnyLengthIsHarmless() {
    #expect(Spelling.nearest(to: "cat", among: [String(repeating: "cat", count: 10_000), "car"]) == "car")
  }
}
