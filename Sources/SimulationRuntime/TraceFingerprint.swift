import Primitives

/// A 64-bit mark of the frames read, so that a summary says which input it stands for.
///
/// Not cryptographic: it tells two traces apart that differ by accident, not by malice.
public struct TraceFingerprint: Hashable, Sendable {
  private var lanes: (UInt64, UInt64, UInt64, UInt64) = (1, 2, 3, 4)
  private var length: UInt64 = 0

  mutating func add(_ bytes: UnsafeRawBufferPointer, at time: Instant) {
    var offset = 0
    // Four independent lanes, so that the multiplications overlap.
    while offset + 32 <= bytes.count {
      lanes.0 = Self.mix(lanes.0, bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      lanes.1 = Self.mix(lanes.1, bytes.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self))
      lanes.2 = Self.mix(lanes.2, bytes.loadUnaligned(fromByteOffset: offset + 16, as: UInt64.self))
      lanes.3 = Self.mix(lanes.3, bytes.loadUnaligned(fromByteOffset: offset + 24, as: UInt64.self))
      offset += 32
    }
    while offset < bytes.count {
      lanes.0 = Self.mix(lanes.0, UInt64(bytes[offset]))
      offset += 1
    }
    length &+= UInt64(bytes.count)
    lanes.1 = Self.mix(lanes.1, UInt64(bitPattern: time.nanoseconds))
    lanes.2 = Self.mix(lanes.2, length)
  }

  private static func mix(_ lane: UInt64, _ word: UInt64) -> UInt64 {
    let product = (lane ^ word) &* 0x9e37_79b9_7f4a_7c15
    return product ^ (product >> 32)
  }

  /// 16 hexadecimal digits.
  public var text: String {
    let value = Self.mix(Self.mix(lanes.0, lanes.1), Self.mix(lanes.2, lanes.3))
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// Whether both have the same `text`, so frames that most likely are the same.
  public static func == (left: TraceFingerprint, right: TraceFingerprint) -> Bool { left.text == right.text }
  /// Hashes `text`, as `==` compares it.
  public func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
