/// Reads what stands between the braces of `FIND {…}` (documented): words, phrases in quotes, `AND`, `OR`, `AND NOT`,
/// parentheses, `*` at a word's end; reserved characters behind backslashes.
struct SearchTermReader {
  private enum Piece: Hashable {
    case word([String], isPrefix: Bool)
    case and
    case or
    case not
    case open
    case close
  }

  private var pieces: [Piece] = []
  private var position = 0
  private var depth = 0

  private static let reserved = Set("?&|!{}[]^~:'+-")

  /// - Parameter isSloppy: whether reserved characters without a backslash count as spaces.
  static func read(_ text: String, isSloppy: Bool) throws(SalesforceAPIError) -> SearchTerm {
    // A search has 10,000 characters (documented).
    guard text.utf8.count <= 10_000 else { throw .malformedSearch("the search is too long") }
    // One character finds half of everything (documented).
    guard text.count(where: { $0.isLetter || $0.isNumber }) > 1 else {
      throw .malformedSearch("search term must be longer than one character")
    }
    var reader = SearchTermReader()
    try reader.cut(text, isSloppy: isSloppy)
    let term = try reader.alternatives()
    guard reader.position == reader.pieces.count else { throw .malformedSearch("unexpected token in the search") }
    return term
  }

  private mutating func cut(_ text: String, isSloppy: Bool) throws(SalesforceAPIError) {
    var word = ""
    var isQuoted = false
    var isEscaped = false
    for character in text {
      switch character {
      case _ where isEscaped:
        // Punctuation parts tokens, escaped or not.
        word.append(character)
        isEscaped = false
      case "\\": isEscaped = true
      case "\"":
        try end(&word, isQuoted: isQuoted)
        isQuoted.toggle()
      case _ where isQuoted: word.append(character)
      case "(", ")":
        try end(&word, isQuoted: false)
        pieces.append(character == "(" ? .open : .close)
      case "*": word.append(character)
      case " ", "\t", "\n", "\r": try end(&word, isQuoted: false)
      case _ where Self.reserved.contains(character):
        guard isSloppy else { throw .malformedSearch("a reserved character must be escaped") }
        try end(&word, isQuoted: false)
      default: word.append(character)
      }
    }
    guard !isQuoted, !isEscaped else { throw .malformedSearch("the search has no end") }
    try end(&word, isQuoted: false)
  }

  private mutating func end(_ word: inout String, isQuoted: Bool) throws(SalesforceAPIError) {
    defer { word = "" }
    guard !word.isEmpty else { return }
    if !isQuoted {
      switch word.uppercased() {
      case "AND": return pieces.append(.and)
      case "OR": return pieces.append(.or)
      case "NOT": return pieces.append(.not)
      default: break
      }
    }
    let isPrefix = word.hasSuffix("*")
    // Not at the beginning (recalled), and in the middle only where the rest is a word of its own (assumed).
    guard !word.hasPrefix("*") else { throw .malformedSearch("a wildcard cannot begin a word") }
    let tokens = SearchTokens.of(word)
    if !tokens.isEmpty { pieces.append(.word(tokens, isPrefix: isPrefix)) }
  }

  private mutating func alternatives() throws(SalesforceAPIError) -> SearchTerm {
    depth += 1
    defer { depth -= 1 }
    guard depth <= 20 else { throw .malformedSearch("the search nests too deeply") }
    var terms = [try together()]
    while take(.or) { terms.append(try together()) }
    return terms.count == 1 ? terms[0] : .any(terms)
  }

  /// Words beside each other are all wanted (documented).
  private mutating func together() throws(SalesforceAPIError) -> SearchTerm {
    var term = try single()
    while true {
      if take(.and) {
        term = take(.not) ? .but(term, not: try single()) : .all([term, try single()])
      } else if let next, next != .or, next != .close, next != .not {
        term = .all([term, try single()])
      } else {
        return term
      }
    }
  }

  private mutating func single() throws(SalesforceAPIError) -> SearchTerm {
    if take(.open) {
      let term = try alternatives()
      guard take(.close) else { throw .malformedSearch("a parenthesis is not closed") }
      return term
    }
    guard case .word(let words, let isPrefix) = next else { throw .malformedSearch("unexpected token in the search") }
    position += 1
    return .phrase(words, isPrefix: isPrefix)
  }

  private var next: Piece? { pieces.indices.contains(position) ? pieces[position] : nil }

  private mutating func take(_ piece: Piece) -> Bool {
    guard next == piece else { return false }
    position += 1
    return true
  }
}
