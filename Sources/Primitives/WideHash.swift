/// A 64-bit hash of bytes and words, sixteen bytes a step; the same input gives the same value in every run.
///
/// Not cryptographic: it tells apart what differs by accident, not by malice.
public struct WideHash: Hashable, Sendable {
  private var one: UInt64 = 0x243f_6a88_85a3_08d3
  private var two: UInt64 = 0x1319_8a2e_0370_7344
  private var three: UInt64 = 0xa409_3822_299f_31d0
  private var four: UInt64 = 0x082e_fa98_ec4e_6c89

  /// Begins with nothing taken in.
  public init() {}

  /// The hash of two words and of bytes, as if they were taken in one after the other.
  public static func value(_ first: UInt64, _ second: UInt64, _ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var hash = WideHash()
    hash.takeIn(first, second)
    hash.takeIn(bytes)
    return hash.value
  }

  /// Takes in two words.
  public mutating func add(_ first: UInt64, _ second: UInt64) {
    takeIn(first, second)
  }

  /// Takes in bytes, and how many they are.
  public mutating func add(_ bytes: UnsafeRawBufferPointer) { takeIn(bytes) }

  @inline(__always)
  private mutating func takeIn(_ first: UInt64, _ second: UInt64) {
    one = Self.mix(one ^ four, first, second)
    four = four &+ one
  }

  @inline(__always)
  private mutating func takeIn(_ bytes: UnsafeRawBufferPointer) {
    takeIn(UInt64(truncatingIfNeeded: bytes.count), 0)
    guard bytes.count >= 64 else { return addShort(bytes) }
    let last = bytes.count &- 64
    var offset = 0
    while offset < last {
      addBlock(bytes, at: offset)
      offset &+= 64
    }
    // The last block may overlap the one before: that is cheaper than going on in smaller steps.
    addBlock(bytes, at: last)
  }

  /// Four independent lanes, so that the multiplications overlap.
  @inline(__always)
  private mutating func addBlock(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
    one = Self.mix(one, bytes, at: offset)
    two = Self.mix(two, bytes, at: offset &+ 16)
    three = Self.mix(three, bytes, at: offset &+ 32)
    four = Self.mix(four, bytes, at: offset &+ 48)
  }

  private mutating func addShort(_ bytes: UnsafeRawBufferPointer) {
    var word: UInt64 = 0
    for (index, byte) in bytes.enumerated() {
      word = word << 8 | UInt64(byte)
      if index & 7 == 7 { two = Self.mix(two, word, UInt64(index)) }
    }
    three = Self.mix(three, word, 0)
  }

  /// The hash of all that was taken in.
  public var value: UInt64 {
    Self.mix(Self.mix(one, two, 1), Self.mix(three, four, 2), 3)
  }

  @inline(__always)
  private static func mix(_ lane: UInt64, _ bytes: UnsafeRawBufferPointer, at offset: Int) -> UInt64 {
    mix(
      lane, bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self),
      bytes.loadUnaligned(fromByteOffset: offset &+ 8, as: UInt64.self))
  }

  /// Both halves of a product depend on every bit of both factors; folded, they make one word again.
  @inline(__always)
  private static func mix(_ lane: UInt64, _ first: UInt64, _ second: UInt64) -> UInt64 {
    let product = (lane ^ first).multipliedFullWidth(by: second ^ 0x9e37_79b9_7f4a_7c15)
    return product.high ^ product.low ^ lane
  }
}
