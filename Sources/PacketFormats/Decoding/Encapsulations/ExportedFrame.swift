import Primitives

/// What Wireshark writes with "Export PDUs": tags that say what it is and where it came from, then the bytes.
///
/// Each tag has a type and the length of its value, two bytes each in network byte order; texts are filled up with
/// zeros, which the length counts. Source: the registry of link types (LINKTYPE_WIRESHARK_UPPER_PDU) and the list of
/// tags that it names.
enum ExportedFrame {
  static func decode(_ bytes: FrameBytes) -> FrameContent {
    var tags = Tags()
    var offset = 0
    while true {
      guard bytes.left(from: offset) >= 4 else { return bytes.tooShort(.exportedTag, at: offset, required: 4) }
      let type = bytes.word16(offset)
      let length = Int(bytes.word16(offset + 2))
      guard bytes.left(from: offset) >= 4 + length else {
        return bytes.tooShort(.exportedTag, at: offset, required: 4 + length)
      }
      if type != 0 { tags.take(type, offset + 4..<offset + 4 + length, bytes) }
      offset += 4 + length
      if type == 0 { return content(tags, bytes, at: offset) }
    }
  }

  private static func content(_ tags: Tags, _ bytes: FrameBytes, at offset: Int) -> FrameContent {
    switch tags.content {
    case .ip: return InnerLayer.ip(bytes, at: offset)
    case .ethernet: return InnerLayer.ethernet(bytes, at: offset)
    case .sip, .stream, .transport, .other: break
    }
    guard let source = tags.source, let destination = tags.destination else {
      return .other(tags.content == .other ? .exportedProtocol : .exportedWithoutAddresses)
    }
    if tags.content == .transport, let number = tags.number {
      return NetworkLayer.transport(
        number, bytes, at: offset, NetworkLayer.Addresses(source: source, destination: destination))
    }
    let ends = (
      IPEndpoint(address: source, port: tags.ports.source),
      IPEndpoint(address: destination, port: tags.ports.destination)
    )
    switch (tags.portType, tags.content) {
    // A protocol that carries SIP is exported with the SIP in it, which comes once more on its own.
    case (1, .other), (2, .other): return .other(.exportedProtocol)
    case (1, let content), (2, let content):
      return .exported(
        ExportedMessage(
          source: ends.0, destination: ends.1, transport: tags.portType == 1 ? 132 : 6, payload: offset..<bytes.end,
          isWhole: tags.portType == 1 || content == .sip))
    default: return .udp(UDPDatagram(source: ends.0, destination: ends.1, payload: offset..<bytes.end))
    }
  }

  /// What the bytes are, by the name of the part of Wireshark that reads them.
  private enum Content {
    case sip, ip, ethernet, other
    /// What follows an IP header; its protocol's number is in a tag of its own.
    case transport
    /// No name, that of SIP within a stream, or that of a table which a port is looked up in.
    case stream

    init(_ name: Slice<UnsafeRawBufferPointer>) {
      let text = name.prefix { $0 != 0 }
      if text.elementsEqual("sip".utf8) {
        self = .sip
      } else if text.starts(with: "sip".utf8) || text.suffix(".port".utf8.count).elementsEqual(".port".utf8) {
        self = .stream
      } else if text.elementsEqual("ip".utf8) || text.elementsEqual("ipv6".utf8) {
        self = .ip
      } else if text.starts(with: "eth_".utf8) || text.elementsEqual("eth".utf8) {
        self = .ethernet
      } else if text.elementsEqual("ip.proto".utf8) {
        self = .transport
      } else {
        self = .other
      }
    }
  }

  /// What the tags read so far say; a value of the wrong length says nothing.
  private struct Tags {
    var content = Content.stream
    var source: IPAddress?
    var destination: IPAddress?
    var ports: (source: UInt16, destination: UInt16) = (0, 0)
    var portType: UInt32 = 0
    var number: UInt8?

    mutating func take(_ type: UInt16, _ value: Range<Int>, _ bytes: FrameBytes) {
      let start = value.lowerBound
      switch (type, value.count) {
      // The names of a dissector, of one that guesses, and of a table of them.
      case (12...14, _): content = Content(bytes.frame[value])
      case (20, 4), (22, 16): source = Self.address(value, bytes)
      case (21, 4), (23, 16): destination = Self.address(value, bytes)
      case (24, 4): portType = bytes.word32(start)
      case (25, 4): ports.source = UInt16(truncatingIfNeeded: bytes.word32(start))
      case (26, 4): ports.destination = UInt16(truncatingIfNeeded: bytes.word32(start))
      case (32, 4): number = UInt8(exactly: bytes.word32(start))
      default: break
      }
    }

    private static func address(_ value: Range<Int>, _ bytes: FrameBytes) -> IPAddress {
      let start = value.lowerBound
      return value.count == 4
        ? IPAddress(v4: bytes.word32(start)) : IPAddress(v6High: bytes.word64(start), low: bytes.word64(start + 8))
    }
  }
}
