import Cases
import Foundation
import FoundationXML
import JSON
import Reports
import Testing

@Suite struct SuiteReportTests {
  private func failing() -> CellResult {
    var cell = CellResult(
      id: CellID(caseName: "cases/a", model: "UCM6304", firmware: "2021", crm: "none"), file: "cases/a/case.yaml",
      claim: "<b>&\"it\" holds")
    let place = SourcePlace(line: 4, column: 7)
    var failure = ExpectationResult(label: "cdr[0]", place: place, claim: "1 × row where src '1001'")
    failure.verdict = .failed
    failure.message = "0 of 1 row fit, 100% wrong,\nexpected 1"
    failure.frames = [1, 2, 3, 7]
    failure.differences = ["- <a>", "+ \u{7}]]>"]
    cell.conclude([failure, ExpectationResult(label: "cdr[1]", place: place, claim: "holds")])
    cell.commands = ["ucmsim test cases/a"]
    cell.tableColumns = ["src"]
    cell.table = [["<script>alert(1)</script>"]]
    cell.load = [.init(seconds: 0, calls: 1), .init(seconds: 2.5, calls: 0)]
    return cell
  }

  private func passing() -> CellResult {
    CellResult(id: CellID(caseName: "cases/b", model: "M", firmware: "", crm: "none"), file: "b/case.yaml", claim: "")
  }

  private func unusable() -> CellResult {
    var cell = CellResult(id: CellID(caseName: "c", model: "-", firmware: "", crm: "-"), file: "c/case.yaml", claim: "")
    cell.giveUp("c/case.yaml:1:1: no\nand no")
    return cell
  }

  private func skipped() -> CellResult {
    var cell = CellResult(id: CellID(caseName: "cases/b", model: "N", firmware: "", crm: "none"), file: "b", claim: "")
    cell.verdict = .skipped
    cell.problem = "needs <more>"
    return cell
  }

  private var all: [CellResult] { [failing(), passing(), unusable(), skipped()] }

  @Test func whatPassedTakesOneLine() {
    #expect(SuiteText([passing(), passing()]).text == "2 passed, 0 failed\n")
  }

  @Test func aFailureIsToldWithPlaceFramesAndCommand() {
    let text = SuiteText(all).text
    #expect(text.contains("FAILED cases/a/UCM6304/2021/none"))
    #expect(text.contains("cases/a/case.yaml:4:7: cdr[0]: 0 of 1 row fit"))
    #expect(text.contains("frames: 1-3, 7"))
    #expect(text.contains("    ucmsim test cases/a\n"))
    #expect(text.contains("UNUSABLE c/-/-/-"))
    #expect(text.hasSuffix("1 passed, 1 failed, 1 unusable, 1 skipped\n"))
  }

  @Test func junitIsWellFormedAndCounts() throws {
    let text = SuiteJUnit.document(all)
    let document = try XMLDocument(xmlString: text)
    let root = try #require(document.rootElement())
    func count(_ path: String) throws -> Int { try document.nodes(forXPath: path).count }
    #expect(root.attribute(forName: "tests")?.stringValue == "4")
    #expect(root.attribute(forName: "failures")?.stringValue == "1")
    #expect(root.attribute(forName: "errors")?.stringValue == "1")
    #expect(root.attribute(forName: "time")?.stringValue == "0.000")
    #expect(try count("//testcase") == 4 && count("//failure") == 1 && count("//error") == 1 && count("//skipped") == 1)
    #expect(try count("//testsuite") == 3)
  }

  @Test func durationsShowOnlyWhereTheyWereTaken() {
    var cell = passing()
    cell.durationNanoseconds = 1_234_567_890
    #expect(SuiteJUnit.document([cell]).contains("time=\"1.234\""))
  }

  @Test func annotationsStayOnTheirLine() {
    let text = SuiteAnnotations.github(all)
    let lines = text.split(separator: "\n")
    #expect(lines.count == 2)
    let cell = "file=cases/a/case.yaml,line=4,col=7,title=cases/a/UCM6304/2021/none"
    let first = "::error \(cell)::cdr[0]: 0 of 1 row fit, 100%25 wrong,%0Aexpected 1"
    #expect(lines.first.map { String($0) } == first)
  }

  @Test func codeQualityHasAStableFingerprint() throws {
    let findings = try #require(SuiteJSON.codeQuality(all).array)
    #expect(findings.count == 2)
    let fingerprints = Set(findings.compactMap { $0["fingerprint"]?.string })
    #expect(fingerprints.count == 2 && fingerprints.allSatisfy { $0.count == 16 })
    #expect(SuiteJSON.codeQuality(all) == .array(findings))
  }

  @Test func thePageNeedsNothingElseAndEscapesWhatItShows() {
    let page = SuiteHTML(all).text
    #expect(!page.contains("<script") && !page.contains("http://") && !page.contains("https://"))
    #expect(page.contains("&lt;script&gt;") && page.contains("&lt;b&gt;&amp;&quot;it&quot; holds"))
    #expect(page.contains("prefers-color-scheme:dark"))
    #expect(page.contains("<path d=\"M0 100H0V0H1000V100\"/>"))
    #expect(page == SuiteHTML(all).text)
  }

  @Test func jsonHasEveryCell() throws {
    let document = SuiteJSON.document(all)
    #expect(document["cells"]?.array?.count == 4)
    #expect(document["counts"]?["failed"] == 1)
    let cells = try #require(document["cells"]?.array).map { CellResult(parsing: $0.bytes()) }
    #expect(cells == all)
  }
}
