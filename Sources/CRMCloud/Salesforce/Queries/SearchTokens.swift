/// The pieces that the search index cuts texts into: at spaces and punctuation, and where letters meet digits (the
/// first documented, the second told by the makers of the search).
enum SearchTokens {
  static func of(_ text: String) -> [String] {
    var tokens: [String] = []
    var current = ""
    var isDigits = false
    for character in text.lowercased() {
      guard character.isLetter || character.isNumber else {
        if !current.isEmpty { tokens.append(current) }
        current = ""
        continue
      }
      if !current.isEmpty, character.isNumber != isDigits {
        tokens.append(current)
        current = ""
      }
      isDigits = character.isNumber
      current.append(character)
    }
    if !current.isEmpty { tokens.append(current) }
    return tokens
  }

  /// What a number is found under besides, where the index knows numbers: its digits, and the last ten and seven.
  static func numbers(_ text: String) -> [String] {
    let digits = String(decoding: text.utf8.filter { (48...57).contains($0) }, as: UTF8.self)
    return [digits, String(digits.suffix(10)), String(digits.suffix(7))].filter { $0.utf8.count > 1 }
  }
}
