import PacketFormats
import Primitives
import SIP
import SIPCapture
import TestSupport
import Testing

/// Messages below the plain way of a datagram in a frame.
@Suite struct PacketTests {
  private func fragments(
    _ payload: [UInt8], protocolNumber: UInt8 = 17, at offsets: [Int] = [0, 48, 160], identification: UInt32 = 1
  ) -> [[UInt8]] {
    Packets.fragments(
      payload, at: offsets, identification: identification, protocolNumber: protocolNumber, from: phone.address,
      to: appliance.address)
  }

  private func fates(_ extraction: Extraction) -> [CaptureAccount.Fate: Int] {
    Dictionary(uniqueKeysWithValues: extraction.account.fates.map { ($0.fate, $0.tally.frames) })
  }

  @Test func aMessageInFragmentsIsReportedWithTheFrameThatCompletedIt() {
    var extraction = Extraction()
    let udp = Packets.udp(message("a", body: 200), from: phone.port, to: appliance.port)
    let packets = fragments(udp)
    for packet in [packets[2], packets[0], packets[0], packets[1]] {
      extraction.receive(Packets.frame(packet))
    }
    extraction.finish()
    #expect(
      extraction.seen == [
        Extraction.Seen(
          frame: 4, seconds: 4, transport: .udp, source: phone, destination: appliance, callID: "a", bodyLength: 200)
      ])
    #expect(fates(extraction) == [.kept: 2, .duplicate: 1, .message: 1])
    #expect(extraction.account.datagrams == 1)
  }

  @Test func aSegmentInFragmentsJoinsItsStream() {
    var extraction = Extraction()
    let bytes = message("a", body: 200)
    extraction.segment(Array(bytes[..<50]))
    let tcp = Packets.tcp(
      Array(bytes[50...]), from: phone.port, to: appliance.port, sequence: 51, flags: [.ack, .psh])
    for packet in fragments(tcp, protocolNumber: 6) { extraction.receive(Packets.frame(packet)) }
    #expect(extraction.callIDs == ["a"])
    #expect(extraction.seen.first?.frame == 4)
    #expect(extraction.seen.first?.transport == .tcp)
  }

  @Test func fragmentsOfATunnelAndWithinOneAreRead() {
    var extraction = Extraction()
    let inner = Packets.frame(fragments(Packets.udp(message("a", body: 400), from: 1, to: 2), at: [0, 240])[1])
    let first = Packets.frame(fragments(Packets.udp(message("a", body: 400), from: 1, to: 2), at: [0, 240])[0])
    for (number, frame) in [first, inner].enumerated() {
      let outer = Packets.udp(Packets.vxlan(frame), from: 50_000, to: 4789)
      for packet in fragments(outer, at: [0, 96], identification: UInt32(number) + 100) {
        extraction.receive(Packets.frame(packet))
      }
    }
    extraction.finish()
    #expect(extraction.callIDs == ["a"])
    #expect(extraction.seen.first?.frame == 4)
    #expect(fates(extraction) == [.kept: 3, .message: 1])
    #expect(extraction.account.diagnostics.isEmpty)
  }

  @Test func fragmentsWithinFragmentsEnd() {
    var extraction = Extraction()
    var packet = Packets.udpFrame(message("a"), from: phone, to: appliance, linkType: .rawIP)
    // Each level waits for the one below, whose second half comes with the last frame of all.
    for level in 0..<12 {
      let padded = packet + [UInt8](repeating: 0, count: (8 - packet.count % 8) % 8)
      let parts = fragments(padded, protocolNumber: 4, at: [0, 8], identification: UInt32(level))
      extraction.receive(Packets.frame(parts[0]))
      packet = parts[1]
    }
    extraction.receive(Packets.frame(packet))
    extraction.finish()
    #expect(extraction.seen.isEmpty)
    #expect(extraction.account[.notCarried(.nestedTooDeeply)]?.frames == 1)
    #expect(extraction.count(.ipFragment) == 8)
  }

  @Test func fragmentsThatNeverMakeADatagramAreToldWithTheFirst() {
    var extraction = Extraction()
    let udp = Packets.udp(message("a", body: 200), from: phone.port, to: appliance.port)
    extraction.datagram(message("b"))
    for packet in fragments(udp).dropLast() { extraction.receive(Packets.frame(packet)) }
    #expect(extraction.count(.ipFragment) == 0)
    extraction.finish()
    #expect(extraction.account.diagnostics == [.ipFragment: .init(count: 2, firstFrame: 2)])
    #expect(fates(extraction) == [.message: 1, .kept: 2])
    #expect(CaptureAccount.Diagnostic.ipFragment.mayHideMessages)
  }

  @Test func fragmentsThatContradictEachOtherAreDroppedAndCounted() {
    var extraction = Extraction()
    let (source, destination) = (IPAddress(v6High: 1, low: 1), IPAddress(v6High: 1, low: 2))
    for (offset, hasMore) in [(0, true), (8, true), (32, false)] {
      let part = [UInt8](repeating: 1, count: 24)
      extraction.receive(
        Packets.frame(Packets.fragment(part, offset: offset, hasMore: hasMore, from: source, to: destination)))
    }
    extraction.finish()
    #expect(extraction.account.diagnostics == [.ipFragment: .init(count: 1, firstFrame: 1)])
    #expect(fates(extraction) == [.kept: 1, .notCarried(.droppedFragment): 2])
  }

  @Test func aMistakeInAReassembledDatagramNamesItsFrameOnly() {
    var extraction = Extraction()
    let bad = Packets.udp(Array("SIP/2.0 99 X\r\n\r\n".utf8), from: 1, to: 2)
    for packet in fragments(bad, at: [0, 8]) { extraction.receive(Packets.frame(packet)) }
    #expect(
      extraction.account[.unreadable(.badStatus)]?.first == CaptureAccount.Position(frame: 2))
  }

  @Test func everyUserMessageOfSCTPIsAMessage() {
    var extraction = Extraction()
    let long = message("c", body: 100)
    let packets = [
      [Packets.data(message("a"), transmission: 1), Packets.data(message("b"), transmission: 2)],
      [Packets.data(message("b"), transmission: 2)],
      [Packets.chunk(type: 3, [0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0])],
      [Packets.data(Array(long[..<60]), transmission: 3, flags: 2)],
      [Packets.data(Array(long[60...]), transmission: 4, flags: 1)],
      [Packets.data([1, 2, 3], transmission: 5)],
      [Packets.data([13, 10, 13, 10], transmission: 6)],
      [Packets.data(Array("SIP/3.0 200 OK\r\n\r\n".utf8), transmission: 7)],
      [Packets.data(message("d"), transmission: 8, length: 3)],
      [Packets.data(message("e"), transmission: 9, flags: 2)],
    ]
    for chunks in packets {
      let sctp = Packets.sctp(chunks, from: phone.port, to: appliance.port)
      extraction.receive(
        Packets.frame(Packets.ip(sctp, protocolNumber: 132, from: phone.address, to: appliance.address)))
    }
    extraction.finish()
    #expect(extraction.callIDs == ["a", "b", "c"])
    #expect(extraction.seen.map(\.frame) == [1, 1, 5])
    #expect(extraction.seen.allSatisfy { $0.transport == .sctp && $0.source == phone && $0.destination == appliance })
    #expect(extraction.account.sctpPackets == 10)
    #expect(
      fates(extraction) == [
        .message: 2, .retransmission: 1, .segmentWithoutPayload: 1, .kept: 2, .notSIP(.other): 1, .keepAlive: 1,
        .unreadable(.badVersion): 1, .malformed(.sctpChunk): 1,
      ])
    #expect(
      extraction.account.diagnostics == [
        .sctpFragment: .init(count: 1, firstFrame: 10)
      ])
    #expect(extraction.account[.malformed(.sctpChunk)]?.first == CaptureAccount.Position(frame: 9, byte: 46))
  }

  // RFC 792: the header of the refused datagram and bytes of its data.
  @Test(arguments: [(1, [3, 3, 0, 0, 0, 0, 0, 0]), (58, [1, 4, 0, 0, 0, 0, 0, 0])] as [(UInt8, [UInt8])])
  func sipQuotedInAnICMPErrorIsNoMessage(_ number: UInt8, _ header: [UInt8]) {
    var extraction = Extraction()
    let quoted = Packets.udpFrame(message("a", body: 30), from: phone, to: appliance, linkType: .rawIP)
    extraction.receive(
      Packets.frame(
        Packets.ipv4(header + quoted, protocolNumber: number, from: appliance.address, to: phone.address)))
    extraction.finish()
    #expect(extraction.seen.isEmpty)
    #expect(fates(extraction) == [.notCarried(.icmp): 1])
  }

  @Test func whatMayHideIPMayHideMessages() {
    for reason in OtherReason.allCases {
      #expect(CaptureAccount.Fate.notCarried(reason).mayHideMessages == reason.mayHideIP)
    }
    #expect(OtherReason.ipsec.mayHideIP)
    #expect(!OtherReason.arp.mayHideIP)
  }
}
