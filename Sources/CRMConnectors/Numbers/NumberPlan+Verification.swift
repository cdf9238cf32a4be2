extension NumberPlan {
  /// Fewer last digits tell nobody apart: a local number has about seven.
  static let shortestSuffix = 7

  /// Whether `stored`, a CRM's text as somebody typed it, is the number asked for.
  ///
  /// An extension behind it (`x12`, `ext. 5`, `;12`) does not count. A text without digits matches nothing, but for
  /// itself in the add-ins' manner, where it may have been asked for.
  public func matches(_ stored: String, _ number: DialledNumber) -> Bool {
    if manner == .vendorAddIn, stored == number.text { return true }
    guard let stored = Self.subscriber(in: stored) else { return false }
    switch comparison {
    case .equal:
      if stored.digits == number.digits { return true }
      guard let left = internationalDigits(of: stored), let right = internationalDigits(of: number) else {
        return false
      }
      return left == right
    case .lastDigits(let count): return Self.endAlike(stored.digits, number.digits, count)
    }
  }

  private static func subscriber(in text: String) -> DialledNumber? {
    var kept: [UInt8] = []
    for byte in text.utf8.prefix(DialledNumber.bytesMax) {
      switch byte {
      case 48...57, UInt8(ascii: "+"): kept.append(byte)
      case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "("),
        UInt8(ascii: ")"), 0x80...:
        // No-break spaces and dashes that a word processor put in are more than one byte long.
        continue
      default: if kept.count > 1 { return try? DialledNumber(String(decoding: kept, as: UTF8.self)) }
      }
    }
    return try? DialledNumber(String(decoding: kept, as: UTF8.self))
  }

  private static func endAlike(_ left: String, _ right: String, _ count: Int) -> Bool {
    let (left, right) = (left.utf8.drop { $0 == 48 }, right.utf8.drop { $0 == 48 })
    let compared = min(left.count, right.count, max(1, count))
    guard compared >= shortestSuffix else { return left.elementsEqual(right) }
    return left.suffix(compared).elementsEqual(right.suffix(compared))
  }
}
