/// What is searched for.
indirect enum SearchTerm: Hashable {
  /// Tokens that follow one another; the last one may be a beginning (`Acm*`).
  case phrase([String], isPrefix: Bool)
  case all([SearchTerm])
  case any([SearchTerm])
  case but(SearchTerm, not: SearchTerm)

  /// - Parameter texts: tokens of each searched field.
  func holds(for texts: [[String]]) -> Bool {
    switch self {
    case .phrase(let words, let isPrefix): texts.contains { Self.contains($0, words, isPrefix: isPrefix) }
    case .all(let terms): terms.allSatisfy { $0.holds(for: texts) }
    case .any(let terms): terms.contains { $0.holds(for: texts) }
    case .but(let term, let other): term.holds(for: texts) && !other.holds(for: texts)
    }
  }

  private static func contains(_ tokens: [String], _ words: [String], isPrefix: Bool) -> Bool {
    guard let last = words.last, tokens.count >= words.count else { return false }
    return (0...tokens.count - words.count).contains { start in
      let part = tokens[start..<start + words.count]
      guard isPrefix else { return part.elementsEqual(words) }
      return part.dropLast().elementsEqual(words.dropLast()) && (part.last?.hasPrefix(last) ?? false)
    }
  }
}
