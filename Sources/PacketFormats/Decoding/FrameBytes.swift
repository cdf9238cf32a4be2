/// A frame, with the part that the layers read so far leave to the next one.
///
/// The loads check nothing in release builds: every caller first asks `left(from:)` how many bytes there are.
/// Four words, which is what the calling convention hands on in registers.
struct FrameBytes {
  let frame: UnsafeRawBufferPointer
  private var storedEnd: UInt32
  private var storedMissing: UInt32 = 0
  /// The Identification of the innermost IPv4 header; 0 for IPv6.
  var identification: UInt16 = 0
  /// Who set `end`.
  var source: FrameError.LengthSource
  /// Tunnels and the like entered so far.
  private(set) var encapsulations: UInt8

  init(_ frame: UnsafeRawBufferPointer, encapsulations: UInt8 = 0) {
    self.frame = frame
    storedEnd = UInt32(clamping: frame.count)
    source = .capturedFrame
    self.encapsulations = encapsulations
  }

  /// The end of the bytes that count: the captured length until a header claims less (Ethernet padding).
  var end: Int {
    @inline(__always) get { Int(storedEnd) }
    @inline(__always) set { storedEnd = UInt32(clamping: newValue) }
  }

  /// Bytes the innermost length field claims beyond those there are.
  var missing: Int {
    @inline(__always) get { Int(storedMissing) }
    @inline(__always) set { storedMissing = UInt32(clamping: newValue) }
  }

  @inline(__always)
  func left(from offset: Int) -> Int { end - offset }

  @inline(__always)
  func byte(_ offset: Int) -> UInt8 { frame.loadUnaligned(fromByteOffset: offset, as: UInt8.self) }

  @inline(__always)
  func word16(_ offset: Int) -> UInt16 {
    UInt16(bigEndian: frame.loadUnaligned(fromByteOffset: offset, as: UInt16.self))
  }

  @inline(__always)
  func word32(_ offset: Int) -> UInt32 {
    UInt32(bigEndian: frame.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
  }

  @inline(__always)
  func word64(_ offset: Int) -> UInt64 {
    UInt64(bigEndian: frame.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// As `word16`, the least byte first.
  @inline(__always)
  func little16(_ offset: Int) -> UInt16 { word16(offset).byteSwapped }

  /// As `word32`, the least byte first.
  @inline(__always)
  func little32(_ offset: Int) -> UInt32 { word32(offset).byteSwapped }

  func tooShort(_ layer: FrameError.Layer, at offset: Int, required: Int) -> FrameContent {
    .malformed(
      FrameError(layer: layer, offset: offset, required: required, available: left(from: offset), source: source))
  }

  /// Steps into a tunnel or the like; false where that is one too many.
  mutating func enter() -> Bool {
    guard encapsulations < FrameDecoder.encapsulationsMax else { return false }
    encapsulations += 1
    return true
  }

  /// Applies the length a header claims for what starts at `offset`: cuts padding off, or notes what is missing.
  @inline(__always)
  mutating func limit(to length: Int, from offset: Int, source: FrameError.LengthSource) {
    let available = left(from: offset)
    if length <= available {
      end = offset + length
      self.source = source
      missing = 0
    } else {
      missing = length - available
    }
  }
}
