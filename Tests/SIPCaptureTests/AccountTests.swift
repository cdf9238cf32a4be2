import PacketFormats
import Primitives
import SIPCapture
import TestSupport
import Testing

/// The sums that hold whatever the frames are.
@Suite struct AccountTests {
  @Test(arguments: 0..<60 as Range<UInt64>)
  func everyFrameIsInOneSum(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var extraction = Extraction()
    for _ in 0..<60 {
      var frame = Self.frames.randomElement(using: &generator) ?? []
      for _ in 0..<Int.random(in: 0...2, using: &generator) where !frame.isEmpty {
        frame[Int.random(in: frame.indices, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
      }
      if Int.random(in: 0..<5, using: &generator) == 0 {
        frame = Array(frame.prefix(Int.random(in: 0...frame.count, using: &generator)))
      }
      extraction.receive(frame)
    }
    let sizeBefore = extraction.account.frames
    extraction.finish()
    let account = extraction.account
    let byUDP = extraction.seen.count { $0.transport == .udp }
    let refused = Self.sum(account) { if case .unreadableMessage = $0 { true } else { false } }
    let notRead = Self.sum(account) {
      switch $0 {
      case .ipFragment, .malformedFrame, .notCarried: true
      case .messageCut, .unreadableMessage, .streamGap, .streamUnfinished, .streamForgotten, .streamJunk,
        .encrypted, .compressedWebSocket, .compressedHEP, .otherStream:
        false
      }
    }
    #expect(sizeBefore == 60)
    #expect(account.frames == account.datagrams + account.segments + notRead)
    #expect(account.messages == extraction.seen.count)
    // Keep-alives and refused messages may also come from a stream.
    let explained = byUDP + account.datagramsWithoutSIP
    #expect((explained...explained + account.keepAlives + refused).contains(account.datagrams))
  }

  @Test func withoutStreamsEveryDatagramHasOneReason() {
    var extraction = Extraction()
    for payload in Self.payloads { extraction.datagram(payload) }
    let account = extraction.account
    let refused = Self.sum(account) { if case .unreadableMessage = $0 { true } else { false } }
    #expect(account.datagrams == Self.payloads.count)
    #expect(account.frames == account.datagrams)
    #expect(account.datagrams == account.messages + account.datagramsWithoutSIP + account.keepAlives + refused)
    #expect(account.messages == 2)
    #expect(account.bytes == Self.payloads.reduce(0) { $0 + $1.count + 42 })
  }

  private static let payloads: [[UInt8]] = [
    message("a", body: 20), Array(message("b", body: 20).dropLast(30)), [13, 10], [0x80, 8, 1, 2, 3],
    Array("SIP/2.0 99 X\r\n\r\n".utf8), Array("INVITE sip:h".utf8),
  ]

  private static let frames: [[UInt8]] =
    payloads.map { Packets.udpFrame($0, from: phone, to: appliance) }
    + payloads.map { Packets.tcpFrame($0, from: phone, to: appliance) }
    + [
      Packets.frame([], etherType: 0x0806), [],
      Packets.frame(
        Packets.ipv4(message("c"), protocolNumber: 17, from: phone.address, to: appliance.address, fragment: 0x2000)),
    ]

  private static func sum(_ account: CaptureAccount, of isWanted: (CaptureAccount.Diagnostic) -> Bool) -> Int {
    account.diagnostics.reduce(0) { isWanted($1.key) ? $0 + $1.value.count : $0 }
  }
}
