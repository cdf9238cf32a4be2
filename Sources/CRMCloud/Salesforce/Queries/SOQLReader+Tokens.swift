extension SOQLReader {
  private var next: SOQLToken.Kind? { tokens.indices.contains(position) ? tokens[position].kind : nil }

  mutating func takeKind() -> SOQLToken.Kind? {
    defer { position += 1 }
    return next
  }

  mutating func takeWord() -> String? {
    guard case .word(let word) = next else { return nil }
    position += 1
    return word
  }

  mutating func take(_ keyword: String) -> Bool {
    guard case .word(let word) = next, word.uppercased() == keyword else { return false }
    position += 1
    return true
  }

  mutating func take(symbol: String) -> Bool {
    guard next == .symbol(symbol) else { return false }
    position += 1
    return true
  }

  mutating func expect(_ keyword: String) throws(SalesforceAPIError) {
    guard take(keyword) else { throw unexpected() }
  }

  /// Never repeats a text of the query.
  func unexpected(before count: Int = 0) -> SalesforceAPIError {
    let place = position - count
    let token: String =
      switch tokens.indices.contains(place) ? tokens[place].kind : nil {
      case .word(let word): "'\(word.prefix(40))'"
      case .symbol(let symbol): "'\(symbol)'"
      case .text: "a text"
      case .literal: "a number"
      case nil: "the end of the query"
      }
    return .malformedQuery("unexpected token: \(token)")
  }
}
