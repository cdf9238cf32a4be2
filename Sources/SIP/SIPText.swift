import Glibc

/// A stretch of captured bytes, read as text.
///
/// Like the frame it lies in, it is valid only while that frame is: copy with `string` what must outlive it.
/// Comparison never allocates.
public struct SIPText {
  /// The bytes themselves; not owned, so not to be kept beyond the frame they lie in.
  public let bytes: UnsafeRawBufferPointer

  /// A view of these bytes, without a copy or a check: any bytes are a text.
  public init(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
  }

  /// A text of no bytes, which lies in no frame and so is always valid.
  public static var empty: SIPText { SIPText(UnsafeRawBufferPointer(start: nil, count: 0)) }

  /// Bytes, not characters.
  public var count: Int { bytes.count }
  /// Whether there is not a single byte; blanks count as bytes.
  public var isEmpty: Bool { bytes.isEmpty }

  /// A copy; bytes that are not UTF-8 become U+FFFD.
  public var string: String { String(decoding: bytes, as: UTF8.self) }

  /// nil past either end.
  public subscript(index: Int) -> UInt8? {
    index >= 0 && index < bytes.count ? bytes[index] : nil
  }

  /// The part from `from` up to `to`, both cut to what is there.
  @inline(__always)
  public func slice(_ from: Int, _ to: Int) -> SIPText {
    let low = min(max(from, 0), bytes.count)
    let high = min(max(to, low), bytes.count)
    return SIPText(UnsafeRawBufferPointer(rebasing: bytes[low..<high]))
  }

  /// Where `byte` is first found at `from` or later, counted from the start of the text; nil when it is not there or
  /// `from` lies outside.
  public func index(of byte: UInt8, from: Int = 0) -> Int? {
    guard from < bytes.count, from >= 0, let base = bytes.baseAddress,
      let hit = memchr(base + from, Int32(byte), bytes.count - from)
    else { return nil }
    return UnsafeRawPointer(hit) - base
  }

  /// Where `byte` is found last, counted from the start of the text; nil when it is not there.
  func lastIndex(of byte: UInt8) -> Int? {
    var index = bytes.count - 1
    while index >= 0 {
      if bytes[index] == byte { return index }
      index -= 1
    }
    return nil
  }

  /// Without spaces, tabs and line ends at both ends (a folded value may begin with any of them).
  public var trimmed: SIPText {
    var low = 0
    var high = bytes.count
    while low < high, Self.isSpace(bytes[low]) { low &+= 1 }
    while high > low, Self.isSpace(bytes[high &- 1]) { high &-= 1 }
    return SIPText(UnsafeRawBufferPointer(rebasing: bytes[low..<high]))
  }

  @inline(__always)
  static func isSpace(_ byte: UInt8) -> Bool { byte <= 32 && (0x1_0000_2600 as UInt64) &>> UInt64(byte) & 1 == 1 }

  static func lowercased(_ byte: UInt8) -> UInt8 { byte &- 65 < 26 ? byte | 32 : byte }

  /// Byte for byte.
  public static func == (left: SIPText, right: SIPText) -> Bool {
    guard left.count == right.count else { return false }
    guard left.count > 0, let one = left.bytes.baseAddress, let other = right.bytes.baseAddress else { return true }
    return memcmp(one, other, left.count) == 0
  }

  /// Byte for byte, so with regard to case.
  public static func == (left: SIPText, right: StaticString) -> Bool {
    left == SIPText(UnsafeRawBufferPointer(start: right.utf8Start, count: right.utf8CodeUnitCount))
  }

  /// Without regard to ASCII case.
  public func equalsIgnoringCase(_ other: StaticString) -> Bool {
    guard other.utf8CodeUnitCount == count else { return false }
    for index in 0..<count {
      let (byte, wanted) = (bytes[index], other.utf8Start[index])
      if byte != wanted, Self.lowercased(byte) != Self.lowercased(wanted) { return false }
    }
    return true
  }

  /// Whether the text begins with `other`, without regard to ASCII case; true for an empty one.
  public func hasPrefixIgnoringCase(_ other: StaticString) -> Bool {
    slice(0, other.utf8CodeUnitCount).equalsIgnoringCase(other)
  }

  /// Whether `other` occurs anywhere, without regard to ASCII case; true for an empty one. Takes time proportional to
  /// the product of both lengths.
  public func containsIgnoringCase(_ other: StaticString) -> Bool {
    let length = other.utf8CodeUnitCount
    guard length > 0 else { return true }
    guard length <= count else { return false }
    let first = Self.lowercased(other.utf8Start[0])
    for place in 0...(count - length) where Self.lowercased(bytes[place]) == first {
      if slice(place, place + length).equalsIgnoringCase(other) { return true }
    }
    return false
  }

  /// The decimal number it spells, nil when it is anything else or does not fit.
  public var decimal: UInt32? {
    guard !bytes.isEmpty else { return nil }
    var value: UInt32 = 0
    for byte in bytes {
      let digit = byte &- 48
      guard digit < 10 else { return nil }
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(UInt32(digit))
      guard !overflow, !carry else { return nil }
      value = sum
    }
    return value
  }

  /// A multiplicative hash over eight bytes at a time; the same bytes give the same value in every run.
  public var stableHash: UInt64 {
    let count = bytes.count
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325 &+ UInt64(truncatingIfNeeded: count)
    guard count >= 8 else {
      var word: UInt64 = 0
      for byte in bytes { word = word << 8 | UInt64(byte) }
      return Self.finished(Self.mixed(hash, word))
    }
    let last = count &- 8
    var index = 0
    while index < last {
      hash = Self.mixed(hash, bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      index &+= 8
    }
    // The last word may overlap the one before: that is cheaper than going on byte by byte.
    return Self.finished(Self.mixed(hash, bytes.loadUnaligned(fromByteOffset: last, as: UInt64.self)))
  }

  @inline(__always)
  private static func mixed(_ hash: UInt64, _ word: UInt64) -> UInt64 {
    let product = (hash ^ word) &* 0x9e37_79b9_7f4a_7c15
    return product ^ product >> 29
  }

  /// Every bit of the hash depends on every byte: the last digits of numbers differ most, and they are the highest bits
  /// of the last word, which no product moves down.
  @inline(__always)
  private static func finished(_ hash: UInt64) -> UInt64 {
    let product = hash.multipliedFullWidth(by: 0xd6e8_feb8_6659_fd93)
    return product.high ^ product.low
  }
}
