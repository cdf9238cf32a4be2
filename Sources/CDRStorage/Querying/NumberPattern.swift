/// Which numbers a query asks for: one of the forms that the appliance's CDR API and its CDR page know.
///
/// - `5300`: that number, byte for byte.
/// - `5302-5304`: the numbers between, both included, in as many digits as the ends have (documented; the API's own
///   reading of leading zeros is not known). `0-0` is every text that is no number, the empty one too (documented).
/// - `4@`, `_4@`, `+49_@`: `@` is any run of characters, also none, `_` is one character, and `-` is itself
///   (documented for the API).
/// - `1xxx`, `+4930.`: `x` is one digit and `.` at the end any rest (documented for the page, whose filter takes digits
///   only); a text with other letters, as `alex`, is itself.
public struct NumberPattern: Hashable, Sendable {
  /// What was wrong with the text and where.
  public struct SyntaxError: Error, Hashable, Sendable {
    /// Bytes before the place.
    public let byteOffset: Int
    /// What should have stood there.
    public let expected: String
  }

  enum Piece: Hashable, Sendable {
    case literal(String)
    case anyCharacter
    case anyDigit
    case anyRun
  }

  enum Form: Hashable, Sendable {
    case exact(String)
    case pieces([Piece])
    /// Decimal digits, of which the first are no more than the last.
    case range(first: String, last: String)
    case notANumber
  }

  let form: Form

  /// More of them in one question would only be slow.
  static let limit = 100
  private static let digitsMax = 32

  /// Patterns with commas between them; at least 1, at most 100.
  public static func list(_ text: String) throws(SyntaxError) -> [NumberPattern] {
    var patterns: [NumberPattern] = []
    var offset = 0
    for item in text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
      guard patterns.count < limit else {
        throw SyntaxError(byteOffset: offset, expected: "no more than \(limit) numbers")
      }
      patterns.append(try one(String(decoding: item, as: UTF8.self), at: offset))
      offset += item.count + 1
    }
    return patterns
  }

  private static func one(_ text: String, at offset: Int) throws(SyntaxError) -> NumberPattern {
    let bytes = Array(text.utf8)
    guard !bytes.isEmpty else {
      throw SyntaxError(byteOffset: offset, expected: "a number, a range as 5302-5304 or a pattern as 53@")
    }
    if bytes.contains(where: { $0 == UInt8(ascii: "@") || $0 == UInt8(ascii: "_") }) {
      return NumberPattern(form: .pieces(pieces(text) { wildcardOfAPI($0) }))
    }
    if bytes.contains(UInt8(ascii: "-")) { return NumberPattern(form: try range(bytes, at: offset)) }
    if isPatternOfPage(bytes) {
      let hasRest = bytes.last == UInt8(ascii: ".")
      var found = pieces(hasRest ? String(text.dropLast()) : text) { $0 == "x" ? .anyDigit : nil }
      if hasRest { found.append(.anyRun) }
      return NumberPattern(form: .pieces(found))
    }
    return NumberPattern(form: .exact(text))
  }

  private static func wildcardOfAPI(_ character: Character) -> Piece? {
    switch character {
    case "@": .anyRun
    case "_": .anyCharacter
    default: nil
    }
  }

  private static func pieces(_ text: String, wildcard: (Character) -> Piece?) -> [Piece] {
    var found: [Piece] = []
    var literal = ""
    for character in text {
      guard let piece = wildcard(character) else {
        literal.append(character)
        continue
      }
      if !literal.isEmpty { found.append(.literal(literal)) }
      literal = ""
      // A second `@` says nothing more, and a row of them would cost time.
      if piece != .anyRun || found.last != .anyRun { found.append(piece) }
    }
    if !literal.isEmpty { found.append(.literal(literal)) }
    return found
  }

  /// Digits, `x`, `+`, `*` and `#`, with an `x` among them or `.` at the end.
  private static func isPatternOfPage(_ bytes: [UInt8]) -> Bool {
    let hasRest = bytes.last == UInt8(ascii: ".")
    let head = hasRest ? bytes.dropLast() : bytes[...]
    let isOfPage = head.allSatisfy { isDigit($0) || "x+*#".utf8.contains($0) }
    return isOfPage && (hasRest || head.contains(UInt8(ascii: "x")))
  }

  private static func range(_ bytes: [UInt8], at offset: Int) throws(SyntaxError) -> Form {
    let parts = bytes.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    var place = offset
    for part in parts {
      guard !part.isEmpty, part.count <= digitsMax, part.allSatisfy(isDigit) else {
        throw SyntaxError(
          byteOffset: place,
          expected: "digits, because - makes a range; where it belongs to the number, write _ for it")
      }
      place += part.count + 1
    }
    guard parts.count == 2, let first = parts.first, let last = parts.last else {
      throw SyntaxError(byteOffset: place - 1 - (parts.last?.count ?? 0), expected: "one - in a range")
    }
    let isOrdered = first.count < last.count || (first.count == last.count && !last.lexicographicallyPrecedes(first))
    guard isOrdered else {
      throw SyntaxError(byteOffset: offset + first.count + 1, expected: "a number not below the first of the range")
    }
    if first.elementsEqual("0".utf8), last.elementsEqual("0".utf8) { return .notANumber }
    return .range(first: String(decoding: first, as: UTF8.self), last: String(decoding: last, as: UTF8.self))
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
}
