import PacketFormats
import Primitives
import TestSupport
import Testing

/// Length fields of tunnels that say something that cannot be.
struct LyingLengthTests {
  func error(
    _ layer: FrameError.Layer, at offset: Int, required: Int, available: Int, _ source: FrameError.LengthSource
  ) -> FrameContent {
    .malformed(FrameError(layer: layer, offset: offset, required: required, available: available, source: source))
  }

  @Test func aPPPoELengthWithinThePacketIsToBlame() {
    let frame = Packets.frame(Packets.pppoe([0, 0x21] + Layered.packet, length: 12), etherType: 0x8864)
    #expect(decode(frame) == error(.ipv4, at: 22, required: 20, available: 10, .pppoeLength))
    let none = Packets.frame(Packets.pppoe([0, 0x21] + Layered.packet, length: 0), etherType: 0x8864)
    #expect(decode(none) == error(.ppp, at: 20, required: 1, available: 0, .pppoeLength))
    let half = Packets.frame(Packets.pppoe([0, 0x21] + Layered.packet, length: 1), etherType: 0x8864)
    #expect(decode(half) == error(.ppp, at: 20, required: 2, available: 1, .pppoeLength))
  }

  @Test func an8023LengthWithinThePacketIsToBlame() {
    let payload = Packets.snap(Layered.packet, etherType: 0x0800)
    #expect(
      decode(Layered.lengthFrame(payload, length: 7))
        == error(.logicalLinkControl, at: 14, required: 8, available: 7, .ieee8023Length))
    #expect(
      decode(Layered.lengthFrame(payload, length: 20))
        == error(.ipv4, at: 22, required: 20, available: 12, .ieee8023Length))
  }

  @Test func aGTPULengthWithinThePacketIsToBlame() {
    let frame = Layered.overUDP(2152, Packets.gtpU(Layered.packet, length: 9))
    #expect(decode(frame) == error(.ipv4, at: 50, required: 20, available: 9, .gtpULength))
    let options = Layered.overUDP(2152, Packets.gtpU(Layered.packet, flags: 2, length: 3))
    #expect(decode(options) == error(.gtpU, at: 42, required: 12, available: 11, .gtpULength))
  }

  @Test func aGTPUExtensionOfNoLengthOrTooMuchIsRefused() {
    var frame = Layered.overUDP(2152, Packets.gtpU([], flags: 4, extensions: [[1, 2]]))
    frame[54] = 0
    #expect(decode(frame) == error(.gtpUExtension, at: 54, required: 4, available: 0, .gtpUExtensionLength))
    frame[54] = 200
    #expect(decode(frame) == error(.gtpUExtension, at: 54, required: 800, available: 4, .gtpULength))
  }

  @Test func geneveOptionsBeyondTheDatagramAreRefused() {
    var frame = Layered.overUDP(6081, Packets.geneve([1, 2], protocolType: 0x6558))
    frame[42] = 63
    #expect(decode(frame) == error(.geneve, at: 42, required: 260, available: 10, .udpLength))
  }

  @Test func tagsOfTZSPWithoutAnEndAreRefused() {
    for tags in [[], [0, 0], [10], [10, 200], [10, 1, 0]] as [[UInt8]] {
      guard case .malformed(let error) = decode(Layered.overUDP(37_008, [1, 0, 0, 1, 0, 0, 0, 0] + tags)) else {
        Issue.record("\(tags) end")
        continue
      }
      #expect(error.layer == .tzsp)
      #expect(error.offset == 42)
      #expect(error.source == .udpLength)
    }
  }

  @Test(arguments: [0, 200] as [UInt8])
  func anAuthenticationHeaderOfNoOrTooMuchLengthIsRefused(_ words: UInt8) {
    var header = Packets.authenticated(Layered.packet, next: 4)
    header[1] = words
    let expected =
      words == 0
      ? error(.authenticationHeader, at: 34, required: 12, available: 8, .authenticationLength)
      : error(.authenticationHeader, at: 34, required: 808, available: header.count, .ipv4TotalLength)
    #expect(decode(Layered.over(51, header)) == expected)
  }

  @Test func aPayloadLengthOfPPTPWithinThePacketIsToBlame() {
    let gre = Packets.gre([0, 0x21] + Layered.packet, protocolType: 0x880b, flags: 0x3001, key: 5 << 16)
    #expect(decode(Layered.over(47, gre)) == error(.ipv4, at: 48, required: 20, available: 3, .grePayloadLength))
  }

  @Test func aPacketLongerThanItsTunnelIsCut() {
    var inner = Layered.packet
    inner[3] &+= 40
    inner[25] &+= 40
    guard case .udp(let datagram) = decode(Layered.over(4, inner)) else {
      Issue.record("no datagram")
      return
    }
    #expect(datagram.isCut)
    #expect(datagram.payload.count == text.count)
  }
}
