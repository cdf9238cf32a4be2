public import PacketFormats

/// Builds a pcapng file block by block, bad ones among them.
public struct PcapngFile {
  /// The byte order of the sections that follow.
  public var isLittleEndian: Bool
  /// What has been written.
  public private(set) var bytes: [UInt8] = []

  /// Nothing yet.
  public init(isLittleEndian: Bool = true) { self.isLittleEndian = isLittleEndian }

  /// A Section Header Block.
  public mutating func section(major: UInt16 = 1) {
    var body = writer
    body.word32(0x1a2b_3c4d)
    body.word16(major)
    body.word16(0)
    body.word64(.max)
    block(0x0a0d_0d0a, body.bytes)
  }

  /// An Interface Description Block; microseconds unless the options say otherwise.
  public mutating func interface(
    _ linkType: LinkType = .ethernet, snapLength: UInt32 = 0, options: [(code: UInt16, value: [UInt8])] = []
  ) {
    var body = writer
    body.word16(UInt16(truncatingIfNeeded: linkType == .rawIP ? 101 : linkType.rawValue))
    body.word16(0)
    body.word32(snapLength)
    for option in options {
      body.word16(option.code)
      body.word16(UInt16(truncatingIfNeeded: option.value.count))
      body.raw(padded(option.value))
    }
    block(1, body.bytes)
  }

  /// An Enhanced Packet Block.
  /// - Parameter captured: the captured length it claims; nil for that of `data`.
  public mutating func packet(
    _ data: [UInt8], units: UInt64 = 0, interface: UInt32 = 0, captured: UInt32? = nil, original: UInt32? = nil
  ) {
    var body = writer
    body.word32(interface)
    time(units, in: &body)
    body.word32(captured ?? UInt32(truncatingIfNeeded: data.count))
    body.word32(original ?? UInt32(truncatingIfNeeded: data.count))
    body.raw(padded(data))
    block(6, body.bytes)
  }

  /// A Simple Packet Block.
  public mutating func simplePacket(_ data: [UInt8], original: UInt32? = nil) {
    var body = writer
    body.word32(original ?? UInt32(truncatingIfNeeded: data.count))
    body.raw(padded(data))
    block(3, body.bytes)
  }

  /// An obsolete Packet Block.
  public mutating func obsoletePacket(_ data: [UInt8], units: UInt64 = 0, interface: UInt16 = 0) {
    var body = writer
    body.word16(interface)
    body.word16(7)
    time(units, in: &body)
    body.word32(UInt32(truncatingIfNeeded: data.count))
    body.word32(UInt32(truncatingIfNeeded: data.count))
    body.raw(padded(data))
    block(2, body.bytes)
  }

  /// A Decryption Secrets Block with a TLS key log, unless its type says otherwise.
  public mutating func secrets(_ text: String, type: UInt32 = 0x544c_534b, claimed: UInt32? = nil) {
    var body = writer
    body.word32(type)
    body.word32(claimed ?? UInt32(truncatingIfNeeded: text.utf8.count))
    body.raw(padded(Array(text.utf8)))
    block(10, body.bytes)
  }

  /// A block of any type; its lengths agree unless they are given.
  public mutating func block(_ type: UInt32, _ body: [UInt8], length: UInt32? = nil, trailing: UInt32? = nil) {
    var file = writer
    let byteCount = UInt32(truncatingIfNeeded: body.count + 12)
    file.word32(type)
    file.word32(length ?? byteCount)
    file.raw(body)
    file.word32(trailing ?? length ?? byteCount)
    bytes += file.bytes
  }

  /// Bytes that are no block.
  public mutating func raw(_ more: [UInt8]) { bytes += more }

  private var writer: ByteWriter {
    var writer = ByteWriter()
    writer.isLittleEndian = isLittleEndian
    return writer
  }

  private func time(_ units: UInt64, in body: inout ByteWriter) {
    body.word32(UInt32(truncatingIfNeeded: units >> 32))
    body.word32(UInt32(truncatingIfNeeded: units))
  }

  private func padded(_ data: [UInt8]) -> [UInt8] { data + [UInt8](repeating: 0, count: (4 - data.count % 4) % 4) }
}
