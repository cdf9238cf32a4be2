import Primitives

/// A 64-bit mark of the frames read, so that a summary says which input it stands for.
///
/// Of a frame that has a `MessageExtractor.packetMark`, as all with SIP over UDP and TCP have, count its time and that
/// mark. So a trace whose link headers or hop limits were written anew has the same fingerprint. Every other frame
/// counts byte for byte.
/// Not cryptographic: it tells two traces apart that differ by accident, not by malice.
public struct TraceFingerprint: Hashable, Sendable {
  private var hash = WideHash()

  /// - Parameter packetMark: that of the extractor which has just read the frame.
  mutating func add(_ frame: UnsafeRawBufferPointer, _ packetMark: UInt64?, at time: Instant) {
    let time = UInt64(bitPattern: time.nanoseconds)
    guard let packetMark else {
      hash.add(time, 0)
      hash.add(frame)
      return
    }
    hash.add(time, packetMark)
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
