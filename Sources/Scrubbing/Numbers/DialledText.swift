/// A text that may be dialled, taken apart into its digits and what people write between them.
struct DialledText {
  /// `+`, `*`, `#` and digits.
  let digits: String
  private let text: [Character]

  /// nil for what is no number: anything but digits, `*`, `#`, separators, and one `+` in front or behind the digits
  /// for a line.
  init?(_ text: some StringProtocol) {
    let characters = Array(text)
    let digits = characters.filter { Self.isSign($0) || $0 == "+" }
    guard let first = characters.first, Self.isSign(first) || first == "+" || first == "(",
      digits.count(where: { $0.isNumber }) >= 2 || digits.contains("*"), digits.count <= 40,
      characters.allSatisfy({ Self.isSign($0) || Self.isSeparator($0) || $0 == "+" }),
      digits.count(where: { $0 == "+" }) <= 1, digits.prefix(4).contains("+") || !digits.contains("+")
    else { return nil }
    self.digits = String(digits)
    self.text = characters
  }

  /// The same text with other digits, of which there are as many.
  func replacing(with other: String) -> String {
    var next = other.makeIterator()
    return String(text.map { Self.isSign($0) || $0 == "+" ? next.next() ?? $0 : $0 })
  }

  private static func isSign(_ character: Character) -> Bool {
    ("0"..."9").contains(character) || character == "*" || character == "#"
  }

  private static func isSeparator(_ character: Character) -> Bool { " -./()".contains(character) }
}

extension StringProtocol {
  var isAllDigits: Bool { !isEmpty && utf8.allSatisfy { (48...57).contains($0) } }
}
