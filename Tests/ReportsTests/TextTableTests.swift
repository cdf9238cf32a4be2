import Reports
import Testing

@Suite struct TextTableTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("Zoe\u{308}", 3), ("Zoë", 3), ("山田", 4), ("ﾔﾏﾀﾞ", 4), ("한국", 4), ("👩‍👧", 2), ("👍🏽", 2),
    ("🇩🇪", 2), ("☎", 1), ("☎\u{fe0f}", 2), ("a\u{200b}b", 2), ("…", 1), ("é\u{301}\u{302}", 1), ("１２", 4),
    ("हिन्दी", 5), ("สวัสดี", 4), ("\u{1112}\u{1161}\u{11ab}", 2), ("1\u{fe0f}\u{20e3}", 2),
  ])
  func widthIsCountedInTerminalColumns(text: String, columns: Int) {
    #expect(DisplayWidth.columns(of: text) == columns)
  }

  @Test(arguments: [
    ("abcdef", 6, "abcdef"), ("abcdef", 5, "abcd…"), ("abcdef", 1, "…"), ("abcdef", 0, ""), ("abcdef", -1, ""),
    ("山田太郎", 5, "山田…"), ("山田太郎", 4, "山…"), ("山田", 4, "山田"), ("👩‍👧👩‍👧", 3, "👩‍👧…"), ("", 0, ""),
  ])
  func aTextIsCutAtAWholeCharacter(text: String, limit: Int, expected: String) {
    #expect(DisplayWidth.truncated(text, to: limit) == expected)
  }

  @Test(arguments: [
    ("plain", "plain"), ("\u{1b}[31mred", "␛[31mred"), ("two\r\nlines", "two␍␊lines"), ("\u{0}\u{7f}", "␀␡"),
    ("\u{9b}2J", "\u{fffd}2J"), ("\u{202e}4321\u{2028}", "\u{fffd}4321\u{fffd}"), ("👩‍👧", "👩‍👧"),
  ])
  func nothingThatSteersATerminalGetsThrough(text: String, expected: String) {
    #expect(DisplayWidth.printable(text) == expected)
  }

  @Test func columnsStandUnderTheirTitlesWithoutSpacesAtLineEnds() {
    var table = TextTable([.init("CALLER"), .init("SECONDS", alignment: .trailing), .init("NAME")])
    table.append(["2001", "5", "Zoë"])
    table.append(["山田", "1200", ""])
    table.append(["2003"])
    table.append(["", "1", "Ann", "left out"])
    #expect(
      table.text() == """
        CALLER  SECONDS  NAME
        2001          5  Zoë
        山田       1200
        2003
                      1  Ann

        """)
  }

  @Test func theWidestColumnsAreCutUntilTheLineFits() {
    var table = TextTable([.init("A"), .init("LONG"), .init("LONGER")])
    table.append(["1", "abcdefghij", "abcdefghijklmnop"])
    #expect(
      table.text(width: 21) == """
        A  LONG      LONGER
        1  abcdefg…  abcdefg…

        """)
    #expect(
      table.text(width: 20) == """
        A  LONG      LONGER
        1  abcdefg…  abcdef…

        """)
  }

  @Test(arguments: 0...40)
  func noLineIsWiderThanTheTerminal(width: Int) {
    var table = TextTable([.init("FIRST"), .init("SECOND", alignment: .trailing), .init("THIRD")])
    table.append(["山田太郎山田太郎", "1234567890", "👩‍👧👩‍👧👩‍👧👩‍👧 and more"])
    let lines = table.text(width: width).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 3)
    #expect(lines.allSatisfy { DisplayWidth.columns(of: $0) <= width })
  }

  @Test func aTableThatFitsIsNotCut() {
    var table = TextTable([.init("A"), .init("B")])
    table.append(["12345", "67890"])
    #expect(table.text(width: 12) == table.text())
  }

  @Test func aTableWithoutColumnsOrRowsIsStillText() {
    #expect(TextTable([]).text(width: 10) == "\n")
    #expect(TextTable([.init("ONLY")]).text(width: 10) == "ONLY\n")
  }
}
