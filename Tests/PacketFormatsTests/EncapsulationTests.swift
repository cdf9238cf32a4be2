import PacketFormats
import Primitives
import TestSupport
import Testing

/// What lies between a frame and the IP packet it is about.
struct EncapsulationTests {
  @Test(arguments: Layered.all)
  func theDatagramIsFoundBelowEveryLayer(_ layered: Layered) {
    let count = layered.frame.count
    let expected = UDPDatagram(
      source: phone, destination: appliance, payload: count - text.count..<count, identification: 1)
    #expect(decode(layered.frame, linkType: layered.linkType) == .udp(expected))
  }

  @Test(arguments: Layered.all)
  func everyLayerCutAnywhereIsMalformedOrCut(_ layered: Layered) {
    for count in 0..<layered.frame.count {
      switch decode(Array(layered.frame.prefix(count)), linkType: layered.linkType) {
      case .udp(let datagram):
        #expect(datagram.isCut)
        #expect(datagram.payload.upperBound == count)
      case .malformed(let error):
        #expect(error.offset <= count)
        #expect((0..<error.required).contains(error.available))
      // A pseudo-wire too short to be seen as one.
      case .other(let reason): #expect(reason == .mpls)
      case .tcp, .sctp, .fragment, .exported, .aggregate: Issue.record("\(count) bytes are something else")
      }
    }
  }

  @Test(arguments: Layered.all)
  func damagedLayersAreNeverReadBeyondTheirEnd(_ layered: Layered) {
    var random = SeededGenerator(seed: UInt64(layered.frame.count))
    for _ in 0..<500 {
      var frame = layered.frame
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        frame[Int.random(in: 0..<min(frame.count, 120), using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      frame.removeLast(Int.random(in: 0...10, using: &random))
      let range = payload(decode(frame, linkType: layered.linkType)) ?? 0..<0
      #expect(range.upperBound <= frame.count)
    }
  }

  @Test func paddingWithinATunnelIsNoPayload() {
    let padded = Layered.overUDP(4789, Packets.vxlan(Layered.inner + [0, 0, 0, 0]))
    #expect(payload(decode(padded)) == padded.count - 4 - text.count..<padded.count - 4)
    let pppoe = Packets.frame(Packets.pppoe([0, 0x21] + Layered.packet) + [1, 2, 3], etherType: 0x8864)
    #expect(payload(decode(pppoe)) == pppoe.count - 3 - text.count..<pppoe.count - 3)
  }

  @Test func otherIPVersionsAreFoundWithinTunnels() {
    let packet = Layered.packetV6
    let frames = [
      Layered.over(41, packet), Layered.overGRE(0x86dd, packet), Layered.overUDP(2152, Packets.gtpU(packet)),
      Packets.frame(Packets.mpls(packet), etherType: 0x8847),
      Packets.frame(Packets.pppoe([0x57] + packet), etherType: 0x8864),
      Layered.overUDP(6081, Packets.geneve(packet, protocolType: 0x86dd)),
    ]
    for frame in frames {
      guard case .udp(let datagram) = decode(frame) else {
        Issue.record("no datagram in \(decode(frame))")
        continue
      }
      #expect(datagram.source == phoneV6)
      #expect(datagram.identification == 0)
    }
  }

  @Test(
    arguments: [
      ("LCP", Packets.frame(Packets.pppoe([0xc0, 0x21, 1, 1, 0, 4]), etherType: 0x8864), OtherReason.pppControl),
      ("PPPoE discovery", Packets.frame(Packets.pppoe([], code: 9), etherType: 0x8864), .pppoeDiscovery),
      ("multilink", Packets.frame(Packets.pppoe([0, 0x3d, 1, 2]), etherType: 0x8864), .pppCompressed),
      ("IPX", Packets.frame(Packets.pppoe([0, 0x2b, 1, 2]), etherType: 0x8864), .unknownPPPProtocol),
      ("spanning tree", Layered.lengthFrame([0x42, 0x42, 3, 0, 0]), .logicalLinkControl),
      ("CDP", Layered.lengthFrame([0xaa, 0xaa, 3, 0, 0, 0xc, 0x20, 0]), .logicalLinkControl),
      ("SNAP of no EtherType", Layered.lengthFrame(Packets.snap([1, 2], etherType: 5)), .logicalLinkControl),
      ("associated channel", Packets.frame(Packets.mpls([0x10, 0, 0, 7, 1, 2]), etherType: 0x8847), .mpls),
      ("GRE with routes", Layered.overGRE(0x0800, Layered.packet, flags: 0x4000), .gre),
      ("GRE version 2", Layered.overGRE(0x0800, Layered.packet, flags: 2), .gre),
      ("GRE of OSI", Layered.overGRE(0xfe, Layered.packet), .gre),
      ("GRE keep-alive", Layered.overGRE(0, []), .gre),
      ("PPTP acknowledgment", Layered.overGRE(0x880b, [], flags: 0x2081), .pppControl),
      ("ERSPAN version 7", Layered.overGRE(0x88be, Packets.erspan(Layered.inner, version: 7), flags: 0x1000), .gre),
      (
        "ERSPAN of radio", Layered.overGRE(0x22eb, Packets.erspan(Layered.inner, version: 2, frameType: 4)),
        .unknownTunnelPayload
      ),
      (
        "TZSP of token ring", Layered.overUDP(37_008, Packets.tzsp(Layered.inner, encapsulation: 2)),
        .unknownTunnelPayload
      ),
      ("EtherIP version 4", Layered.over(97, [0x40, 0] + Layered.inner), .unknownTunnelPayload),
      ("ARP in VXLAN", Layered.overUDP(4789, Packets.vxlan(Packets.ethernet([1], etherType: 0x0806))), .arp),
    ] as [(String, [UInt8], OtherReason)])
  func whatIsNoIPIsNamed(_ name: String, _ frame: [UInt8], _ reason: OtherReason) {
    #expect(decode(frame) == .other(reason), "\(name)")
  }

  @Test(arguments: [2152, 4789, 6081, 8472, 9899, 37_008] as [UInt16])
  func aTunnelsPortEatsNoDatagram(_ port: UInt16) {
    let payloads: [[UInt8]] = [
      text, Array("SIP/2.0 200 OK\r\n\r\n".utf8), Array("@".utf8), [], [13, 10, 13, 10], [0, 0, 0, 0, 0, 0, 0, 0],
      Array("INVITE sip:@@@@@@@@ SIP/2.0\r\n\r\n".utf8), [0x80, 0, 0, 1] + [UInt8](repeating: 0xd5, count: 168),
    ]
    for payload in payloads {
      for (source, destination) in [(5060, port), (port, 5060), (port, port)] {
        let frame = Layered.over(17, Packets.udp(payload, from: source, to: destination))
        guard case .udp(let datagram) = decode(frame) else {
          Issue.record("port \(port) ate \(payload)")
          continue
        }
        #expect(datagram.payload.count == payload.count)
      }
    }
  }

  @Test func controlMessagesOfTunnelsStayDatagrams() {
    let echo = Layered.overUDP(2152, Packets.gtpU([1, 2, 3, 4], flags: 2, messageType: 1))
    let invalid = Layered.overUDP(4789, Packets.vxlan(Layered.inner, flags: 0))
    let operations = Layered.overUDP(4790, [0x0d, 0, 0, 3, 0, 0, 7, 0] + Layered.inner)
    let service = Layered.overUDP(4790, [0x0c, 0, 0, 4, 0, 0, 7, 0] + Layered.inner)
    let unlabelled = Layered.overUDP(6635, Array("INVITE sip:b@example.com SIP/2.0\r\n".utf8))
    for frame in [echo, invalid, operations, service, unlabelled] {
      guard case .udp = decode(frame) else {
        Issue.record("eaten")
        continue
      }
    }
  }

  @Test func tunnelsAreFollowedUpToALimit() {
    for depth in 0...FrameDecoder.encapsulationsMax + 3 {
      var packet = Layered.packet
      for _ in 0..<depth { packet = Layered.outer(packet, 4) }
      if depth <= FrameDecoder.encapsulationsMax {
        #expect(payload(decode(Packets.frame(packet)))?.count == text.count)
      } else {
        #expect(decode(Packets.frame(packet)) == .other(.nestedTooDeeply))
      }
    }
  }

  @Test func aFrameThatIsNothingButTunnelsEnds() {
    let label: [UInt8] = [0, 0, 0, 0]
    let labels = Packets.frame([[UInt8]](repeating: label, count: 60_000).flatMap { $0 }, etherType: 0x8847)
    guard case .malformed(let error) = decode(labels) else {
      Issue.record("no end")
      return
    }
    #expect(error.layer == .mplsLabel)
    let snap = Packets.snap([], etherType: 0x8100) + [0, 1, 0, 200]
    let snaps = Layered.lengthFrame([[UInt8]](repeating: snap, count: 100).flatMap { $0 })
    #expect(decode(snaps) == .other(.nestedTooDeeply))
  }
}
