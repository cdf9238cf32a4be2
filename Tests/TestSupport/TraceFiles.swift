public import PacketFormats
public import Primitives

/// Builds the bytes of capture files.
public enum TraceFiles {
  /// One captured frame as a file stores it.
  public struct Record: Sendable {
    /// Capture time; cut to microseconds in files that have no more.
    public var time: Instant
    /// The captured part of the frame.
    public var bytes: [UInt8]
    /// The length on the wire; nil for that of `bytes`.
    public var originalLength: Int?
    /// The index of the interface, in pcapng files.
    public var interface: Int

    /// A frame captured whole on the first interface, unless said otherwise.
    public init(time: Instant, bytes: [UInt8], originalLength: Int? = nil, interface: Int = 0) {
      self.time = time
      self.bytes = bytes
      self.originalLength = originalLength
      self.interface = interface
    }
  }

  /// A classic pcap file.
  public static func pcap(
    _ records: [Record], linkType: LinkType = .ethernet, isLittleEndian: Bool = true, isNanoseconds: Bool = false,
    snapLength: UInt32 = 262_144
  ) -> [UInt8] {
    var file = ByteWriter()
    file.isLittleEndian = isLittleEndian
    file.word32(isNanoseconds ? 0xa1b2_3c4d : 0xa1b2_c3d4)
    file.word16(2)
    file.word16(4)
    file.word32(0)
    file.word32(0)
    file.word32(snapLength)
    file.word32(numberInFiles(linkType))
    for record in records {
      file.word32(UInt32(truncatingIfNeeded: record.time.seconds))
      let nanoseconds = record.time.nanoseconds - record.time.seconds * 1_000_000_000
      file.word32(UInt32(truncatingIfNeeded: isNanoseconds ? nanoseconds : nanoseconds / 1000))
      file.word32(UInt32(truncatingIfNeeded: record.bytes.count))
      file.word32(UInt32(truncatingIfNeeded: record.originalLength ?? record.bytes.count))
      file.raw(record.bytes)
    }
    return file.bytes
  }

  /// A pcapng file with one section, nanosecond timestamps and an interface for each link type.
  /// - Parameter snapLengths: one for each interface; missing ones are 262,144.
  public static func pcapng(
    _ records: [Record], linkTypes: [LinkType] = [.ethernet], snapLengths: [UInt32] = [], isLittleEndian: Bool = true
  ) -> [UInt8] {
    var file = ByteWriter()
    file.isLittleEndian = isLittleEndian
    block(0x0a0d_0d0a, in: &file) { body in
      body.word32(0x1a2b_3c4d)
      body.word16(1)
      body.word16(0)
      body.word64(.max)
    }
    for (index, linkType) in linkTypes.enumerated() {
      block(1, in: &file) { body in
        body.word16(UInt16(truncatingIfNeeded: numberInFiles(linkType)))
        body.word16(0)
        body.word32(index < snapLengths.count ? snapLengths[index] : 262_144)
        // if_tsresol: 10^-9 s; then opt_endofopt.
        body.word16(9)
        body.word16(1)
        body.raw([9, 0, 0, 0])
        body.word32(0)
      }
    }
    for record in records {
      block(6, in: &file) { body in
        body.word32(UInt32(truncatingIfNeeded: record.interface))
        body.word32(UInt32(truncatingIfNeeded: record.time.nanoseconds >> 32))
        body.word32(UInt32(truncatingIfNeeded: record.time.nanoseconds))
        body.word32(UInt32(truncatingIfNeeded: record.bytes.count))
        body.word32(UInt32(truncatingIfNeeded: record.originalLength ?? record.bytes.count))
        body.raw(record.bytes + [UInt8](repeating: 0, count: (4 - record.bytes.count % 4) % 4))
      }
    }
    return file.bytes
  }

  private static func block(_ type: UInt32, in file: inout ByteWriter, _ fill: (inout ByteWriter) -> Void) {
    var body = ByteWriter()
    body.isLittleEndian = file.isLittleEndian
    fill(&body)
    let length = UInt32(truncatingIfNeeded: body.bytes.count + 12)
    file.word32(type)
    file.word32(length)
    file.raw(body.bytes)
    file.word32(length)
  }

  /// Raw IP is 101 in files and 12 in libpcap, LLC over ATM 100 and 11.
  private static func numberInFiles(_ linkType: LinkType) -> UInt32 {
    switch linkType {
    case .rawIP: 101
    case .llcOverATM: 100
    default: UInt32(bitPattern: linkType.rawValue)
    }
  }
}
