import RunComparison
import Testing

@Suite struct DifferingLinesTests {
  private func differing(_ one: String, _ other: String, keeping: String? = nil) -> ([String], [String]) {
    let lines = DifferingLines(Array(one.utf8), Array(other.utf8)) { line in
      keeping.map { String(decoding: line, as: UTF8.self).contains($0) } ?? false
    }
    let text = { (lines: [DifferingLines.Line]) in
      lines.map { "\($0.number):" + String(decoding: $0.bytes, as: UTF8.self) }
    }
    return (text(lines.before), text(lines.after))
  }

  @Test func equalFilesHaveNone() {
    #expect(differing("a\nb\n", "a\nb\n") == ([], []))
    #expect(differing("", "") == ([], []))
  }

  @Test func eachSideKeepsWhatTheOtherLacksWithItsNumber() {
    #expect(differing("a\nb\nc\n", "c\nd\na\n") == (["2:b"], ["2:d"]))
  }

  @Test func aLineMoreOftenInOneIsLeftThereOnce() {
    #expect(differing("a\na\na\n", "a\na\n") == (["3:a"], []))
  }

  @Test func wantedLinesStayInBoth() {
    #expect(differing("a\nb\n", "a\nc\n", keeping: "a") == (["1:a", "2:b"], ["1:a", "2:c"]))
    #expect(differing("a\n", "a\n", keeping: "a") == (["1:a"], ["1:a"]))
  }

  @Test func aLastLineWithoutItsEndCounts() {
    #expect(differing("a\nb", "a") == (["2:b"], []))
  }
}
