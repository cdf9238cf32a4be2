/// What recorders of wireless networks put in front of a frame: how it was received. Only its length matters here.
enum RadioHeader {
  /// Radiotap: version, a byte of nothing, the length, and bits for the fields that follow.
  ///
  /// Source: radiotap.org, "Radiotap introduction" and the list of defined fields.
  @inline(never)
  static func radiotap(_ bytes: FrameBytes, at start: Int) -> FrameContent {
    guard bytes.left(from: start) >= 8 else { return bytes.tooShort(.radiotap, at: start, required: 8) }
    guard bytes.byte(start) == 0 else { return .other(.unknownRecorderHeader) }
    let length = Int(bytes.little16(start + 2))
    if let error = fault(.radiotap, length, least: 8, bytes, at: start) { return error }
    return WirelessFrame.decode(
      bytes, at: start + length, isPadded: radiotapFlags(bytes, start..<start + length) & 0x20 != 0)
  }

  /// The field Flags: the first one but for the time, which lies at a multiple of eight bytes. 0 where it is not there.
  private static func radiotapFlags(_ bytes: FrameBytes, _ header: Range<Int>) -> UInt8 {
    let present = bytes.little32(header.lowerBound + 4)
    var offset = header.lowerBound + 8
    var word = present
    // The uppermost bit of each word announces another one.
    while word & 0x8000_0000 != 0 {
      guard offset + 4 <= header.upperBound else { return 0 }
      word = bytes.little32(offset)
      offset += 4
    }
    guard present & 0x02 != 0 else { return 0 }
    if present & 0x01 != 0 { offset = header.lowerBound + (offset - header.lowerBound + 7) & ~7 + 8 }
    return offset < header.upperBound ? bytes.byte(offset) : 0
  }

  /// PPI, "per-packet information": version, flags, the length with all fields, and the link type of what follows.
  ///
  /// Source: the registry of link types (LINKTYPE_PPI) and the PPI specification 1.0.10 of CACE Technologies.
  static func perPacketInformation(_ bytes: FrameBytes, at start: Int) -> FrameContent {
    guard bytes.left(from: start) >= 8 else { return bytes.tooShort(.perPacketInformation, at: start, required: 8) }
    guard bytes.byte(start) == 0 else { return .other(.unknownRecorderHeader) }
    let length = Int(bytes.little16(start + 2))
    if let error = fault(.perPacketInformation, length, least: 8, bytes, at: start) { return error }
    let linkType = LinkType(rawValue: Int32(truncatingIfNeeded: bytes.little32(start + 4)))
    return EnclosedFrame.decode(linkType, bytes, at: start + length)
  }

  /// The header of Prism chips and of drivers that do as theirs did: a code and the length, in the byte order of the
  /// recording machine. AVS headers come under the same link type (LINKTYPE_IEEE802_11_PRISM).
  @inline(never)
  static func prism(_ bytes: FrameBytes, at start: Int) -> FrameContent {
    guard bytes.left(from: start) >= 8 else { return bytes.tooShort(.prism, at: start, required: 8) }
    if isAVS(bytes, at: start) { return avs(bytes, at: start) }
    let length: Int
    // The code of wlan-ng's drivers and that of the ones for Atheros chips.
    switch (bytes.little32(start), bytes.word32(start)) {
    case (0x44, _), (0x41, _): length = Int(bytes.little32(start + 4))
    case (_, 0x44), (_, 0x41): length = Int(bytes.word32(start + 4))
    default: return .other(.unknownRecorderHeader)
    }
    if let error = fault(.prism, length, least: 8, bytes, at: start) { return error }
    return WirelessFrame.decode(bytes, at: start + length)
  }

  /// AVS: a number of version and the length, in network byte order (LINKTYPE_IEEE802_11_AVS).
  @inline(never)
  static func avs(_ bytes: FrameBytes, at start: Int) -> FrameContent {
    guard bytes.left(from: start) >= 8 else { return bytes.tooShort(.avs, at: start, required: 8) }
    guard isAVS(bytes, at: start) else { return .other(.unknownRecorderHeader) }
    let length = Int(bytes.word32(start + 4))
    if let error = fault(.avs, length, least: 8, bytes, at: start) { return error }
    return WirelessFrame.decode(bytes, at: start + length)
  }

  private static func isAVS(_ bytes: FrameBytes, at start: Int) -> Bool {
    bytes.word32(start) & 0xffff_f000 == 0x8021_1000
  }

  /// What is wrong with the length that a header gives itself.
  private static func fault(
    _ layer: FrameError.Layer, _ length: Int, least: Int, _ bytes: FrameBytes, at start: Int
  ) -> FrameContent? {
    guard length >= least else {
      return .malformed(
        FrameError(layer: layer, offset: start, required: least, available: length, source: .recorderHeaderLength))
    }
    return bytes.left(from: start) >= length ? nil : bytes.tooShort(layer, at: start, required: length)
  }
}
