/// Reads JSON text (RFC 8259, UTF-8) once, from front to back, into nothing but what is asked for.
///
/// ```swift
/// var id: String?
/// try JSONCursor.read(bytes) { cursor throws(JSONReader.Failure) in
///   try cursor.members { cursor, name throws(JSONReader.Failure) in
///     if name == "id" { id = try cursor.text() }
///   }
/// }
/// ```
///
/// Every value is checked to be JSON, also those nobody asks for; a `notJSON` may come after parts have been handed
/// out, so that whoever reads must not act before the end. Each call reads exactly one value, whatever its kind. For
/// texts read too often to pay for a `Decodable` or a `JSONValue`.
public struct JSONCursor {
  /// How deep values may nest where nobody says another bound.
  public static let depthMax = 512

  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0
  private var depth = 0
  private let depthMax: Int

  private init(_ bytes: UnsafeBufferPointer<UInt8>, depthMax: Int) {
    self.bytes = bytes
    self.depthMax = depthMax
  }

  /// Has `read` read the one value of a text; what it leaves is skipped. The cursor is good within `read` only.
  ///
  /// A byte order mark in front is skipped, as RFC 8259 section 8.1 allows.
  ///
  /// - Throws: `notJSON` for text that is not one JSON value in UTF-8, or nests deeper; what `read` throws.
  public static func read<Result>(
    _ text: [UInt8], depthMax: Int = depthMax,
    _ read: (inout JSONCursor) throws(JSONReader.Failure) -> Result
  ) throws(JSONReader.Failure) -> Result {
    guard (try? UTF8Span(validating: text.span)) != nil else { throw .notJSON }
    return try text.withUnsafeBufferPointer { bytes throws(JSONReader.Failure) in
      var cursor = JSONCursor(bytes, depthMax: depthMax)
      if bytes.starts(with: [0xef, 0xbb, 0xbf]) { cursor.position = 3 }
      cursor.skipSpaces()
      let start = cursor.position
      let result = try read(&cursor)
      if cursor.position == start { try cursor.skip() }
      cursor.skipSpaces()
      guard cursor.position == bytes.count else { throw .notJSON }
      return result
    }
  }

  /// The kinds of values, told by their first byte.
  public enum Kind: Hashable, Sendable { case null, flag, number, string, array, object }

  /// What the next value is, if it is JSON at all.
  public var kind: Kind {
    get throws(JSONReader.Failure) {
      switch peek {
      case UInt8(ascii: "{"): .object
      case UInt8(ascii: "["): .array
      case UInt8(ascii: "\""): .string
      case UInt8(ascii: "t"), UInt8(ascii: "f"): .flag
      case UInt8(ascii: "n"): .null
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): .number
      case _: throw .notJSON
      }
    }
  }

  /// Calls `read` for each member of an object, which may leave the value alone: it is then skipped. Names may come
  /// twice. False for a value of another kind.
  @discardableResult
  public mutating func members(
    _ read: (inout JSONCursor, JSONName) throws(JSONReader.Failure) -> Void
  ) throws(JSONReader.Failure) -> Bool {
    guard try kind == .object else {
      try skip()
      return false
    }
    try enter()
    while try hasNext(before: UInt8(ascii: "}")) {
      guard peek == UInt8(ascii: "\"") else { throw .notJSON }
      let name = JSONName(text: try scanString())
      skipSpaces()
      guard peek == UInt8(ascii: ":") else { throw .notJSON }
      position += 1
      skipSpaces()
      let start = position
      try read(&self, name)
      if position == start { try skip() }
    }
    return true
  }

  /// Calls `read` for each element of an array, which may leave the value alone. False for a value of another kind.
  @discardableResult
  public mutating func elements(
    _ read: (inout JSONCursor) throws(JSONReader.Failure) -> Void
  ) throws(JSONReader.Failure) -> Bool {
    guard try kind == .array else {
      try skip()
      return false
    }
    try enter()
    while try hasNext(before: UInt8(ascii: "]")) {
      let start = position
      try read(&self)
      if position == start { try skip() }
    }
    return true
  }

  /// A string's text; nil for a value of another kind.
  public mutating func text() throws(JSONReader.Failure) -> String? {
    guard try kind == .string else {
      try skip()
      return nil
    }
    return try scanString().string
  }

  /// A whole number that fits, `3600.0` too; nil for any other value.
  public mutating func integer() throws(JSONReader.Failure) -> Int64? {
    guard try kind == .number else {
      try skip()
      return nil
    }
    return JSONNumberText(bytes: try scanNumber()).integer
  }

  /// A number in full: `.integer` where it is whole and fits, otherwise `.number`; nil for one that a double cannot
  /// hold, and for a value of another kind.
  mutating func number() throws(JSONReader.Failure) -> JSONValue? {
    guard try kind == .number else {
      try skip()
      return nil
    }
    let text = JSONNumberText(bytes: try scanNumber())
    if let integer = text.integer { return .integer(integer) }
    return text.double.map { .number($0) }
  }

  /// `true` or `false`; nil for a value of another kind.
  public mutating func flag() throws(JSONReader.Failure) -> Bool? {
    let flag: Bool? = peek == UInt8(ascii: "t") ? true : peek == UInt8(ascii: "f") ? false : nil
    try skip()
    return flag
  }

  /// Reads a value for nobody.
  public mutating func skip() throws(JSONReader.Failure) {
    switch try kind {
    case .object: try members { _, _ throws(JSONReader.Failure) in }
    case .array: try elements { _ throws(JSONReader.Failure) in }
    case .string: _ = try scanString()
    case .number: _ = try scanNumber()
    case .flag: try take(peek == UInt8(ascii: "t") ? "true" : "false")
    case .null: try take("null")
    }
  }

  /// The next byte; 0, which JSON has nowhere, where there is none.
  private var peek: UInt8 { position < bytes.count ? bytes[position] : 0 }

  private mutating func skipSpaces() {
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): position += 1
      case _: return
      }
    }
  }

  private mutating func take(_ word: StaticString) throws(JSONReader.Failure) {
    let count = word.utf8CodeUnitCount
    guard bytes.count - position >= count, (0..<count).allSatisfy({ bytes[position + $0] == word.utf8Start[$0] }) else {
      throw .notJSON
    }
    position += count
  }

  /// Past an opening bracket.
  private mutating func enter() throws(JSONReader.Failure) {
    depth += 1
    guard depth <= depthMax else { throw .notJSON }
    position += 1
    skipSpaces()
    isFirst = true
  }

  /// Whether a member or element follows the bracket or the last one; past the closing bracket if none does.
  private mutating func hasNext(before bracket: UInt8) throws(JSONReader.Failure) -> Bool {
    defer { isFirst = false }
    skipSpaces()
    if peek == bracket {
      position += 1
      depth -= 1
      return false
    }
    if isFirst { return true }
    guard peek == UInt8(ascii: ",") else { throw .notJSON }
    position += 1
    skipSpaces()
    return true
  }

  /// Whether nothing of the array or object that was entered last has been read.
  private var isFirst = false

  /// What stands between the quotes.
  private mutating func scanString() throws(JSONReader.Failure) -> JSONStringText {
    position += 1
    let start = position
    var hasEscapes = false
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        let text = JSONStringText(
          bytes: UnsafeBufferPointer(rebasing: bytes[start..<position]), hasEscapes: hasEscapes)
        position += 1
        guard text.isWellFormed else { throw .notJSON }
        return text
      case UInt8(ascii: "\\"):
        hasEscapes = true
        position += 2
      case 0..<0x20: throw .notJSON
      case _: position += 1
      }
    }
    throw .notJSON
  }

  private mutating func scanNumber() throws(JSONReader.Failure) -> UnsafeBufferPointer<UInt8> {
    let start = position
    if peek == UInt8(ascii: "-") { position += 1 }
    if peek == UInt8(ascii: "0") { position += 1 } else { try scanDigits() }
    if peek == UInt8(ascii: ".") {
      position += 1
      try scanDigits()
    }
    if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
      position += 1
      if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { position += 1 }
      try scanDigits()
    }
    return UnsafeBufferPointer(rebasing: bytes[start..<position])
  }

  private mutating func scanDigits() throws(JSONReader.Failure) {
    let start = position
    while position < bytes.count, (48...57).contains(bytes[position]) { position += 1 }
    guard position > start else { throw .notJSON }
  }
}
