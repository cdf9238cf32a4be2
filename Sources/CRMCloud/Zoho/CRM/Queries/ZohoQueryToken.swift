/// The words of a COQL text.
struct ZohoQueryToken: Hashable {
  enum Kind: Hashable {
    /// A name or a keyword; dots belong to it.
    case word(String)
    /// In single quotes.
    case text(String)
    case number(String)
    case symbol(String)
  }

  let kind: Kind
  /// Byte of the text it begins at.
  let start: Int

  /// Longer texts are refused; whoever asks must not decide how much this program keeps.
  static let maximumCount = 2000

  /// nil where a text in quotes has no end, a byte belongs to no word, or there are too many; then the byte where.
  static func read(_ text: String) throws(ZohoQuery.Failure) -> [ZohoQueryToken] {
    let bytes = Array(text.utf8)
    var tokens: [ZohoQueryToken] = []
    var position = 0
    while position < bytes.count {
      let start = position
      let byte = bytes[position]
      position += 1
      switch byte {
      case 9, 10, 13, 32: continue
      case UInt8(ascii: "'"):
        guard let text = quoted(bytes, &position) else { throw .syntax(at: start) }
        tokens.append(ZohoQueryToken(kind: .text(text), start: start))
      case _ where isWord(byte) && !isDigit(byte):
        while position < bytes.count, isWord(bytes[position]) { position += 1 }
        tokens.append(ZohoQueryToken(kind: .word(string(bytes[start..<position])), start: start))
      case _ where isDigit(byte) || byte == UInt8(ascii: "-"):
        while position < bytes.count, isDigit(bytes[position]) || bytes[position] == UInt8(ascii: ".") { position += 1 }
        tokens.append(ZohoQueryToken(kind: .number(string(bytes[start..<position])), start: start))
      case _:
        if position < bytes.count, ["!=", "<>", "<=", ">="].contains(string(bytes[start...position])) { position += 1 }
        let symbol = string(bytes[start..<position])
        guard ["=", "!=", "<>", "<=", ">=", "<", ">", "(", ")", ","].contains(symbol) else {
          throw .syntax(at: start)
        }
        tokens.append(ZohoQueryToken(kind: .symbol(symbol), start: start))
      }
      guard tokens.count <= maximumCount else { throw .syntax(at: start) }
    }
    return tokens
  }

  /// Up to the closing quote; a quote is written twice or behind a backslash.
  private static func quoted(_ bytes: [UInt8], _ position: inout Int) -> String? {
    var content: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      let next = position < bytes.count ? bytes[position] : nil
      if byte == UInt8(ascii: "\\"), let next {
        content.append(next)
        position += 1
      } else if byte != UInt8(ascii: "'") {
        content.append(byte)
      } else if next == UInt8(ascii: "'") {
        content.append(byte)
        position += 1
      } else {
        return String(decoding: content, as: UTF8.self)
      }
    }
    return nil
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

  private static func isWord(_ byte: UInt8) -> Bool {
    isDigit(byte) || (65...90).contains(byte) || (97...122).contains(byte) || "_.$".utf8.contains(byte)
  }

  private static func string(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
}
