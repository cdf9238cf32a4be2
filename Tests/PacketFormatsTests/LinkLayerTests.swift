import PacketFormats
import Primitives
import TestSupport
import Testing

struct LinkLayerTests {
  static let linkTypes: [LinkType] = [
    .ethernet, .linuxCooked, .linuxCooked2, .rawIP, LinkType(rawValue: 14), LinkType(rawValue: 101), .null, .loop,
  ]

  @Test(arguments: linkTypes, [(phone, appliance), (phoneV6, applianceV6)])
  func everyLinkTypeYieldsTheDatagram(_ linkType: LinkType, _ ends: (IPEndpoint, IPEndpoint)) {
    let frame = Packets.udpFrame(text, from: ends.0, to: ends.1, linkType: linkType)
    let expected = UDPDatagram(
      source: ends.0, destination: ends.1, payload: frame.count - text.count..<frame.count, isCut: false,
      identification: ends.0.address.family == .v4 ? 1 : 0)
    #expect(decode(frame, linkType: linkType) == .udp(expected))
  }

  @Test(arguments: linkTypes, [(phone, appliance), (phoneV6, applianceV6)])
  func everyLinkTypeYieldsTheSegment(_ linkType: LinkType, _ ends: (IPEndpoint, IPEndpoint)) {
    let frame = Packets.tcpFrame(
      text, from: ends.0, to: ends.1, sequence: 0xdead_beef, acknowledgment: 7, flags: [.ack, .psh],
      linkType: linkType)
    let expected = TCPSegment(
      source: ends.0, destination: ends.1, sequence: 0xdead_beef, acknowledgment: 7, flags: [.ack, .psh],
      payload: frame.count - text.count..<frame.count, identification: ends.0.address.family == .v4 ? 1 : 0)
    #expect(decode(frame, linkType: linkType) == .tcp(expected))
  }

  @Test func aLinkTypeOfOneIPVersionTakesThatVersionOnly() {
    let v4 = Packets.udpFrame(text, from: phone, to: appliance, linkType: .ipv4)
    let v6 = Packets.udpFrame(text, from: phoneV6, to: applianceV6, linkType: .ipv6)
    #expect(payload(decode(v4, linkType: .ipv4)) == 28..<v4.count)
    #expect(payload(decode(v6, linkType: .ipv6)) == 48..<v6.count)
    #expect(decode(v6, linkType: .ipv4) == .other(.unexpectedIPVersion))
    let longV4 = Packets.udpFrame([UInt8](repeating: 0, count: 60), from: phone, to: appliance, linkType: .ipv4)
    #expect(decode(longV4, linkType: .ipv6) == .other(.unexpectedIPVersion))
  }

  @Test(arguments: [
    [0x8100], [0x88a8], [0x9100], [0x9200], [0x9300], [0x88a8, 0x8100], [0x8100, 0x8100, 0x8100],
    [UInt16](repeating: 0x8100, count: 40),
  ])
  func anyNumberOfVLANTagsIsPassedThrough(_ tags: [UInt16]) {
    for linkType in [LinkType.ethernet, .linuxCooked, .linuxCooked2] {
      let frame = Packets.udpFrame(text, from: phone, to: appliance, linkType: linkType, tags: tags)
      #expect(payload(decode(frame, linkType: linkType)) == frame.count - text.count..<frame.count)
    }
  }

  @Test(
    arguments: [
      [2, 0, 0, 0], [0, 0, 0, 2],
    ] as [[UInt8]])
  func theLoopbackFamilyIsReadInEitherByteOrder(_ word: [UInt8]) {
    let packet = Packets.udpFrame(text, from: phone, to: appliance, linkType: .rawIP)
    #expect(payload(decode(word + packet, linkType: .null)) == 32..<32 + text.count)
    #expect(payload(decode(word + packet, linkType: .loop)) == 32..<32 + text.count)
  }

  @Test(arguments: [10, 24, 28, 30] as [UInt8])
  func theIPv6FamilyOfEverySystemIsKnown(_ family: UInt8) {
    let packet = Packets.udpFrame(text, from: phoneV6, to: applianceV6, linkType: .rawIP)
    #expect(payload(decode([family, 0, 0, 0] + packet, linkType: .null)) == 52..<52 + text.count)
  }

  @Test(
    arguments: [
      (0x0806, OtherReason.arp), (0x8863, .pppoeDiscovery), (0x88cc, .lldp), (0x88e5, .macsec),
      (0x0026, .logicalLinkControl), (0x05ff, .logicalLinkControl),
      (0x0600, .unknownEtherType), (0xffff, .unknownEtherType),
    ] as [(UInt16, OtherReason)])
  func anEtherTypeOtherThanIPIsNamed(_ etherType: UInt16, _ reason: OtherReason) {
    #expect(decode(Packets.frame([1, 2, 3], etherType: etherType)) == .other(reason))
    #expect(decode(Packets.frame([1, 2, 3], tags: [0x8100], etherType: etherType)) == .other(reason))
  }

  @Test func otherLinkTypesAndFamiliesAreNamed() {
    #expect(decode([1, 2, 3], linkType: LinkType(rawValue: 147)) == .other(.unsupportedLinkType))
    #expect(decode([7, 0, 0, 0], linkType: .null) == .other(.unknownAddressFamily))
    #expect(decode([0x50], linkType: .rawIP) == .other(.unexpectedIPVersion))
    var netlink = Packets.udpFrame(text, from: phone, to: appliance, linkType: .linuxCooked)
    netlink.replaceSubrange(2..<4, with: [0x03, 0x38])
    #expect(decode(netlink, linkType: .linuxCooked) == .other(.netlink))
  }

  @Test(arguments: [
    (LinkType.ethernet, FrameError.Layer.ethernet, 14), (.linuxCooked, .linuxCooked, 16),
    (.linuxCooked2, .linuxCooked2, 20), (.null, .loopback, 4), (.loop, .loopback, 4), (.rawIP, .ip, 1),
    (.ipv4, .ipv4, 20), (.ipv6, .ipv6, 40),
  ])
  func aHeaderCutOffAnywhereSaysWhatItNeeds(_ linkType: LinkType, _ layer: FrameError.Layer, _ required: Int) {
    for count in 0..<required {
      let error = FrameError(layer: layer, offset: 0, required: required, available: count, source: .capturedFrame)
      #expect(decode([UInt8](repeating: 0x45, count: count), linkType: linkType) == .malformed(error))
    }
  }

  @Test func aTagCutOffIsLocatedBehindTheTagsBeforeIt() {
    let frame = Packets.frame([0, 1, 0x81], tags: [0x88a8], etherType: 0x8100)
    let error = FrameError(layer: .vlanTag, offset: 18, required: 4, available: 3, source: .capturedFrame)
    #expect(decode(frame) == .malformed(error))
  }

  @Test func onlyLinkTypesThatAreDecodedCountAsSupported() {
    for linkType in Self.linkTypes + [.ipv4, .ipv6] { #expect(linkType.isSupported) }
    for number in [-1, 2, 106, 128, 147, 182, 12_000] as [Int32] { #expect(!LinkType(rawValue: number).isSupported) }
    #expect(LinkType.ethernet.name == "EN10MB")
    #expect(LinkType(rawValue: 147).name == "DLT 147")
  }
}

func payload(_ content: FrameContent) -> Range<Int>? {
  switch content {
  case .udp(let datagram): datagram.payload
  case .tcp(let segment): segment.payload
  case .sctp(let packet): packet.chunks
  case .fragment(let fragment): fragment.payload
  case .exported(let message): message.payload
  case .aggregate, .other, .malformed: nil
  }
}
