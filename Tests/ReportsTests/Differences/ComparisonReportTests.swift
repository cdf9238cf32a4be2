import CDRComparison
import JSON
import PBXModel
import Primitives
import Reports
import TestSupport
import Testing

/// An appliance's file against a run of one call: `change` is what the file has otherwise.
private func compared(
  _ change: [CDRField: String] = [:], more: String = "", isMissing: Bool = false
) throws -> (Comparison, CDRTable) {
  let row = CDRRecord.internalCall()
  let texts = CDRField.allCases.map { field in
    let text = change[field] ?? field.text(of: row, in: .berlin2023)
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
  var other = row
  other.start = row.start + .seconds(3600)
  let csv = CDRField.allCases.map(\.rawValue).joined(separator: ",") + "\n" + texts.joined(separator: ",") + "\n" + more
  var reader = CDRTableReader()
  try Array(csv.utf8).withUnsafeBytes { try reader.read($0) }
  let file = try reader.finish(siteZone: .berlin2023, clock: .site)
  var settings = Comparison.Settings()
  settings.timeZone = .berlin2023
  let rows = (isMissing ? [row, other] : [row]).map { ComparableRow($0, in: .berlin2023) }
  return (Comparison(of: CDRTable(rows: rows, layout: .run), with: file, settings), file)
}

@Suite struct ComparisonReportTests {
  @Test func rowsThatAgreeTakeALine() throws {
    let (comparison, file) = try compared()
    #expect(
      ComparisonText(comparison, file: file, in: .berlin2023).text == """
        Rows: 1 of the run, 1 of the file, written by an appliance with its times on the site's clock, Europe/Berlin.

        1 of 1 rows agree

        """)
  }

  @Test func theUnexplainedComesFirstThenTheKnownKinds() throws {
    let (comparison, file) = try compared(
      [.dst: "2009", .recordfiles: "a.wav@", .disposition: "NO ANSWER"], isMissing: true)
    #expect(
      ComparisonText(comparison, file: file, in: .berlin2023).text == """
        Rows: 2 of the run, 1 of the file, written by an appliance with its times on the site's clock, Europe/Berlin.

        UNEXPLAINED
          1 row: dst differs
            run row 1, line 2: 2023-05-11 16:30:30 2001 > 2000, PJSIP/2001-00000000 to PJSIP/2000-00000001: \
        run '2000', file '2009'
          1 row: disposition differs
            run row 1, line 2: 2023-05-11 16:30:30 2001 > 2000, PJSIP/2001-00000000 to PJSIP/2000-00000001: \
        run 'ANSWERED', file 'NO ANSWER'
          1 row: only in the run
            run row 1: 2023-05-11 17:30:30 2001 > 2000, PJSIP/2001-00000000 to PJSIP/2000-00000001, Dial, ANSWERED, \
        12 s, talk 6 s

        EXPLAINED
          1 row: recordfiles differs. Recordings are not in a trace. (observed: reference section 5.1)

        0 of 2 rows agree; 1 differ; 1 only in the run, 0 of them explained

        """)
  }

  @Test func explainedRowsAreListedOnDemand() throws {
    let (comparison, file) = try compared([.recordfiles: "a\u{1b}[2J.wav@"])
    let brief = ComparisonText(comparison, file: file, in: .berlin2023).text
    let whole = ComparisonText(comparison, file: file, in: .berlin2023, showsAll: true).text
    #expect(!brief.contains("a\u{2421}") && !brief.contains(".wav"))
    #expect(whole.contains("run (empty), file 'a␛[2J.wav@'"))
    #expect(whole.hasSuffix("\n1 of 1 rows agree, 1 of them but for what is explained\n"))
  }

  @Test func programsGetTheSameCounts() throws {
    let (comparison, file) = try compared([.dst: "2009", .recordfiles: "a.wav@"], isMissing: true)
    let json = comparison.json(file: file, in: .berlin2023, showsAll: false)
    #expect(json["rows"] == 2)
    #expect(json["agree"] == 0)
    #expect(json["unexplained"] == 2)
    #expect(json["kinds"]?.array?.compactMap { $0["kind"]?.string } == ["dst", "only-in-run", "recordfiles"])
    #expect(json["kinds"]?.array?.map { $0["explanation"] } == [.null, .null, "recordingUnseen"])
    let differences = try #require(json["differences"]?.array)
    #expect(differences.count == 2)
    #expect(differences.first?["file"]?["line"] == 2)
    #expect(differences.first?["fields"]?.array?.compactMap { $0["field"]?.string } == ["dst", "recordfiles"])
    #expect(differences.last?["file"] == .null)
  }

  @Test(arguments: KnownDifference.allCases)
  func everyExplanationIsASentenceWithASource(explanation: KnownDifference) {
    #expect(explanation.sentence.hasSuffix("."))
    #expect(explanation.sentence.count > 20)
    #expect(!explanation.source.isEmpty)
  }
}
