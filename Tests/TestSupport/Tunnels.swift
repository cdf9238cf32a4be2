/// Headers that stand between a frame and the packet it is about; each takes what it carries.
extension Packets {
  /// An Ethernet frame within a tunnel.
  public static func ethernet(_ payload: [UInt8], etherType: UInt16 = 0x0800) -> [UInt8] {
    frame(payload, etherType: etherType)
  }

  /// An MPLS label stack; only the last label is marked as the bottom.
  public static func mpls(_ payload: [UInt8], labels: Int = 1) -> [UInt8] {
    var bytes = ByteWriter()
    for index in 0..<labels {
      bytes.word32(UInt32(16 + index) << 12 | (index == labels - 1 ? 0x100 : 0) | 64)
    }
    return bytes.bytes + payload
  }

  /// PPPoE in the session stage, from its own header on.
  /// - Parameter length: what the header claims; nil for the truth.
  public static func pppoe(_ payload: [UInt8], code: UInt8 = 0, length: Int? = nil) -> [UInt8] {
    var bytes = ByteWriter()
    bytes.byte(0x11)
    bytes.byte(code)
    bytes.word16(3)
    bytes.word16(UInt16(truncatingIfNeeded: length ?? payload.count))
    return bytes.bytes + payload
  }

  /// LLC and SNAP; the length field is the frame's business.
  public static func snap(_ payload: [UInt8], etherType: UInt16, organisation: UInt8 = 0) -> [UInt8] {
    var bytes = ByteWriter()
    bytes.raw([0xaa, 0xaa, 3, 0, 0, organisation])
    bytes.word16(etherType)
    return bytes.bytes + payload
  }

  /// GRE of version 0 with the fields that `flags` announces, or of version 1.
  /// - Parameters:
  ///   - flags: 0x8000 checksum, 0x2000 key, 0x1000 sequence number, 0x0080 acknowledgment, 0x0001 version 1.
  ///   - key: the key; in version 1 the payload's length stands in its upper half.
  public static func gre(
    _ payload: [UInt8], protocolType: UInt16, flags: UInt16 = 0, key: UInt32? = nil
  ) -> [UInt8] {
    var bytes = ByteWriter()
    bytes.word16(flags)
    bytes.word16(protocolType)
    if flags & 0x8000 != 0 { bytes.word32(0xffff_0000) }
    if flags & 0x2000 != 0 {
      bytes.word32(key ?? UInt32(truncatingIfNeeded: flags & 1 == 1 ? payload.count << 16 | 7 : 7))
    }
    if flags & 0x1000 != 0 { bytes.word32(9) }
    if flags & 0x0080 != 0 { bytes.word32(8) }
    return bytes.bytes + payload
  }

  /// An ERSPAN header of type II, or III with or without the platform's eight bytes.
  public static func erspan(
    _ payload: [UInt8], version: UInt8, hasPlatform: Bool = false, frameType: UInt8 = 0
  ) -> [UInt8] {
    var bytes = ByteWriter()
    bytes.raw([version << 4, 1, 0, 7, 0, 0, 0, 0])
    if version == 2 {
      bytes.raw([0, 0, frameType << 2, hasPlatform ? 1 : 0])
      if hasPlatform { bytes.word64(0x0123_4567_89ab_cdef) }
    }
    return bytes.bytes + payload
  }

  /// A VXLAN header.
  public static func vxlan(_ payload: [UInt8], flags: UInt8 = 8) -> [UInt8] {
    [flags, 0, 0, 0, 0, 0, 7, 0] + payload
  }

  /// A Geneve header with options.
  public static func geneve(_ payload: [UInt8], protocolType: UInt16, optionWords: Int = 0) -> [UInt8] {
    var bytes = ByteWriter()
    bytes.byte(UInt8(truncatingIfNeeded: optionWords & 0x3f))
    bytes.byte(0)
    bytes.word16(protocolType)
    bytes.raw([0, 0, 7, 0] + [UInt8](repeating: 0x5a, count: optionWords * 4))
    return bytes.bytes + payload
  }

  /// A GTP-U header.
  /// - Parameters:
  ///   - flags: 4 extension headers, 2 sequence number, 1 N-PDU number.
  ///   - extensions: the content of each, to which length and next type are added: 2 bytes more or less than a
  ///     multiple of four.
  ///   - length: what the header claims; nil for the truth.
  public static func gtpU(
    _ payload: [UInt8], flags: UInt8 = 0, messageType: UInt8 = 255, extensions: [[UInt8]] = [], length: Int? = nil
  ) -> [UInt8] {
    var options: [UInt8] = []
    if flags != 0 {
      options = [0, 5, 0, extensions.isEmpty ? 0 : 0x85]
      for (index, content) in extensions.enumerated() {
        options.append(UInt8(truncatingIfNeeded: (content.count + 2) / 4))
        options += content
        options.append(index == extensions.count - 1 ? 0 : 0x85)
      }
    }
    var bytes = ByteWriter()
    bytes.byte(0x30 | flags)
    bytes.byte(messageType)
    bytes.word16(UInt16(truncatingIfNeeded: length ?? options.count + payload.count))
    bytes.word32(7)
    return bytes.bytes + options + payload
  }

  /// A TZSP header with a tag of padding, one of content, and the end.
  public static func tzsp(_ payload: [UInt8], encapsulation: UInt16 = 1) -> [UInt8] {
    var bytes = ByteWriter()
    bytes.raw([1, 0])
    bytes.word16(encapsulation)
    bytes.raw([0, 0x0a, 1, 0xce, 1])
    return bytes.bytes + payload
  }

  /// An authentication header.
  /// - Parameter words: what its length field says: words of four bytes less two.
  public static func authenticated(_ payload: [UInt8], next: UInt8, words: UInt8 = 4) -> [UInt8] {
    [next, words, 0, 0] + [UInt8](repeating: 1, count: max(0, (Int(words) + 2) * 4 - 4)) + payload
  }
}
