/// What a query's text is made of.
enum VtigerQueryToken: Hashable {
  /// One of the language's words, in lower case.
  case keyword(VtigerKeyword)
  /// A name, or a value without quotes.
  case word(String)
  /// Digits with a sign perhaps, without quotes.
  case number(String)
  /// What stood in quotes.
  case text(String)
  /// Punctuation and comparisons.
  case symbol(String)
  case end

  /// As errors name it.
  var words: String {
    switch self {
    case .keyword(let keyword): keyword.rawValue
    case .word(let text), .number(let text), .symbol(let text): text
    case .text(let text): "'\(text)'"
    case .end: ""
    }
  }
}

/// The words of the language; case does not count.
enum VtigerKeyword: String, CaseIterable {
  case select, from, `where`, and, or, like, `in`, order, by, asc, desc, limit, count
}

/// Takes a query's text apart, one token after the other, as the parser asks for them: a text that no token begins with
/// is an error of the server (measured: `''`), but only where the parser gets to it.
struct VtigerQueryLexer {
  private let bytes: [UInt8]
  private var index = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  mutating func next() throws(VtigerError) -> VtigerQueryToken {
    while let byte = peek, byte == 32 || (9...13).contains(byte) { index += 1 }
    guard let byte = peek else { return .end }
    switch byte {
    case UInt8(ascii: "'"): return try quoted()
    case 48...57: return number()
    case UInt8(ascii: "+"), UInt8(ascii: "-"):
      guard index + 1 < bytes.count, (48...57).contains(bytes[index + 1]) else { throw .internal }
      return number()
    case UInt8(ascii: "!"), UInt8(ascii: "<"), UInt8(ascii: ">"): return try comparison(byte)
    case UInt8(ascii: "="), UInt8(ascii: "*"), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "("),
      UInt8(ascii: ")"):
      index += 1
      return .symbol(String(UnicodeScalar(byte)))
    case _ where Self.isWord(byte): return word()
    default: throw .internal
    }
  }

  private var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

  /// A quote inside is doubled; an empty text is no token (measured), nor is one without an end (assumed).
  private mutating func quoted() throws(VtigerError) -> VtigerQueryToken {
    var text: [UInt8] = []
    var cursor = index + 1
    while cursor < bytes.count {
      guard bytes[cursor] == UInt8(ascii: "'") else {
        text.append(bytes[cursor])
        cursor += 1
        continue
      }
      if cursor + 1 < bytes.count, bytes[cursor + 1] == UInt8(ascii: "'") {
        text.append(UInt8(ascii: "'"))
        cursor += 2
        continue
      }
      guard !text.isEmpty else { throw .internal }
      index = cursor + 1
      return .text(String(decoding: text, as: UTF8.self))
    }
    throw .internal
  }

  private mutating func number() -> VtigerQueryToken {
    let start = index
    index += 1
    while let byte = peek, (48...57).contains(byte) { index += 1 }
    return .number(String(decoding: bytes[start..<index], as: UTF8.self))
  }

  private mutating func word() -> VtigerQueryToken {
    let start = index
    while let byte = peek, Self.isWord(byte) || (48...57).contains(byte) { index += 1 }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    return VtigerKeyword(rawValue: text.lowercased()).map { .keyword($0) } ?? .word(text)
  }

  private mutating func comparison(_ byte: UInt8) throws(VtigerError) -> VtigerQueryToken {
    let isWithEqual = index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "=")
    guard isWithEqual || byte != UInt8(ascii: "!") else { throw .internal }
    index += isWithEqual ? 2 : 1
    return .symbol(String(UnicodeScalar(byte)) + (isWithEqual ? "=" : ""))
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    (65...90).contains(byte) || (97...122).contains(byte) || byte == UInt8(ascii: "_")
  }
}
