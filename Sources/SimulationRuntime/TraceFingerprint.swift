import Primitives

/// A 64-bit mark of the frames read, so that a summary says which input it stands for.
///
/// Not cryptographic: it tells two traces apart that differ by accident, not by malice.
public struct TraceFingerprint: Hashable, Sendable {
  private var hash = WideHash()

  mutating func add(_ bytes: UnsafeRawBufferPointer, at time: Instant) {
    hash.add(UInt64(bitPattern: time.nanoseconds), 0)
    hash.add(bytes)
  }

  /// 16 hexadecimal digits.
  public var text: String {
    let digits = String(hash.value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// Whether both have the same `text`, so frames that most likely are the same.
  public static func == (left: TraceFingerprint, right: TraceFingerprint) -> Bool { left.text == right.text }
  /// Hashes `text`, as `==` compares it.
  public func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
