/// The pieces that the search index cuts texts into: at spaces and punctuation, and where letters meet digits (the
/// first documented, the second told by the makers of the search).
enum SearchTokens {
  static func of(_ text: String) -> [String] {
    text.utf8.allSatisfy { $0 < 0x80 } ? ofASCII(text) : ofAny(text)
  }

  /// Byte by byte, because every record of a table is asked.
  private static func ofASCII(_ text: String) -> [String] {
    var tokens: [String] = []
    var current: [UInt8] = []
    func end() {
      if !current.isEmpty { tokens.append(String(decoding: current, as: UTF8.self)) }
      current.removeAll(keepingCapacity: true)
    }
    for byte in text.utf8 {
      let isDigit = (48...57).contains(byte)
      guard isDigit || (97...122).contains(byte | 0x20) else {
        end()
        continue
      }
      if let last = current.last, (48...57).contains(last) != isDigit { end() }
      current.append(isDigit ? byte : byte | 0x20)
    }
    end()
    return tokens
  }

  private static func ofAny(_ text: String) -> [String] {
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
