/// A pattern of dialled digits: `X` 0-9, `Z` 1-9, `N` 2-9, `[13-5]` a set, `.` one or more of anything, `!` any rest.
///
/// The letters are those of Asterisk's extension patterns, which the appliance shows in its route pages;
/// a leading `_` is allowed and means nothing.
public struct DialPattern: Hashable, Sendable {
  private enum Element: Hashable, Sendable {
    case set(ByteSet)
    case rest(atLeast: Int)
  }

  /// As written.
  public let text: String
  private let elements: [Element]
  /// Digits the pattern spells out; among several patterns that match, the one with most wins, as in Asterisk.
  public let literalCount: Int

  /// nil for an empty pattern, an unclosed `[`, or anything after `.` or `!`.
  public init?(_ text: String) {
    var bytes = Array(text.utf8)[...]
    if bytes.first == UInt8(ascii: "_") { bytes = bytes.dropFirst() }
    guard !bytes.isEmpty else { return nil }
    var elements: [Element] = []
    while let byte = bytes.popFirst() {
      switch byte {
      case UInt8(ascii: "X"), UInt8(ascii: "x"): elements.append(.set(ByteSet(48...57)))
      case UInt8(ascii: "Z"), UInt8(ascii: "z"): elements.append(.set(ByteSet(49...57)))
      case UInt8(ascii: "N"), UInt8(ascii: "n"): elements.append(.set(ByteSet(50...57)))
      case UInt8(ascii: "."), UInt8(ascii: "!"):
        guard bytes.isEmpty else { return nil }
        elements.append(.rest(atLeast: byte == UInt8(ascii: ".") ? 1 : 0))
      case UInt8(ascii: "["):
        guard let end = bytes.firstIndex(of: UInt8(ascii: "]")), let set = Self.set(bytes[..<end]) else { return nil }
        elements.append(.set(set))
        bytes = bytes[(end + 1)...]
      default: elements.append(.set(ByteSet(byte...byte)))
      }
    }
    self.text = text
    self.elements = elements
    literalCount = elements.count { if case .set(let set) = $0 { set.count == 1 } else { false } }
  }

  private static func set(_ bytes: ArraySlice<UInt8>) -> ByteSet? {
    var result = ByteSet()
    var rest = bytes
    while let low = rest.popFirst() {
      if rest.first == UInt8(ascii: "-"), let high = rest.dropFirst().first {
        guard low <= high else { return nil }
        result.insert(low...high)
        rest = rest.dropFirst(2)
      } else {
        result.insert(low...low)
      }
    }
    return result.isEmpty ? nil : result
  }

  /// Whether the pattern takes in the whole of `number`, compared byte for byte.
  public func matches(_ number: String) -> Bool {
    var number = number
    return number.withUTF8 { digits in
      var place = 0
      for element in elements {
        switch element {
        case .rest(let atLeast): return digits.count - place >= atLeast
        case .set(let set):
          guard place < digits.count, set.contains(digits[place]) else { return false }
          place += 1
        }
      }
      return place == digits.count
    }
  }
}

/// A set of bytes, a bit for each.
private struct ByteSet: Hashable, Sendable {
  private var words: SIMD4<UInt64> = .zero

  init() {}
  init(_ range: ClosedRange<UInt8>) { insert(range) }

  var isEmpty: Bool { words == .zero }
  var count: Int { (0..<4).reduce(0) { $0 + words[$1].nonzeroBitCount } }

  func contains(_ byte: UInt8) -> Bool { words[Int(byte >> 6)] >> UInt64(byte & 63) & 1 == 1 }

  mutating func insert(_ range: ClosedRange<UInt8>) {
    for byte in range { words[Int(byte >> 6)] |= 1 << UInt64(byte & 63) }
  }
}
