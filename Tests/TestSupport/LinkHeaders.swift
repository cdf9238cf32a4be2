public import Primitives

/// Headers that recorders and rare link layers put in front of a packet; each takes what it carries.
extension Packets {
  /// A data frame of IEEE 802.11.
  /// - Parameters:
  ///   - subtype: 8 has a class of service, 4 no data.
  ///   - flags: the second byte of frame control: 1 and 2 the direction, both four addresses, 4 more fragments, 0x40
  ///     protected, 0x80 with a class the control field of high throughput.
  ///   - fragment: the number of the part.
  ///   - classControl: 0x80 several packets in one frame.
  public static func wireless(
    _ payload: [UInt8], subtype: UInt8 = 0, flags: UInt8 = 1, fragment: UInt8 = 0, classControl: UInt8 = 0,
    isPadded: Bool = false
  ) -> [UInt8] {
    var header: [UInt8] = [subtype << 4 | 8, flags, 0, 0] + [UInt8](repeating: 2, count: 18) + [fragment, 0x10]
    if flags & 3 == 3 { header += [2, 0, 0, 0, 0, 9] }
    if subtype & 8 != 0 { header += [classControl, 0] + (flags & 0x80 != 0 ? [1, 2, 3, 4] : []) }
    return header + (isPadded ? [UInt8](repeating: 0, count: (4 - header.count % 4) % 4) : []) + payload
  }

  /// Packets of one frame: each with addresses, length and, but for the last, padding.
  /// - Parameter length: what every header claims; nil for the truth.
  public static func wirelessAggregate(_ packets: [[UInt8]], length: Int? = nil) -> [UInt8] {
    var bytes: [UInt8] = []
    for packet in packets {
      bytes += [UInt8](repeating: 0, count: (4 - bytes.count % 4) % 4) + [2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2]
      let claimed = length ?? packet.count
      bytes += [UInt8(truncatingIfNeeded: claimed >> 8), UInt8(truncatingIfNeeded: claimed)] + packet
    }
    return bytes
  }

  /// A radiotap header.
  /// - Parameters:
  ///   - flags: 0x20 padding behind the 802.11 header, 0x10 a checksum at the end; nil without the field.
  ///   - words: words of bits that say which fields there are.
  ///   - length: what the header claims; nil for the truth.
  public static func radiotap(
    _ frame: [UInt8], flags: UInt8? = 0, hasTime: Bool = false, words: Int = 1, version: UInt8 = 0, length: Int? = nil
  ) -> [UInt8] {
    var fields = ByteWriter()
    fields.isLittleEndian = true
    for word in 0..<words {
      fields.word32((word < words - 1 ? 0x8000_0000 : 0) | (word == 0 ? (flags == nil ? 4 : 6) | (hasTime ? 1 : 0) : 0))
    }
    if hasTime {
      fields.raw([UInt8](repeating: 0, count: (8 - (fields.bytes.count + 4) % 8) % 8))
      fields.word64(0x2020_2020_2020_2020)
    }
    fields.raw((flags.map { [$0] } ?? []) + [12])
    var header = ByteWriter()
    header.isLittleEndian = true
    header.raw([version, 0])
    header.word16(UInt16(truncatingIfNeeded: length ?? fields.bytes.count + 4))
    return header.bytes + fields.bytes + frame
  }

  /// A PPI header with one field of 802.11.
  public static func perPacketInformation(
    _ frame: [UInt8], linkType: UInt32 = 105, version: UInt8 = 0, length: UInt16 = 32
  ) -> [UInt8] {
    var bytes = ByteWriter()
    bytes.isLittleEndian = true
    bytes.raw([version, 0])
    bytes.word16(length)
    bytes.word32(linkType)
    bytes.raw([2, 0, 20, 0] + [UInt8](repeating: 0, count: 20))
    return bytes.bytes + frame
  }

  /// A Prism header of the usual 144 bytes.
  public static func prism(
    _ frame: [UInt8], code: UInt32 = 0x44, length: UInt32 = 144, isLittleEndian: Bool = true
  ) -> [UInt8] {
    var bytes = ByteWriter()
    bytes.isLittleEndian = isLittleEndian
    bytes.word32(code)
    bytes.word32(length)
    return bytes.bytes + [UInt8](repeating: 0x77, count: 136) + frame
  }

  /// An AVS header of the usual 64 bytes.
  public static func avs(_ frame: [UInt8], version: UInt32 = 0x8021_1001, length: UInt32 = 64) -> [UInt8] {
    var bytes = ByteWriter()
    bytes.word32(version)
    bytes.word32(length)
    return bytes.bytes + [UInt8](repeating: 0, count: 56) + frame
  }

  /// What Linux's packet filter logs: the EtherType, a prefix that needs padding, and the packet.
  /// - Parameter length: what the packet's attribute claims; nil for the truth.
  public static func netfilterLog(
    _ packet: [UInt8], family: UInt8 = 2, etherType: UInt16 = 0x0800, version: UInt8 = 0, isLittleEndian: Bool = true,
    length: Int? = nil
  ) -> [UInt8] {
    var bytes = ByteWriter()
    bytes.isLittleEndian = isLittleEndian
    bytes.raw([family, version, 0, 5])
    for number: UInt16 in [8, 1] { bytes.word16(number) }
    bytes.raw([UInt8(etherType >> 8), UInt8(etherType & 0xff), 1, 0])
    for number: UInt16 in [9, 10] { bytes.word16(number) }
    bytes.raw([0x73, 0x69, 0x70, 0x3a, 0, 0, 0, 0])
    bytes.word16(UInt16(truncatingIfNeeded: length ?? packet.count + 4))
    bytes.word16(9)
    return bytes.bytes + packet
  }

  /// What Juniper's routers put in front.
  /// - Parameters:
  ///   - flags: 0x80 extensions, 2 no link layer.
  ///   - length: what the header claims of its extensions; nil for the truth.
  public static func juniper(
    _ frame: [UInt8], flags: UInt8 = 1, extensions: [UInt8] = [], length: UInt16? = nil
  ) -> [UInt8] {
    var bytes = ByteWriter()
    bytes.raw([0x4d, 0x47, 0x43, flags])
    if flags & 0x80 != 0 {
      bytes.word16(length ?? UInt16(truncatingIfNeeded: extensions.count))
      bytes.raw(extensions)
    }
    if flags & 2 != 0 { bytes.raw([2, 0, 0, 0]) }
    return bytes.bytes + frame
  }

  /// What macOS puts in front, of 108 bytes.
  public static func packetTap(
    _ frame: [UInt8], linkType: UInt32 = 1, type: UInt32 = 1, length: UInt32 = 108
  ) -> [UInt8] {
    var bytes = ByteWriter()
    bytes.isLittleEndian = true
    for word in [length, type, linkType] { bytes.word32(word) }
    return bytes.bytes + [UInt8](repeating: 0, count: 96) + frame
  }

  /// What Wireshark exports: tags of name, addresses, port type and ports, of the original frame, then the bytes.
  /// - Parameters:
  ///   - nameTag: 12 a dissector, 13 one that guesses, 14 a table.
  ///   - portType: 1 SCTP, 2 TCP, 3 UDP.
  ///   - number: what is looked up in the table.
  public static func exported(
    _ payload: [UInt8], name: String = "sip", nameTag: UInt16 = 12, from source: IPEndpoint?,
    to destination: IPEndpoint?, portType: UInt32 = 3, number: UInt32? = nil
  ) -> [UInt8] {
    var bytes = ByteWriter()
    func tag(_ type: UInt16, _ value: [UInt8]) {
      bytes.word16(type)
      bytes.word16(UInt16(truncatingIfNeeded: value.count))
      bytes.raw(value)
    }
    func word(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) } }
    let text = Array(name.utf8)
    tag(nameTag, text + [UInt8](repeating: 0, count: (4 - text.count % 4) % 4))
    func address(_ address: IPAddress, v4: UInt16, v6: UInt16) {
      let parts = [address.high >> 32, address.high, address.low >> 32, address.low]
      let whole = parts.flatMap { word(UInt32(truncatingIfNeeded: $0)) }
      switch address.family {
      case .v4: tag(v4, Array(whole.suffix(4)))
      case .v6: tag(v6, whole)
      }
    }
    if let source { address(source.address, v4: 20, v6: 22) }
    if let destination { address(destination.address, v4: 21, v6: 23) }
    tag(24, word(portType))
    if let source { tag(25, word(UInt32(source.port))) }
    if let destination { tag(26, word(UInt32(destination.port))) }
    if let number { tag(32, word(number)) }
    tag(30, word(7))
    tag(0, [])
    return bytes.bytes + payload
  }
}
