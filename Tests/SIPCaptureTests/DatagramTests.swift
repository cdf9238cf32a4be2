import PacketFormats
import Primitives
import SIP
import SIPCapture
import TestSupport
import Testing

@Suite struct DatagramTests {
  @Test(arguments: [(5060, 5060), (49_152, 6060), (1, 65_535), (53, 4000)] as [(UInt16, UInt16)])
  func aMessageIsFoundOnAnyPort(source: UInt16, destination: UInt16) {
    var extraction = Extraction()
    let from = IPEndpoint(address: phone.address, port: source)
    let to = IPEndpoint(address: appliance.address, port: destination)
    extraction.datagram(message("a", body: 3), from: from, to: to)
    #expect(
      extraction.seen == [
        Extraction.Seen(
          frame: 1, seconds: 1, transport: .udp, source: from, destination: to, callID: "a", bodyLength: 3)
      ])
    #expect(extraction.account.diagnostics.isEmpty)
  }

  @Test(arguments: [
    [0x80, 0, 0, 1, 0, 0, 0, 160] + [UInt8](repeating: 0xd5, count: 160), Array("hello world".utf8),
    Array("M-SEARCH * HTTP/1.1\r\n\r\n".utf8), [0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0x61, 0, 0, 1, 0, 1],
  ])
  func aDatagramWithoutSIPIsCountedAndNoCauseForConcern(payload: [UInt8]) {
    var extraction = Extraction()
    extraction.datagram(payload)
    #expect(extraction.seen.isEmpty)
    #expect(extraction.account.datagramsWithoutSIP == 1)
    #expect(extraction.account.diagnostics.isEmpty)
  }

  @Test(arguments: [[], [13, 10], [13, 10, 13, 10], [0, 0, 0, 0]] as [[UInt8]])
  func aKeepAliveIsCountedAsSuch(payload: [UInt8]) {
    var extraction = Extraction()
    extraction.datagram(payload)
    #expect(extraction.account.keepAlives == 1)
    #expect(extraction.account.datagramsWithoutSIP == 0)
    #expect(extraction.account.diagnostics.isEmpty)
  }

  @Test(arguments: [
    ("SIP/3.0 200 OK\r\n\r\n", "badVersion"), ("SIP/2.0 99 X\r\n\r\n", "badStatus"),
    ("INVITE sip:200@h", "startLineCut"), ("INV\u{1}TE sip:200@h SIP/2.0\r\n\r\n", "badMethod"),
  ])
  func whatLooksLikeSIPAndIsNotGivesItsReasonAndFrame(text: String, reason: String) throws {
    var extraction = Extraction()
    extraction.datagram(message("a"))
    extraction.datagram(Array(text.utf8))
    extraction.datagram(Array(text.utf8))
    #expect(extraction.callIDs == ["a"])
    let fate = try #require(SIPParseError.Reason(rawValue: reason).map { CaptureAccount.Fate.unreadable($0) })
    #expect(extraction.account[fate]?.frames == 2)
    #expect(extraction.account[fate]?.first.frame == 2)
    #expect(extraction.account[fate]?.first.byte ?? 0 >= 42)
    #expect(extraction.account.diagnostics.isEmpty)
    #expect(fate.mayHideMessages)
  }

  @Test func aMessageCutBySnapLengthIsReportedWithWhatThereIsOfIt() {
    var extraction = Extraction()
    let frame = Packets.udpFrame(message("a", body: 100), from: phone, to: appliance)
    extraction.receive(Array(frame.dropLast(40)))
    #expect(extraction.callIDs == ["a"])
    #expect(extraction.seen.first?.bodyLength == 60)
    extraction.receive(Array(frame.dropLast(110)))
    #expect(extraction.callIDs == ["a", "a"])
    #expect(extraction.account[.cutMessage]?.frames == 2)
    #expect(extraction.account[.cutMessage]?.messages == 2)
    #expect(extraction.account.framesThatMayHideMessages == 2)
  }

  @Test func halfACallIDIsNone() {
    let bytes = message("a-long-call-id@192.0.2.7", body: 9)
    for missing in 1..<bytes.count {
      var extraction = Extraction()
      extraction.receive(Array(Packets.udpFrame(bytes, from: phone, to: appliance).dropLast(missing)))
      extraction.receive(Array(Packets.tcpFrame(bytes, from: phone, to: appliance, sequence: 1).dropLast(missing)))
      extraction.finish()
      #expect(extraction.callIDs.allSatisfy { ["", "a-long-call-id@192.0.2.7"].contains($0) }, "\(missing) cut off")
    }
  }

  @Test func aContentLengthBeyondItsDatagramIsACutMessage() {
    var extraction = Extraction()
    extraction.datagram(Array(message("a", body: 8).dropLast()))
    extraction.datagram(Array(message("b").dropLast()))
    #expect(extraction.callIDs == ["a", "b"])
    #expect(extraction.account[.cutMessage]?.messages == 2)
  }

  @Test func fragmentsAndBrokenFramesAreCountedWithTheirFirstFrame() {
    var extraction = Extraction()
    let datagram = Packets.udp(message("a"), from: 5060, to: 5060)
    let fragment = Packets.fragment(
      Array(datagram.prefix(24)), offset: 0, hasMore: true, from: phone.address, to: appliance.address)
    let shortHeader = Packets.ipv4(
      datagram, protocolNumber: 17, from: phone.address, to: appliance.address, headerLength: 4)
    extraction.receive(Packets.frame(fragment))
    extraction.receive(Packets.frame(shortHeader))
    extraction.receive([1, 2, 3])
    extraction.receive(Packets.frame(fragment))
    extraction.receive(Packets.frame([], etherType: 0x0806))
    extraction.receive(Packets.frame([], etherType: 0x88e5))
    extraction.finish()
    #expect(extraction.seen.isEmpty)
    let account = extraction.account
    #expect(
      account.fates.map(\.fate) == [
        .kept, .malformed(.ipv4), .malformed(.ethernet), .duplicate, .notCarried(.arp), .notCarried(.macsec),
      ])
    #expect(account.fates.map(\.tally.frames) == [1, 1, 1, 1, 1, 1])
    #expect(
      account.fates.map(\.tally.first) == [
        .init(frame: 1), .init(frame: 2, byte: 14), .init(frame: 3, byte: 0), .init(frame: 4), .init(frame: 5),
        .init(frame: 6),
      ])
    #expect(account.framesThatMayHideMessages == 3)
    #expect(account.diagnostics == [.ipFragment: .init(count: 1, firstFrame: 1)])
  }

  @Test func everyReasonHasItsOwnName() {
    let all: [CaptureAccount.Diagnostic] = [
      .unreadableMessage("badStatus"), .unreadableMessage("badVersion"), .streamGap, .streamUnfinished,
      .streamForgotten, .streamJunk, .encrypted(.noKey), .encrypted(.cipherSuite(5)), .compressedWebSocket,
      .compressedHEP, .otherStream, .duplicatesNotCompared, .ipFragment, .sctpFragment, .malformedChunk, .notCaptured,
    ]
    #expect(Set(all.map(\.name)).count == all.count)
    #expect(Set(all.map(\.phrase)).count == all.count)
    let fates: [CaptureAccount.Fate] =
      [
        .message, .cutMessage, .keepAlive, .kept, .segmentWithoutPayload, .duplicate, .retransmission,
        .junk, .handshake, .otherStream, .encrypted,
      ] + CaptureAccount.Payload.allCases.map { .notSIP($0) } + OtherReason.allCases.map { .notCarried($0) }
      + FrameError.Layer.allCases.map { .malformed($0) } + SIPParseError.Reason.allCases.map { .unreadable($0) }
    #expect(Set(fates.map(\.name)).count == fates.count)
    #expect(Set(fates.map(\.phrase)).count == fates.count)
    #expect(fates.allSatisfy { $0.name.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil })
  }
}
