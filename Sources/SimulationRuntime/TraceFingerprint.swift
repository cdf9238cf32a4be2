import Primitives

/// A 64-bit mark of the frames read, so that a summary says which input it stands for.
///
/// Not cryptographic: it tells two traces apart that differ by accident, not by malice.
public struct TraceFingerprint: Hashable, Sendable {
  private var lanes = SIMD4<UInt64>(1, 2, 3, 4)
  private var length: UInt64 = 0

  mutating func add(_ bytes: UnsafeRawBufferPointer, at time: Instant) {
    var sum = lanes
    var offset = 0
    // Halves of 32 bits multiplied, because the machine can do several of those at once.
    while offset + 32 <= bytes.count {
      let word = bytes.loadUnaligned(fromByteOffset: offset, as: SIMD4<UInt64>.self)
      let mixed =
        word ^ SIMD4(0x9e37_79b9_7f4a_7c15, 0xbf58_476d_1ce4_e5b9, 0x94d0_49bb_1331_11eb, 0xd6e8_feb8_6659_fd93)
      sum = (sum &<< 7 | sum &>> 57) &+ word &+ (mixed & 0xffff_ffff) &* (mixed &>> 32)
      offset += 32
    }
    lanes = sum
    while offset + 8 <= bytes.count {
      lanes.x = Self.mix(lanes.x, bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      offset += 8
    }
    while offset < bytes.count {
      lanes.x = Self.mix(lanes.x, UInt64(bytes[offset]))
      offset += 1
    }
    length &+= UInt64(bytes.count)
    lanes.y = Self.mix(lanes.y, UInt64(bitPattern: time.nanoseconds))
    lanes.z = Self.mix(lanes.z, length)
  }

  private static func mix(_ lane: UInt64, _ word: UInt64) -> UInt64 {
    let product = (lane ^ word) &* 0x9e37_79b9_7f4a_7c15
    return product ^ (product >> 32)
  }

  /// 16 hexadecimal digits.
  public var text: String {
    let value = Self.mix(Self.mix(lanes.x, lanes.y), Self.mix(lanes.z, lanes.w))
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// Whether both have the same `text`, so frames that most likely are the same.
  public static func == (left: TraceFingerprint, right: TraceFingerprint) -> Bool { left.text == right.text }
  /// Hashes `text`, as `==` compares it.
  public func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
