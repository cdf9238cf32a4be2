/// Pseudonyms of words: names of people and companies by words that can be spoken, tokens by tokens of the same shape.
struct WordRenaming {
  /// Words and tokens noted at most.
  static let wordsMax = 2_000_000
  /// What devices write where there is no name, which has a meaning, and words of protocols.
  static let meaningful: Set<String> = [
    "anonymous", "unknown", "restricted", "unavailable", "private", "caller", "withheld", "asterisk", "invalid",
    "localhost", "anonym", "voicemail", "conference",
  ]

  private let key: ScrubKey
  private var words: Set<String> = []
  private var tokens: Set<String> = []
  private(set) var wordNames: [String: String] = [:]
  private(set) var tokenNames: [String: String] = [:]
  private var usedWords: Set<String> = []
  private var usedTokens: Set<String> = []
  private var numbers: Set<String> = []

  init(key: ScrubKey) { self.key = key }

  mutating func note(word: String) {
    if words.count < Self.wordsMax { words.insert(word.lowercased()) }
  }

  mutating func note(token: String) {
    if tokens.count < Self.wordsMax { tokens.insert(token) }
  }

  /// - Parameter numbers: that no part of a token may look like.
  mutating func settle(avoiding numbers: Set<String>) {
    self.numbers = numbers
    for word in words.sorted() { nameWord(word) }
    for token in tokens.sorted() { nameToken(token) }
  }

  /// The word's stand-in with capitals where the word has them.
  func renamed(word: String) -> String? {
    let lower = word.lowercased()
    guard !Self.meaningful.contains(lower) else { return word }
    guard let name = wordNames[lower] else { return nil }
    if word == lower { return name }
    return String(zip(word, name).map { $0.isUppercase ? Character($1.uppercased()) : $1 })
  }

  func renamed(token: String) -> String? {
    token.count < 3 || Self.meaningful.contains(token.lowercased()) ? token : tokenNames[token]
  }

  private mutating func nameWord(_ word: String) {
    guard !Self.meaningful.contains(word) else { return }
    let (consonants, vowels) = (Array("bdfgklmnprstvz"), Array("aeiou"))
    let letters = Array("abcdefghijklmnopqrstuvwxyz")
    for attempt in 0..<2000 {
      var draws = key.draws("word", word, attempt: attempt)
      // There are too few words of one or two letters to be choosy.
      let isScarce = word.count < 3 && attempt > 200
      let candidate = String(
        word.indices.enumerated().map { place, _ in
          if isScarce { return letters[draws.below(letters.count)] }
          return place.isMultiple(of: 2) ? consonants[draws.below(consonants.count)] : vowels[draws.below(vowels.count)]
        })
      guard candidate != word, isScarce || !words.contains(candidate), usedWords.insert(candidate).inserted else {
        continue
      }
      wordNames[word] = candidate
      return
    }
    wordNames[word] = word
  }

  private mutating func nameToken(_ token: String) {
    guard token.count >= 3, !Self.meaningful.contains(token.lowercased()) else { return }
    for attempt in 0..<200 {
      var draws = key.draws("token", token, attempt: attempt)
      let candidate = Self.sameShape(token, &draws)
      let looksLikeNumber = candidate.split { !$0.isLetter && !$0.isNumber }.contains { numbers.contains(String($0)) }
      guard !looksLikeNumber || attempt > 150, !tokens.contains(candidate), usedTokens.insert(candidate).inserted else {
        continue
      }
      tokenNames[token] = candidate
      return
    }
    tokenNames[token] = token
    usedTokens.insert(token)
  }

  /// Letters for letters, digits for digits, hexadecimal ones where all are; everything else stays.
  private static func sameShape(_ token: String, _ draws: inout ScrubKey.Draws) -> String {
    let letters = token.utf8.filter { ($0 | 32) >= 97 && ($0 | 32) <= 122 }
    let digits = token.utf8.filter { (48...57).contains($0) }
    let isHexadecimal =
      digits.count + letters.count >= 6 && letters.allSatisfy { ($0 | 32) <= 102 } && !digits.isEmpty
      && !letters.isEmpty
    let hasCapitals = letters.contains { $0 < 97 }
    let isLower = letters.contains { $0 >= 97 }
    // Of a number the first digit stays one that is not 0, so that it stays as long.
    var isFirst = digits.count == token.utf8.count
    let bytes = token.utf8.map { byte -> UInt8 in
      defer { isFirst = false }
      switch byte {
      case 48...57 where isFirst && byte != 48: return UInt8(49 + draws.below(9))
      case 48...57, 65...90, 97...122:
        guard isHexadecimal, !(hasCapitals && isLower) else { break }
        let alphabet = Array((hasCapitals ? "0123456789ABCDEF" : "0123456789abcdef").utf8)
        return alphabet[draws.below(16)]
      default: return byte
      }
      switch byte {
      case 48...57: return UInt8(48 + draws.below(10))
      case 65...90: return UInt8(65 + draws.below(26))
      default: return UInt8(97 + draws.below(26))
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
