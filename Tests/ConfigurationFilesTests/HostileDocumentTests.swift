import ConfigurationFiles
import Testing

/// Texts that a file can hold by accident or by intent; none may end the program or go unnoticed.
@Suite struct HostileDocumentTests {
  private static func errors(_ text: String) throws -> ConfigurationErrors {
    try #require(throws: ConfigurationErrors.self) { try SiteFile.read(text: text, path: "site.yaml") }
  }

  @Test(arguments: [
    ("", 1, 1, "the file is empty"), ("# only a comment\n", 1, 1, "the file is empty"),
    ("a: 1\na: 2\n", 1, 1, "written more than once: `a`"), ("pbx: {addresses: [192.0.2.1\n", 2, 1, ""),
    ("timeZone: \"UTC\n", 2, 1, ""), ("\ttimeZone: UTC\n", 1, 1, ""), ("a: 1\n---\nb: 2\n", 2, 1, "another document"),
    ("- 1\n a: 2", 2, 3, ""), ("text", 1, 1, "found a single value"), ("~", 1, 1, "found nothing"),
    ("? [a, b]\n: 1\n", 1, 3, "a key is a list"), ("featureCodes: {*97: echoTest}\n", 1, 16, "not in quotes"),
    ("a: &x 1\n", 1, 4, "anchors"), ("# a\ra: &x 1", 2, 4, "anchors"), ("# a\u{2028}a: &x 1", 1, 10, "anchors"),
    ("a: 1\r\nb: 1\r\nc: &x 1\r\n", 3, 4, "anchors"), ("timeZone: UTC\r\nfoo: 1\r\n", 2, 1, "unknown key"),
    ("a: [&x 1, *x]\n", 1, 5, "anchors"), ("timeZone: !!binary x\u{0}", 1, 21, ""),
  ])
  func aBrokenDocumentIsRefusedWithItsPlace(text: String, line: Int, column: Int, words: String) throws {
    let errors = try Self.errors(text)
    #expect((errors.first.line, errors.first.column) == (line, column), "\(errors)")
    #expect(errors.first.message.contains(words), "\(errors)")
  }

  @Test func aliasesThatMultiplyAreRefusedBeforeTheyAreRead() throws {
    var text = "a0: &a0 [x, x]\n"
    for level in 1...40 {
      let aliases = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ",")
      text += "a\(level): &a\(level) [\(aliases)]\n"
    }
    let errors = try Self.errors(text + "? *a40\n: 1\n")
    #expect(errors.first.message.contains("anchors"))
  }

  /// Ways to nest, each far past what is read.
  enum Nesting: String, CaseIterable {
    case lists, mappings, dashes, indentation
    case indentationBehindCarriageReturns
    /// Closing brackets inside texts must not hide how deep the document is.
    case listsThatSeemClosed, listsThatSeemClosedAndAreTooMany

    var text: String {
      switch self {
      case .lists: String(repeating: "[", count: 100_000)
      case .mappings: String(repeating: "{a: ", count: 100_000)
      case .dashes: String(repeating: "- ", count: 100_000) + "a"
      case .indentation: (0..<3000).map { String(repeating: " ", count: $0) + "a:" }.joined(separator: "\n")
      case .indentationBehindCarriageReturns:
        (0..<3000).map { String(repeating: " ", count: $0) + "a:" }.joined(separator: "\r")
      case .listsThatSeemClosed: String(repeating: "[\"]\", ", count: 900) + "1" + String(repeating: "]", count: 900)
      case .listsThatSeemClosedAndAreTooMany: String(repeating: "[\"]\", ", count: 100_000)
      }
    }
  }

  @Test(arguments: Nesting.allCases)
  func aDocumentNestedTooDeeplyIsRefused(nesting: Nesting) throws {
    let errors = try Self.errors(nesting.text)
    #expect(errors.all.count == 1 && errors.first.keyPath.isEmpty, "\(errors)")
  }

  @Test func aFileThatIsTooLongIsNotParsed() throws {
    let errors = try Self.errors(String(repeating: "# comment\n", count: 500_000))
    #expect(errors.first.message == "the file has 5000000 bytes; no more than 4194304 are read")
  }

  @Test func aFileOfNothingButMistakesIsRefusedSoon() throws {
    let members = (0..<20_000).map { "\"9\($0 + 10)\"" }
    let extensions = (0..<500).map { "{number: \($0 + 100_000)}" }
    let errors = try Self.errors(
      "extensions: [\(extensions.joined(separator: ","))]\n"
        + "ringGroups: [{number: 64, members: [\(members.joined(separator: ","))]}]\n")
    #expect(errors.notKept == 20_000 - ConfigurationErrors.errorsMax)
  }

  @Test func everyErrorIsToldInTheOrderOfItsPlace() throws {
    let errors = try Self.errors("timeZone: 5\nfoo: 1\nextensions:\n  - number: x\n    bar: 1\n  - 7\n")
    #expect(errors.all.map(\.line) == [1, 2, 4, 5, 6])
    #expect(errors.description.split(separator: "\n").count == 5)
  }

  @Test func errorsPastTheLimitAreCountedOnly() throws {
    let errors = try Self.errors("extensions:\n" + String(repeating: "  - number: x\n", count: 150))
    #expect(errors.all.count == ConfigurationErrors.errorsMax)
    #expect(errors.notKept == 50)
    #expect(errors.description.hasSuffix("and 50 more"))
  }

  @Test func aSecretIsNeverTold() throws {
    let errors = try Self.errors(
      """
      extensions: [{number: 1000}]
      crm:
        system: zoho-v2
        serverAddress: ftp://user:hunter2@example.com
        contactLookups: [contacts]
        users:
          1000:
            clientID: {hunter2: hunter2}
            clientSecret: [hunter2]
            refreshToken: "\(String(repeating: "hunter2", count: 200))"
      """)
    #expect(errors.all.count == 4)
    #expect(!errors.description.contains("hunter2"))
    #expect(!String(reflecting: errors).contains("hunter2"))
  }

  @Test func controlCharactersOfAValueAreNotRepeated() throws {
    let errors = try Self.errors("timeZone: \"\\e[31mred\\n\\0\"\n")
    #expect(!errors.description.unicodeScalars.contains { $0.value < 32 })
  }
}
