/// Finds what can be dialled in a text: seven digits or more with what people write between them.
///
/// Dates, times and record ids (15 digits or more in one piece, as Zoho's) are passed over. A pattern of a query, a `%`
/// or its `%25` around each digit, is a number too.
enum PhoneNumberScanner {
  /// Digits by which a number is told, counted from its end: the same in national and international spelling.
  static let significant = 7
  /// No number is longer (ITU-T E.164); longer runs are ids.
  private static let digitsMax = 15

  /// Places of the last `significant` digits of each number, in the order of the text.
  static func places(in text: [UInt8]) -> [[Int]] {
    var result: [[Int]] = []
    var at = 0
    while at < text.count {
      if text[at] == UInt8(ascii: "%") {
        let (digits, end) = pattern(in: text, from: at)
        if digits.count >= significant { result.append(Array(digits.suffix(significant))) }
        at = end
        continue
      }
      guard isDigit(text[at]) else {
        at += 1
        continue
      }
      let (digits, end) = run(in: text, from: at)
      if (significant..<digitsMax).contains(digits.count), !isDate(text, at), !isWithinWord(text, at, end) {
        result.append(Array(digits.suffix(significant)))
      }
      at = end
    }
    return result
  }

  /// The digits of `%5%5%5%0%1%4%2%` or `%255%255%255%250%251%254%252%25`, and where to look on.
  private static func pattern(in text: [UInt8], from start: Int) -> (digits: [Int], end: Int) {
    let encoded = Array("%25".utf8)
    let mark = text[start...].starts(with: encoded) ? encoded : [UInt8(ascii: "%")]
    var digits: [Int] = []
    var at = start + mark.count
    while at < text.count, isDigit(text[at]), text[(at + 1)...].starts(with: mark) {
      digits.append(at)
      at += 1 + mark.count
    }
    return digits.isEmpty ? ([], start + 1) : (digits, at)
  }

  /// Digits from `start` on, with single separators between them; and where they end.
  private static func run(in text: [UInt8], from start: Int) -> (digits: [Int], end: Int) {
    var digits: [Int] = []
    var at = start
    var end = start
    while at < text.count {
      if isDigit(text[at]) {
        digits.append(at)
        end = at + 1
      } else if !separators.contains(text[at]) || at >= end + 3 {
        break
      }
      at += 1
    }
    return (digits, end)
  }

  /// `2026-01-31`, alone or before a time.
  private static func isDate(_ text: [UInt8], _ start: Int) -> Bool {
    guard start + 10 <= text.count, text[start + 4] == UInt8(ascii: "-"), text[start + 7] == UInt8(ascii: "-") else {
      return false
    }
    return [0, 1, 2, 3, 5, 6, 8, 9].allSatisfy { isDigit(text[start + $0]) }
  }

  /// Hexadecimal and the like: a letter stands right before or after.
  private static func isWithinWord(_ text: [UInt8], _ start: Int, _ end: Int) -> Bool {
    (start > 0 && isLetter(text[start - 1])) || (end < text.count && isLetter(text[end]))
  }

  private static let separators: Set<UInt8> = Set(" -()/.".utf8)

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

  private static func isLetter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
    default: false
    }
  }
}
