/// The words of a SOQL text, of a SOSL text too where it has the same.
struct SOQLToken: Hashable {
  enum Kind: Hashable {
    /// A name or a keyword; dots belong to it.
    case word(String)
    /// In single quotes, with what stood behind backslashes as patterns want it: `\%` and `\_` keep theirs.
    case text(String)
    /// A number, a date, a time.
    case literal(String)
    case symbol(String)
  }

  let kind: Kind

  /// Longer texts are refused: a query has 100,000 characters at most (documented), these have fewer words.
  static let maximumCount = 2000

  static func read(_ text: some StringProtocol) throws(SalesforceAPIError) -> [SOQLToken] {
    let bytes = Array(text.utf8)
    var tokens: [SOQLToken] = []
    var position = 0
    while position < bytes.count {
      let start = position
      let byte = bytes[position]
      position += 1
      switch byte {
      case 9, 10, 13, 32: continue
      case UInt8(ascii: "'"):
        guard let text = quoted(bytes, &position) else { throw .malformedQuery("a text has no end") }
        tokens.append(SOQLToken(kind: .text(text)))
      case _ where isLetter(byte):
        while position < bytes.count, isWord(bytes[position]) { position += 1 }
        tokens.append(SOQLToken(kind: .word(String(decoding: bytes[start..<position], as: UTF8.self))))
      case _ where isDigit(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+"):
        while position < bytes.count, isWord(bytes[position]) || "+-:".utf8.contains(bytes[position]) { position += 1 }
        tokens.append(SOQLToken(kind: .literal(String(decoding: bytes[start..<position], as: UTF8.self))))
      case _:
        if position < bytes.count, bytes[position] == UInt8(ascii: "="), "!<>".utf8.contains(byte) { position += 1 }
        if position < bytes.count, byte == UInt8(ascii: "<"), bytes[position] == UInt8(ascii: ">") { position += 1 }
        let symbol = String(decoding: bytes[start..<position], as: UTF8.self)
        guard ["=", "!=", "<>", "<=", ">=", "<", ">", "(", ")", ","].contains(symbol) else {
          throw .malformedQuery("unexpected character in the query")
        }
        tokens.append(SOQLToken(kind: .symbol(symbol)))
      }
      guard tokens.count <= maximumCount else { throw .malformedQuery("the query is too long") }
    }
    return tokens
  }

  /// Up to the closing quote. A quote within stands behind a backslash; one written twice ends the text (documented).
  private static func quoted(_ bytes: [UInt8], _ position: inout Int) -> String? {
    var content: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == UInt8(ascii: "'") { return String(decoding: content, as: UTF8.self) }
      guard byte == UInt8(ascii: "\\") else {
        content.append(byte)
        continue
      }
      guard position < bytes.count else { return nil }
      let next = bytes[position]
      position += 1
      switch next {
      case UInt8(ascii: "n"), UInt8(ascii: "N"): content.append(10)
      case UInt8(ascii: "r"), UInt8(ascii: "R"): content.append(13)
      case UInt8(ascii: "t"), UInt8(ascii: "T"): content.append(9)
      case UInt8(ascii: "%"), UInt8(ascii: "_"), UInt8(ascii: "\\"): content += [byte, next]
      case UInt8(ascii: "'"), UInt8(ascii: "\""): content.append(next)
      // No other sequence is known (documented).
      default: return nil
      }
    }
    return nil
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
  private static func isLetter(_ byte: UInt8) -> Bool { (97...122).contains(byte | 0x20) }
  private static func isWord(_ byte: UInt8) -> Bool {
    isDigit(byte) || isLetter(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
  }
}
