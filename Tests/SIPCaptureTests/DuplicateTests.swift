import PacketFormats
import Primitives
import SIP
import SIPCapture
import TestSupport
import Testing

/// A packet recorded twice is one packet; a packet sent twice is two.
@Suite struct DuplicateTests {
  private static let start = Instant(seconds: 1000)

  private static func packet(
    _ payload: [UInt8], identification: UInt16 = 7, hopLimit: UInt8 = 64, source: IPEndpoint = phone
  ) -> [UInt8] {
    Packets.ipv4(
      Packets.udp(payload, from: source.port, to: appliance.port), protocolNumber: 17, from: source.address,
      to: appliance.address, identification: identification, hopLimit: hopLimit)
  }

  private static func segment(
    _ payload: [UInt8], sequence: UInt32 = 1, acknowledgment: UInt32 = 0, identification: UInt16 = 7
  ) -> [UInt8] {
    Packets.frame(
      Packets.ipv4(
        Packets.tcp(
          payload, from: phone.port, to: appliance.port, sequence: sequence, acknowledgment: acknowledgment),
        protocolNumber: 6, from: phone.address, to: appliance.address, identification: identification))
  }

  @Test(
    arguments: [
      (0, true), (1, true), (-1, true), (20_000_000, true), (-20_000_000, true), (20_000_001, false),
      (-20_000_001, false), (500_000_000, false),
    ] as [(Int64, Bool)])
  func aCopyIsOneWithinTheWindowInEitherDirectionOfTime(nanoseconds: Int64, isCopy: Bool) {
    var extraction = Extraction()
    extraction.receive(Packets.frame(Self.packet(message("a"))), at: Self.start)
    extraction.receive(
      Packets.frame(Self.packet(message("a"))), at: Self.start + Instant.Span(nanoseconds: nanoseconds))
    #expect(extraction.callIDs.count == (isCopy ? 1 : 2))
    #expect(extraction.account[.duplicate]?.frames == (isCopy ? 1 : nil))
    #expect(extraction.account.messages == extraction.seen.count)
  }

  @Test func theWindowCountsFromTheFirstRecordHoweverManyCopiesFollow() {
    var extraction = Extraction()
    for milliseconds in [0, 15, 20, 30, 45] as [Int64] {
      extraction.receive(Packets.frame(Self.packet(message("a"))), at: Self.start + .milliseconds(milliseconds))
    }
    // 0 with its copies at 15 and 20, 30 with the one at 45.
    #expect(extraction.seen.map(\.frame) == [1, 4])
    #expect(extraction.account[.duplicate]?.first.frame == 2)
  }

  @Test func whatARouterOrSwitchChangesDoesNotMakeAnotherPacket() {
    let payload = message("a", body: 9)
    let copies: [([UInt8], LinkType)] = [
      (Packets.frame(Self.packet(payload)), .ethernet),
      (Packets.frame(Self.packet(payload), tags: [0x8100]), .ethernet),
      (Packets.frame(Self.packet(payload, hopLimit: 63)), .ethernet),
      (Packets.frame(Self.packet(payload), linkType: .linuxCooked), .linuxCooked),
      (Packets.frame(Self.packet(payload), linkType: .linuxCooked2), .linuxCooked2),
      (Packets.frame(Self.packet(payload)) + [UInt8](repeating: 0, count: 12), .ethernet),
    ]
    var extraction = Extraction()
    for (index, copy) in copies.enumerated() {
      extraction.receive(copy.0, linkType: copy.1, file: index % 2, at: Self.start)
    }
    #expect(extraction.callIDs == ["a"])
    #expect(extraction.account[.duplicate]?.frames == copies.count - 1)
    #expect(extraction.account[.duplicate]?.messages == 0)
    #expect(extraction.account.datagrams == copies.count)
  }

  @Test func anotherIdentificationPayloadOrAddressIsAnotherPacket() {
    let other = IPEndpoint(address: IPAddress(v4: 0xc000_0202), port: phone.port)
    let packets = [
      Self.packet(message("a")), Self.packet(message("a"), identification: 8), Self.packet(message("b")),
      Self.packet(message("a") + [13, 10]), Self.packet(message("a"), source: other),
      Self.packet(message("a"), source: IPEndpoint(address: phone.address, port: 5)),
    ]
    var extraction = Extraction()
    for packet in packets { extraction.receive(Packets.frame(packet), at: Self.start) }
    #expect(extraction.seen.count == packets.count)
    #expect(extraction.account[.duplicate] == nil)
  }

  @Test func everyLengthOfPayloadIsToldFromItsNeighboursAndEveryByteCounts() {
    var extraction = Extraction()
    let longest = message("a", body: 70)
    for length in longest.count - 70...longest.count {
      extraction.receive(Packets.frame(Self.packet(Array(longest.prefix(length)))), at: Self.start)
    }
    for index in longest.count - 70..<longest.count {
      var changed = longest
      changed[index] = 121
      extraction.receive(Packets.frame(Self.packet(changed)), at: Self.start)
    }
    #expect(extraction.seen.count == 141)
  }

  @Test func exchangedPartsMakeAnotherPacket() {
    // Two blocks of 16 or 64 bytes that change places, as a hash of parts might not see.
    var extraction = Extraction()
    let (one, two) = (String(repeating: "a", count: 16), String(repeating: "b", count: 16))
    let four = String(repeating: one, count: 4)
    var bodies: [String] = []
    for part in [one + two, two + one, one + one, two + two] {
      bodies += [part, one + part, part + one, part + part, four + part, part + four]
    }
    let distinct = Set(bodies)
    for body in distinct.sorted() {
      let text = "MESSAGE sip:h SIP/2.0\r\nCall-ID: x\r\n\r\n" + body
      extraction.receive(Packets.frame(Self.packet(Array(text.utf8))), at: Self.start)
    }
    #expect(extraction.seen.count == distinct.count)
  }

  @Test func packetsOfIPv6AreToldByTheWindowAlone() {
    let (one, two) = (IPAddress(v6High: 0x2001_0db8 << 32, low: 1), IPAddress(v6High: 0x2001_0db8 << 32, low: 2))
    let frame = Packets.udpFrame(
      message("a"), from: IPEndpoint(address: one, port: 5060), to: IPEndpoint(address: two, port: 5060))
    var extraction = Extraction()
    for milliseconds in [0, 1, 500, 501] as [Int64] {
      extraction.receive(frame, at: Self.start + .milliseconds(milliseconds))
    }
    #expect(extraction.seen.map(\.frame) == [1, 3])
  }

  @Test func aCopyOfASegmentIsNoRetransmission() {
    var extraction = Extraction()
    let bytes = message("a", body: 10)
    let parts = [Array(bytes.prefix(30)), Array(bytes.dropFirst(30))]
    for (index, part) in parts.enumerated() {
      let frame = Self.segment(part, sequence: UInt32(1 + index * 30))
      extraction.receive(frame, at: Self.start)
      extraction.receive(frame, at: Self.start)
    }
    #expect(extraction.callIDs == ["a"])
    #expect(extraction.account[.duplicate]?.frames == 2)
    #expect(extraction.account[.retransmission] == nil)
    extraction.receive(Self.segment(parts[1], sequence: 31, identification: 8), at: Self.start)
    extraction.receive(Self.segment(parts[1], sequence: 31), at: Self.start + .milliseconds(300))
    #expect(extraction.account[.retransmission]?.frames == 2)
    #expect(extraction.callIDs == ["a"])
  }

  @Test func acknowledgmentsAreNotCompared() {
    var extraction = Extraction()
    extraction.receive(Self.segment([]), at: Self.start)
    extraction.receive(Self.segment([]), at: Self.start)
    #expect(extraction.account[.segmentWithoutPayload]?.frames == 2)
  }

  @Test func mediaIsNotCompared() {
    var extraction = Extraction()
    let media = Packets.frame(Self.packet([0x80, 8, 1, 2, 3, 4, 5, 6, 7]))
    for _ in 0..<3 { extraction.receive(media, at: Self.start) }
    #expect(extraction.account[.notSIP(.media)]?.frames == 3)
    #expect(extraction.account[.duplicate] == nil)
  }

  @Test func unreadableMessagesAndKeepAlivesAreCompared() {
    var extraction = Extraction()
    for payload in [[13, 10, 13, 10], Array("SIP/2.0 99 X\r\n\r\n".utf8)] as [[UInt8]] {
      for _ in 0..<2 { extraction.receive(Packets.frame(Self.packet(payload)), at: Self.start) }
    }
    #expect(extraction.account.fates.map(\.fate) == [.keepAlive, .duplicate, .unreadable(.badStatus)])
    #expect(extraction.account[.duplicate]?.frames == 2)
    #expect(extraction.account.keepAlives == 1)
  }

  @Test func withoutTheFilterEachRecordIsAMessage() {
    var extraction = Extraction(duplicates: nil)
    for _ in 0..<3 { extraction.receive(Packets.frame(Self.packet(message("a"))), at: Self.start) }
    #expect(extraction.callIDs == ["a", "a", "a"])
    #expect(extraction.account[.duplicate] == nil)
  }

  @Test(arguments: [(-5, 0), (0, 0), (1, 1), (100, 100)] as [(Int64, Int64)])
  func theWindowIsASetting(window: Int64, reach: Int64) {
    var extraction = Extraction(duplicates: .init(window: .milliseconds(window)))
    let frame = Packets.frame(Self.packet(message("a")))
    extraction.receive(frame, at: Self.start)
    extraction.receive(frame, at: Self.start + .milliseconds(reach))
    extraction.receive(frame, at: Self.start + .milliseconds(reach + 1))
    #expect(extraction.seen.map(\.frame) == [1, 3])
  }

  @Test(arguments: [0, 1, 4, 5, 16]) func pastTheBoundTheOldestIsForgottenAndTheAccountSaysSo(bound: Int) {
    var extraction = Extraction(duplicates: .init(packetsMax: bound))
    let frames = (0..<200).map { Packets.frame(Self.packet(message("call-\($0)"))) }
    for frame in frames + frames { extraction.receive(frame, at: Self.start) }
    extraction.finish()
    #expect(extraction.seen.count > 200)
    #expect(extraction.count(.duplicatesNotCompared) >= extraction.seen.count - max(32, bound * 2))
    AccountTests.expectSums(of: extraction.account)
  }

  @Test(arguments: [Int64.min, .min + 1, -1, 0, .max])
  func noTimeOfATraceIsTooStrange(nanoseconds: Int64) {
    var extraction = Extraction(duplicates: .init(window: Instant.Span(nanoseconds: .max)))
    let frame = Packets.frame(Self.packet(message("a")))
    for time in [nanoseconds, .max, .min, 0] { extraction.receive(frame, at: Instant(nanoseconds: time)) }
    #expect((1...4).contains(extraction.seen.count))
  }
}
