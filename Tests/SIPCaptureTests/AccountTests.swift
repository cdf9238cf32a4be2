import PacketFormats
import Primitives
import SIP
import SIPCapture
import TestSupport
import Testing

/// The sums that hold whatever the frames are.
@Suite struct AccountTests {
  @Test(arguments: 0..<120 as Range<UInt64>)
  func whateverTheFramesAreTheFatesAddUpToThem(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var extraction = Extraction(duplicates: seed % 5 == 0 ? nil : .init())
    var bytes = 0
    var now = Instant(seconds: 1000)
    var recent: [[UInt8]] = []
    let count = 80
    for _ in 0..<count {
      let frame = Self.frame(&recent, &generator)
      bytes += frame.count
      now = now + .milliseconds(Int64.random(in: -5...40, using: &generator))
      extraction.receive(frame, file: Int.random(in: 0...1, using: &generator), at: now)
    }
    extraction.finish()
    let account = extraction.account
    Self.expectSums(of: account)
    #expect(account.frames == count)
    #expect(account.bytes == bytes)
    #expect(account.messages == extraction.seen.count)
    #expect(account.fates.allSatisfy { $0.tally.frames > 0 && (1...count).contains($0.tally.first.frame) })
    #expect(account.diagnostics.values.allSatisfy { $0.count > 0 && (1...count).contains($0.first.frame) })
    if seed % 5 == 0 { #expect(account[.duplicate] == nil) }
  }

  @Test func theMixOfThatLawMeetsManyFates() {
    var met: Set<String> = []
    for seed in 0..<40 as Range<UInt64> {
      var generator = SeededGenerator(seed: seed)
      var extraction = Extraction()
      var recent: [[UInt8]] = []
      for number in 0..<80 {
        extraction.receive(
          Self.frame(&recent, &generator), at: Instant(seconds: 1, nanoseconds: Int64(number) * 3_000_000))
      }
      met.formUnion(extraction.account.fates.map(\.fate.name))
    }
    let wanted = [
      "message", "message-cut", "keep-alive", "kept", "not-sip-media", "not-sip-stun", "not-sip-other",
      "segment-without-payload", "duplicate", "tcp-retransmission", "stream-junk", "not-udp-or-tcp-arp",
      "not-udp-or-tcp-icmp", "malformed-ethernet", "unreadable-bad-status", "encrypted",
    ]
    #expect(met.isSuperset(of: wanted), "\(Set(wanted).subtracting(met).sorted())")
  }

  @Test func withoutFramesThereIsNothingToAddUp() {
    var extraction = Extraction()
    extraction.finish()
    Self.expectSums(of: extraction.account)
    #expect(extraction.account.fates.isEmpty)
    #expect(extraction.account.diagnostics.isEmpty)
    #expect(extraction.account.frames == 0)
  }

  @Test func aMessageThatTheEndCompletesStandsForItself() {
    var extraction = Extraction()
    extraction.segment(message("a"))
    extraction.segment(message("b"), leavingOut: 100)
    extraction.finish()
    #expect(extraction.callIDs == ["a", "b"])
    #expect(extraction.account.messagesAtEnd == 1)
    #expect(extraction.account[.message]?.messages == 1)
    #expect(extraction.account[.kept]?.frames == 1)
    Self.expectSums(of: extraction.account)
  }

  @Test func everyPayloadHasItsFate() {
    var extraction = Extraction()
    for payload in Self.payloads { extraction.datagram(payload) }
    let account = extraction.account
    #expect(
      account.fates.map(\.fate) == [
        .message, .cutMessage, .keepAlive, .notSIP(.media), .notSIP(.stun), .notSIP(.dtls), .notSIP(.other),
        .unreadable(.badStatus), .unreadable(.startLineCut),
      ])
    #expect(account.bytes == Self.payloads.reduce(0) { $0 + $1.count + 42 })
    #expect(account.datagramsWithoutSIP == 4)
    Self.expectSums(of: account)
  }

  @Test func theRankingPutsMessagesFirstAndThenWhatThereIsMostOf() {
    var extraction = Extraction()
    for payload in [Self.payloads[3], Self.payloads[2], Self.payloads[2], Self.payloads[0]] {
      extraction.datagram(payload)
    }
    #expect(extraction.account.rankedFates.map(\.fate) == [.message, .keepAlive, .notSIP(.media)])
  }

  static func expectSums(of account: CaptureAccount, _ comment: Comment? = nil) {
    let tallies = account.fates.map(\.tally)
    #expect(tallies.reduce(0) { $0 + $1.frames } == account.frames, comment)
    #expect(tallies.reduce(0) { $0 + $1.bytes } == account.bytes, comment)
    #expect(tallies.reduce(0) { $0 + $1.messages } + account.messagesAtEnd == account.messages, comment)
    #expect(Set(account.fates.map(\.fate)).count == account.fates.count, comment)
  }

  private static let payloads: [[UInt8]] = [
    message("a", body: 20), Array(message("b", body: 20).dropLast(10)), [13, 10], [0x80, 8, 1, 2, 3, 4, 5, 6, 7],
    [0, 1, 0, 0, 0x21, 0x12, 0xa4, 0x42] + [UInt8](repeating: 7, count: 12),
    [22, 0xfe, 0xfd] + [UInt8](repeating: 0, count: 20), [1, 2, 3, 4], Array("SIP/2.0 99 X\r\n\r\n".utf8),
    Array("INVITE sip:h".utf8),
  ]

  private static let others: [[UInt8]] = [
    Packets.frame([], etherType: 0x0806), Packets.frame([1, 2, 3], etherType: 0x8864), [], [1, 2, 3],
    Packets.frame(
      Packets.ipv4(message("c"), protocolNumber: 17, from: phone.address, to: appliance.address, fragment: 0x2000)),
    Packets.frame(Packets.ipv4([8, 0], protocolNumber: 1, from: phone.address, to: appliance.address)),
  ]

  /// SIP, media and other datagrams, segments in and out of order, copies of earlier frames, mutations, garbage.
  private static func frame(_ recent: inout [[UInt8]], _ generator: inout SeededGenerator) -> [UInt8] {
    var frame: [UInt8]
    switch Int.random(in: 0..<10, using: &generator) {
    case 0..<3: frame = Packets.udpFrame(generator.pick(payloads), from: phone, to: appliance)
    case 3..<6:
      let stream = generator.pick(payloads + [[0x16, 3, 1, 2, 0, 1, 0, 1], []])
      let other = IPEndpoint(address: phone.address, port: UInt16.random(in: 1...6, using: &generator))
      let sequence = UInt32.random(in: 0...4, using: &generator) * 40
      let flags = generator.pick([TCPFlags.ack, .ack, .ack, .syn, .fin, .rst])
      frame = Packets.tcpFrame(stream, from: other, to: appliance, sequence: sequence, flags: flags)
    case 6: frame = generator.pick(others)
    case 7:
      frame = (0..<Int.random(in: 0...90, using: &generator)).map { _ in UInt8.random(in: 0...255, using: &generator) }
    default: frame = recent.isEmpty ? [] : generator.pick(recent)
    }
    if !frame.isEmpty, Int.random(in: 0..<6, using: &generator) == 0 {
      frame[Int.random(in: frame.indices, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
    }
    if Int.random(in: 0..<12, using: &generator) == 0 {
      frame = Array(frame.prefix(Int.random(in: 0...frame.count, using: &generator)))
    }
    recent = Array((recent + [frame]).suffix(4))
    return frame
  }
}
