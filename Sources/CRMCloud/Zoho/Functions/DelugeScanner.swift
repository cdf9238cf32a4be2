/// A word of a script with the line it stands on.
struct DelugeToken: Hashable {
  enum Kind: Hashable {
    /// A name or a keyword.
    case word(String)
    case text(String)
    case number(Double)
    /// One character of the language.
    case sign(Character)
    case end
  }

  let kind: Kind
  let line: Int
}

/// Why a script cannot be read, or stopped.
struct DelugeError: Error, Hashable {
  let line: Int
  let message: String

  var text: String { "Line \(line): \(message)" }
}

/// Cuts a script of Zoho's language into its words.
struct DelugeScanner {
  static let maximumBytes = 20_000
  private static let signs: Set<Character> = ["[", "]", "(", ")", "{", "}", ":", ",", ";", "=", "+", ".", "-"]

  private let characters: [Character]
  private var index = 0
  private var line = 1

  private init(_ script: String) { characters = Array(script) }

  static func tokens(of script: String) throws(DelugeError) -> [DelugeToken] {
    guard script.utf8.count <= maximumBytes else {
      throw DelugeError(line: 1, message: "The script is longer than \(maximumBytes) bytes.")
    }
    var scanner = DelugeScanner(script)
    var tokens: [DelugeToken] = []
    while true {
      let token = try scanner.next()
      tokens.append(token)
      if token.kind == .end { return tokens }
    }
  }

  private var current: Character? { index < characters.count ? characters[index] : nil }
  private var following: Character? { index + 1 < characters.count ? characters[index + 1] : nil }

  private mutating func step() {
    if current?.isNewline ?? false { line += 1 }
    index += 1
  }

  private mutating func next() throws(DelugeError) -> DelugeToken {
    skipBlanks()
    let start = line
    guard let character = current else { return DelugeToken(kind: .end, line: start) }
    if character == "\"" || character == "'" {
      return DelugeToken(kind: .text(try text(until: character)), line: start)
    }
    if Self.isDigit(character) { return DelugeToken(kind: .number(try number()), line: start) }
    if Self.isNameStart(character) { return DelugeToken(kind: .word(word()), line: start) }
    guard Self.signs.contains(character) else {
      throw DelugeError(line: start, message: "The character \(Self.shown(character)) is not expected here.")
    }
    step()
    return DelugeToken(kind: .sign(character), line: start)
  }

  private mutating func skipBlanks() {
    while let character = current {
      if character.isWhitespace {
        step()
      } else if character == "/", following == "/" {
        while let character = current, !character.isNewline { step() }
      } else if character == "/", following == "*" {
        step()
        step()
        while current != nil, !(current == "*" && following == "/") { step() }
        step()
        step()
      } else {
        return
      }
    }
  }

  private mutating func text(until quote: Character) throws(DelugeError) -> String {
    let start = line
    step()
    var text = ""
    while let character = current {
      step()
      if character == quote { return text }
      guard character == "\\", let escaped = current else {
        text.append(character)
        continue
      }
      step()
      switch escaped {
      case "n": text.append("\n")
      case "t": text.append("\t")
      case "r": text.append("\r")
      case _: text.append(escaped)
      }
    }
    throw DelugeError(line: start, message: "The text that begins here does not end.")
  }

  private mutating func number() throws(DelugeError) -> Double {
    var digits = ""
    while let character = current, Self.isDigit(character) || (character == "." && following.map(Self.isDigit) ?? false)
    {
      digits.append(character)
      step()
    }
    guard digits.utf8.count <= 300, let number = Double(digits), number.isFinite else {
      throw DelugeError(line: line, message: "This is no number.")
    }
    return number
  }

  private mutating func word() -> String {
    var word = ""
    while let character = current, Self.isNameStart(character) || Self.isDigit(character) {
      word.append(character)
      step()
    }
    return word
  }

  private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }
  private static func isNameStart(_ character: Character) -> Bool {
    ("a"..."z").contains(character) || ("A"..."Z").contains(character) || character == "_"
  }

  static func shown(_ character: Character) -> String {
    character.unicodeScalars.allSatisfy { (0x21...0x7e).contains($0.value) }
      ? "'\(character)'" : character.unicodeScalars.first.map { "U+" + String($0.value, radix: 16) } ?? "''"
  }
}
