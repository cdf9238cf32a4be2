/// A pattern of dialled digits: `X` 0-9, `Z` 1-9, `N` 2-9, `[13-5]` a set, `.` one or more of anything, `!` any rest.
///
/// The letters are those of Asterisk's extension patterns, which the appliance shows in its route pages;
/// a leading `_` is allowed and means nothing.
public struct DialPattern: Hashable, Sendable {
  private enum Element: Hashable, Sendable {
    case set(Set<UInt8>)
    case rest(atLeast: Int)
  }

  /// As written.
  public let text: String
  private let elements: [Element]

  /// nil for an empty pattern, an unclosed `[`, or anything after `.` or `!`.
  public init?(_ text: String) {
    var bytes = Array(text.utf8)[...]
    if bytes.first == UInt8(ascii: "_") { bytes = bytes.dropFirst() }
    guard !bytes.isEmpty else { return nil }
    var elements: [Element] = []
    while let byte = bytes.popFirst() {
      switch byte {
      case UInt8(ascii: "X"), UInt8(ascii: "x"): elements.append(.set(Set(48...57)))
      case UInt8(ascii: "Z"), UInt8(ascii: "z"): elements.append(.set(Set(49...57)))
      case UInt8(ascii: "N"), UInt8(ascii: "n"): elements.append(.set(Set(50...57)))
      case UInt8(ascii: "."), UInt8(ascii: "!"):
        guard bytes.isEmpty else { return nil }
        elements.append(.rest(atLeast: byte == UInt8(ascii: ".") ? 1 : 0))
      case UInt8(ascii: "["):
        guard let end = bytes.firstIndex(of: UInt8(ascii: "]")), let set = Self.set(bytes[..<end]) else { return nil }
        elements.append(.set(set))
        bytes = bytes[(end + 1)...]
      default: elements.append(.set([byte]))
      }
    }
    self.text = text
    self.elements = elements
  }

  private static func set(_ bytes: ArraySlice<UInt8>) -> Set<UInt8>? {
    var result: Set<UInt8> = []
    var rest = bytes
    while let low = rest.popFirst() {
      if rest.first == UInt8(ascii: "-"), let high = rest.dropFirst().first {
        guard low <= high else { return nil }
        result.formUnion(low...high)
        rest = rest.dropFirst(2)
      } else {
        result.insert(low)
      }
    }
    return result.isEmpty ? nil : result
  }

  /// Whether the pattern takes in the whole of `number`, compared byte for byte.
  public func matches(_ number: String) -> Bool {
    var digits = number.utf8[...]
    for element in elements {
      switch element {
      case .rest(let atLeast): return digits.count >= atLeast
      case .set(let set):
        guard let digit = digits.popFirst(), set.contains(digit) else { return false }
      }
    }
    return digits.isEmpty
  }

  /// Digits the pattern spells out; among several patterns that match, the one with most wins, as in Asterisk.
  public var literalCount: Int {
    elements.count { if case .set(let set) = $0 { set.count == 1 } else { false } }
  }
}
