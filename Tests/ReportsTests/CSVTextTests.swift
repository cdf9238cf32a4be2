import Reports
import Testing

private func row(_ fields: [String]) -> String {
  var bytes: [UInt8] = []
  CSVText.appendRow(fields, to: &bytes)
  return String(decoding: bytes, as: UTF8.self)
}

@Suite struct CSVTextTests {
  @Test(arguments: [
    (["a", "b"], "a,b\n"),
    (["", "", ""], ",,\n"),
    ([""], "\"\"\n"),
    ([], "\n"),
    (["", "x"], ",x\n"),
    ([#""Front Desk" <2001>"#], "\"\"\"Front Desk\"\" <2001>\"\n"),
    (["PJSIP/2000,60,z"], "\"PJSIP/2000,60,z\"\n"),
    (["two\nlines", "two\r\nlines", "\r"], "\"two\nlines\",\"two\r\nlines\",\"\r\"\n"),
    ([" kept ", "a;b"], " kept ,a;b\n"),
    (["Zoë 👩‍👧", "\u{0}\u{1b}"], "Zoë 👩‍👧,\u{0}\u{1b}\n"),
    (["\"\""], "\"\"\"\"\"\"\n"),
  ])
  func aFieldIsQuotedOnlyWhereItMustBe(fields: [String], expected: String) {
    #expect(row(fields) == expected)
  }

  @Test(arguments: ["+49300000001", "=1+1", "@SUM(A1)", "-2", "\t=1"])
  func aFieldThatLooksLikeAFormulaStaysByteForByte(field: String) {
    #expect(row([field]) == field + "\n")
  }

  @Test func rowsFollowOneAnother() {
    var bytes: [UInt8] = []
    CSVText.appendRow(["a"], to: &bytes)
    CSVText.appendRow([""], to: &bytes)
    CSVText.appendRow(["b"], to: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == "a\n\"\"\nb\n")
  }
}
