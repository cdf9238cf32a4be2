import SIP

/// The digits by which one number is known in its several spellings: the last seven, where it has at least five digits.
///
/// A shorter or a lettered one stands for itself, by a hash: 64 bits, so that two of one trace differ but for a freak.
struct NumberKey: Hashable, Comparable {
  let rawValue: UInt64

  /// The key of something that is no number.
  init(hash: UInt64) { rawValue = hash | 1 << 63 }

  /// The key of a caller together with a number dialled.
  init(pairing caller: UInt64, with number: NumberKey) {
    self.init(hash: (caller &* 0x9e37_79b9_7f4a_7c15) ^ (number.rawValue &* 0xd6e8_feb8_6659_fd93) &+ 0x5851)
  }

  init(_ number: String) {
    var number = number
    self = number.withUTF8 { NumberKey(SIPText(UnsafeRawBufferPointer($0))) }
  }

  init(_ number: SIPText) {
    var reading = Reading()
    reading.take(number.bytes[...])
    self = reading.key
  }

  /// The key of `prefix` and what follows the first `count` bytes of `number`, as one number.
  init(_ prefix: String, behind count: Int, of number: String) {
    var (prefix, number) = (prefix, number)
    var reading = Reading()
    prefix.withUTF8 { reading.take(UnsafeRawBufferPointer($0)[...]) }
    number.withUTF8 { reading.take(UnsafeRawBufferPointer($0).dropFirst(count)) }
    self = reading.key
  }

  /// A number read byte by byte.
  private struct Reading {
    private var digits: UInt64 = 0
    private var count: UInt64 = 0
    private var hash: UInt64 = 0xcbf2_9ce4_8422_2325

    @inline(__always)
    mutating func take(_ bytes: Slice<UnsafeRawBufferPointer>) {
      for byte in UnsafeRawBufferPointer(rebasing: bytes) {
        hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
        let digit = byte &- 48
        guard digit < 10 else { continue }
        digits = digits &* 10 &+ UInt64(digit)
        if digits >= 100_000_000_000_000_000 { digits %= 10_000_000 }
        count &+= 1
      }
    }

    /// How many of the seven there are keeps 00123 and 123 apart.
    var key: NumberKey {
      count >= 5 ? NumberKey(rawValue: min(count, 7) << 32 | digits % 10_000_000) : NumberKey(hash: hash)
    }
  }

  private init(rawValue: UInt64) { self.rawValue = rawValue }

  static func < (left: NumberKey, right: NumberKey) -> Bool { left.rawValue < right.rawValue }
}
