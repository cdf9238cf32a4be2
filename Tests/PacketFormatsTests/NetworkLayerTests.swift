import PacketFormats
import Primitives
import TestSupport
import Testing

struct NetworkLayerTests {
  let datagram = Packets.udp(text, from: 5062, to: 5060)

  func v4(
    _ payload: [UInt8], protocolNumber: UInt8 = 17, options: [UInt8] = [], totalLength: Int? = nil,
    headerLength: Int? = nil, fragment: UInt16 = 0
  ) -> [UInt8] {
    Packets.ipv4(
      payload, protocolNumber: protocolNumber, from: phone.address, to: appliance.address, options: options,
      totalLength: totalLength, headerLength: headerLength, fragment: fragment)
  }

  func v6(
    _ payload: [UInt8], protocolNumber: UInt8 = 17, extensions: [(type: UInt8, bytes: [UInt8])] = [],
    payloadLength: Int? = nil
  ) -> [UInt8] {
    Packets.ipv6(
      payload, protocolNumber: protocolNumber, from: phoneV6.address, to: applianceV6.address,
      extensions: extensions, payloadLength: payloadLength)
  }

  func error(
    _ layer: FrameError.Layer, at offset: Int, required: Int, available: Int, _ source: FrameError.LengthSource
  ) -> FrameContent {
    .malformed(FrameError(layer: layer, offset: offset, required: required, available: available, source: source))
  }

  @Test(arguments: 0...10)
  func optionsOfIPv4ArePassedOver(_ words: Int) {
    let packet = v4(datagram, options: [UInt8](repeating: 1, count: words * 4))
    #expect(payload(decode(packet, linkType: .rawIP)) == packet.count - text.count..<packet.count)
  }

  @Test func paddingBehindThePacketIsNoPayload() {
    let padding = [UInt8](repeating: 0xaa, count: 18)
    #expect(payload(decode(v4(datagram) + padding, linkType: .rawIP)) == 28..<28 + text.count)
    #expect(payload(decode(v6(datagram) + padding, linkType: .rawIP)) == 48..<48 + text.count)
    let empty = Packets.tcp([], from: 5062, to: 5060)
    #expect(payload(decode(v4(empty, protocolNumber: 6) + [0, 0, 0, 0, 0, 0], linkType: .rawIP)) == 40..<40)
  }

  @Test func aTotalLengthOfZeroTakesWhatIsThere() {
    let segment = Packets.tcp(text, from: 5062, to: 5060)
    let range = 40..<40 + text.count
    #expect(payload(decode(v4(segment, protocolNumber: 6, totalLength: 0), linkType: .rawIP)) == range)
    let range6 = 60..<60 + text.count
    #expect(payload(decode(v6(segment, protocolNumber: 6, payloadLength: 0), linkType: .rawIP)) == range6)
  }

  @Test(arguments: [0x2000, 0x2001, 0x0001, 0x1fff] as [UInt16])
  func everyFragmentOfIPv4IsOne(_ field: UInt16) {
    #expect(decode(v4(datagram, fragment: field), linkType: .rawIP) == .fragment)
  }

  @Test func dontFragmentIsNoFragment() {
    #expect(payload(decode(v4(datagram, fragment: 0x4000), linkType: .rawIP)) == 28..<28 + text.count)
  }

  @Test(arguments: [0, 43, 60, 135, 51] as [UInt8], [0, 1, 3] as [UInt8])
  func extensionHeadersOfIPv6ArePassedOver(_ type: UInt8, _ length: UInt8) {
    // Authentication headers count words of four bytes, the others of eight.
    let count = 8 + Int(length) * (type == 51 ? 4 : 8)
    let header = [0, length] + [UInt8](repeating: 0, count: count - 2)
    let hopByHop: [UInt8] = [0, 0, 1, 4, 0, 0, 0, 0]
    let packet = v6(datagram, extensions: [(0, hopByHop), (type, header)])
    #expect(payload(decode(packet, linkType: .rawIP)) == packet.count - text.count..<packet.count)
  }

  @Test(arguments: [[0, 0, 0, 1], [0, 8, 0, 1], [0, 0x0b, 0, 0]] as [[UInt8]])
  func aFragmentHeaderOfIPv6MakesAFragment(_ start: [UInt8]) {
    var header = start + [0, 0, 0, 1]
    header[3] |= 1
    #expect(decode(v6(datagram, extensions: [(44, header)]), linkType: .rawIP) == .fragment)
  }

  @Test func anAtomicFragmentOfIPv6IsAWholeDatagram() {
    let packet = v6(datagram, extensions: [(44, [0, 0, 0, 0, 0, 0, 0, 1])])
    #expect(payload(decode(packet, linkType: .rawIP)) == packet.count - text.count..<packet.count)
  }

  @Test(
    arguments: [
      (1, OtherReason.icmp), (58, .icmp), (2, .igmp), (4, .ipInIP), (41, .ipInIP), (47, .gre), (50, .ipsec),
      (59, .noNextHeader), (132, .sctp), (89, .unknownIPProtocol), (255, .unknownIPProtocol),
    ] as [(UInt8, OtherReason)])
  func aProtocolOtherThanUDPAndTCPIsNamed(_ number: UInt8, _ reason: OtherReason) {
    #expect(decode(v4(datagram, protocolNumber: number), linkType: .rawIP) == .other(reason))
    #expect(decode(v6(datagram, protocolNumber: number), linkType: .rawIP) == .other(reason))
  }

  @Test(arguments: 0..<5)
  func anIPv4HeaderLengthBelowTheMinimumIsRefused(_ words: Int) {
    let expected = error(.ipv4, at: 14, required: 20, available: words * 4, .ipv4HeaderLength)
    #expect(decode(Packets.frame(v4(datagram, headerLength: words))) == expected)
  }

  @Test func anIPv4HeaderLengthBeyondTheFrameIsRefused() {
    let expected = error(.ipv4, at: 0, required: 60, available: 28, .capturedFrame)
    #expect(decode(v4(Packets.udp([], from: 1, to: 2), headerLength: 15), linkType: .rawIP) == expected)
  }

  @Test(arguments: [1, 19, 20, 23])
  func aTotalLengthWithinTheHeaderIsRefused(_ length: Int) {
    let packet = v4(datagram, options: [1, 1, 1, 0], totalLength: length)
    #expect(
      decode(packet, linkType: .rawIP) == error(.ipv4, at: 0, required: 24, available: length, .ipv4TotalLength))
  }

  @Test func aTotalLengthThatLeavesNoRoomForTheNextHeaderIsToBlame() {
    #expect(
      decode(v4(datagram, totalLength: 27), linkType: .rawIP)
        == error(.udp, at: 20, required: 8, available: 7, .ipv4TotalLength))
    #expect(
      decode(v6(datagram, payloadLength: 3), linkType: .rawIP)
        == error(.udp, at: 40, required: 8, available: 3, .ipv6PayloadLength))
  }

  @Test func anExtensionHeaderCutOffIsLocated() {
    let long = v6([], extensions: [(60, [0, 4, 0, 0, 0, 0, 0, 0])], payloadLength: 100)
    #expect(
      decode(long, linkType: .rawIP) == error(.ipv6Extension, at: 40, required: 40, available: 8, .capturedFrame))
    let short = v6([], extensions: [(0, [0])], payloadLength: 1)
    #expect(
      decode(short, linkType: .rawIP) == error(.ipv6Extension, at: 40, required: 8, available: 1, .ipv6PayloadLength))
    let none = v6([], protocolNumber: 44, payloadLength: 200)
    #expect(
      decode(none, linkType: .rawIP) == error(.ipv6Extension, at: 40, required: 8, available: 0, .capturedFrame))
  }

  @Test func anErrorReadsAsASentence() {
    let error = FrameError(layer: .udp, offset: 34, required: 8, available: 7, source: .ipv4TotalLength)
    #expect(error.description == "UDP header at byte 34 needs 8 bytes, but the IPv4 total length field leaves 7")
  }
}
