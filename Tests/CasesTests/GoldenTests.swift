import Cases
import JSON
import Testing

@Suite struct GoldenTests {
  private func golden(format: Int = RunFormat.version) -> Golden {
    Golden(
      format: format, formatPlace: SourcePlace(line: 9, column: 13), recordedBy: "0.0.9",
      place: SourcePlace(line: 11, column: 5))
  }

  private func result(_ kept: String?, _ found: String, format: Int = RunFormat.version) -> ExpectationResult {
    GoldenComparison.result(
      of: .csv, kept: kept.map { Array($0.utf8) }, found: Array(found.utf8), golden: golden(format: format),
      shownPath: "case/golden/cdr.csv", renewal: "ucmsim test case --update")
  }

  @Test func equalBytesPass() {
    #expect(result("a\nb\n", "a\nb\n").hasPassed)
  }

  @Test func theLinesThatDifferAreShown() {
    let failure = result("a\nb\nc\n", "a\nB\nx\nc\n")
    #expect(failure.message.contains("from line 2"))
    #expect(failure.differences == ["- b", "+ B", "+ x"])
  }

  @Test func oneWithoutAFileSaysHowToRecordIt() {
    let failure = result(nil, "a\n")
    #expect(failure.verdict == .notEvaluated)
    #expect(failure.message == "case/golden/cdr.csv is missing; record it with `ucmsim test case --update`")
  }

  @Test func oneOfAnotherFormatIsNotCompared() {
    let failure = result("a\n", "a\n", format: RunFormat.version + 1)
    #expect(failure.verdict == .notEvaluated)
    #expect((failure.line, failure.column) == (9, 13))
    #expect(failure.message.contains("0.0.9") && failure.message.contains("--update"))
  }

  @Test func longDifferencesAreCut() {
    let lines = (0..<100).map { "line \($0)" }.joined(separator: "\n")
    #expect(LineDifference([], Array(lines.utf8)).lines(max: 3).last == "+ … 97 more")
  }

  @Test func aResultReadsBackAsItWasWritten() throws {
    var cell = CellResult(
      id: CellID(caseName: "a/b", model: "M", firmware: "", crm: "none"), file: "a/b/case.yaml", claim: "it \"holds\"")
    cell.conclude([result("a\n", "b\n"), result("a", "a")])
    cell.commands = ["ucmsim test a/b"]
    cell.load = [.init(seconds: 0.125, calls: 1)]
    cell.table = [["x", "é"]]
    #expect(cell.verdict == .failed)
    #expect(cell.id.text == "a/b/M/-/none")
    #expect(CellResult(parsing: cell.json.bytes()) == cell)
    cell.durationNanoseconds = 5
    #expect(CellResult(parsing: cell.json.bytes(.indented)) == cell)
  }

  @Test(arguments: ["", "{}", "[]", "{\"id\":1}", "nonsense"])
  func whatIsNoResultIsRefused(text: String) {
    #expect(CellResult(parsing: Array(text.utf8)) == nil)
  }
}
