/// The header of a WebSocket frame (RFC 6455 section 5.2).
public struct WebSocketFrame: Hashable, Sendable {
  /// What a frame is for; those the RFC reserves are no frames.
  public enum Opcode: UInt8, Hashable, Sendable, CaseIterable {
    /// More of a message in fragments.
    case continuation = 0
    /// A message, or its first fragment: text.
    case text = 1
    /// A message, or its first fragment: bytes.
    case binary = 2
    /// The end of the connection.
    case close = 8
    /// To be answered with a pong.
    case ping = 9
    /// An answer to a ping, or unasked for.
    case pong = 10

    /// Whether it may stand between the fragments of a message (section 5.5).
    public var isControl: Bool { rawValue >= 8 }
  }

  /// What the front of a stream is, taken as a frame.
  public enum Reading: Hashable, Sendable {
    /// A header, whatever of its payload there is.
    case frame(WebSocketFrame)
    /// A header so far.
    case needMore
    /// Against the RFC.
    case invalid
  }

  /// Whether the message ends with this frame.
  public let isFinal: Bool
  /// RSV1, with which the first frame of a compressed message is marked (RFC 7692 section 6).
  public let isCompressed: Bool
  /// What the frame is for.
  public let opcode: Opcode
  /// Masks the payload where its sender is the client (section 5.3); the first byte is the highest.
  public let mask: UInt32?
  /// Bytes in front of the payload.
  public let headerLength: Int
  /// Bytes of the payload; never negative.
  public let payloadLength: Int

  /// Header and payload; never more than an `Int` holds.
  public var length: Int { headerLength + payloadLength }

  /// Reads the header at the front of `bytes`.
  public static func read(_ bytes: UnsafeRawBufferPointer) -> Reading {
    guard let first = bytes.byteIfThere(0) else { return .needMore }
    guard first & 0x30 == 0, let opcode = Opcode(rawValue: first & 0x0f) else { return .invalid }
    let isFinal = first & 0x80 != 0
    let isCompressed = first & 0x40 != 0
    if opcode.isControl, !isFinal || isCompressed { return .invalid }
    guard let second = bytes.byteIfThere(1) else { return .needMore }
    let short = Int(second & 0x7f)
    if opcode.isControl, short > 125 { return .invalid }
    let width = short == 127 ? 8 : short == 126 ? 2 : 0
    guard bytes.count >= 2 + width else { return .needMore }
    var length: UInt64 = width == 0 ? UInt64(short) : 0
    for index in 2..<2 + width { length = length << 8 | UInt64(bytes[index]) }
    // The shortest way to write a length is the only one (section 5.2); what no address space holds is none.
    guard length < 1 << 62, width != 2 || length > 125, width != 8 || length > 0xffff else { return .invalid }
    let isMasked = second & 0x80 != 0
    let headerLength = 2 + width + (isMasked ? 4 : 0)
    guard bytes.count >= headerLength else { return .needMore }
    let mask = bytes[2 + width..<headerLength].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    return .frame(
      WebSocketFrame(
        isFinal: isFinal, isCompressed: isCompressed, opcode: opcode, mask: isMasked ? mask : nil,
        headerLength: headerLength, payloadLength: Int(length)))
  }

  /// Appends the first bytes of the payload as they were before masking, as far as they are there.
  /// - Parameter bytes: what the header was read from.
  public func appendPayload(of bytes: UnsafeRawBufferPointer, prefix: Int = .max, to output: inout [UInt8]) {
    let end = min(bytes.count, headerLength + min(payloadLength, max(0, prefix)))
    guard headerLength < end else { return }
    guard let mask else {
      output.append(contentsOf: bytes[headerLength..<end])
      return
    }
    output.reserveCapacity(output.count + end - headerLength)
    for index in headerLength..<end {
      let shift = 24 - 8 * UInt32((index - headerLength) & 3)
      output.append(bytes[index] ^ UInt8(truncatingIfNeeded: mask >> shift))
    }
  }
}

extension UnsafeRawBufferPointer {
  func byteIfThere(_ index: Int) -> UInt8? { index < count ? self[index] : nil }
}
