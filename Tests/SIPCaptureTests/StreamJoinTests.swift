import PacketFormats
import Primitives
import SIPCapture
import TestSupport
import Testing

/// Streams whose start, order or middle is not as it should be.
@Suite struct StreamJoinTests {
  static func frame(_ bytes: some Collection<UInt8>, at sequence: Int) -> [UInt8] {
    Packets.tcpFrame(Array(bytes), from: phone, to: appliance, sequence: UInt32(sequence))
  }

  @Test func twoFirstSegmentsInTheWrongOrderLoseNothing() {
    let bytes = message("a", body: 80)
    // Cut within its method, the rest of a start line is one too.
    for cut in 7..<bytes.count {
      var extraction = Extraction()
      extraction.receive(Self.frame(bytes[cut...], at: 1000 + cut))
      extraction.receive(Self.frame(bytes[..<cut], at: 1000))
      extraction.receive(Self.frame(message("b"), at: 1000 + bytes.count))
      extraction.finish()
      #expect(extraction.callIDs == ["a", "b"], "cut at \(cut)")
      #expect(extraction.account.diagnostics.isEmpty)
    }
  }

  @Test func aWholeMessageInFrontOfTheFirstIsRead() {
    var extraction = Extraction()
    let first = message("a")
    extraction.receive(Self.frame(message("b"), at: 1000 + first.count))
    extraction.receive(Self.frame(first, at: 1000))
    extraction.receive(Self.frame(first, at: 1000))
    extraction.receive(Self.frame(message("c"), at: 1000 + 2 * first.count))
    #expect(extraction.callIDs == ["b", "a", "c"])
    #expect(extraction.seen.map(\.frame) == [1, 2, 4])
    #expect(extraction.account.fates.map(\.fate) == [.message, .retransmission])
  }

  @Test func whatLiesFarInFrontOfTheFirstBytesIsARepetition() {
    var extraction = Extraction()
    extraction.receive(Self.frame(message("b"), at: 200_000))
    extraction.receive(Self.frame(message("a"), at: 1000))
    #expect(extraction.callIDs == ["b"])
    #expect(extraction.account.fates.map(\.fate) == [.message, .retransmission])
  }

  @Test(arguments: Extraction.Feed.allCases)
  func theEndOfALostBodyDoesNotHideAStartLine(feed: Extraction.Feed) {
    let ends = ["</presence>", "xxxx", "{\"a\":1}", "\0"]
    let starts = [message("a"), Array("SIP/2.0 200 OK\r\nCall-ID: a\r\nContent-Length: 0\r\n\r\n".utf8)]
    for end in ends {
      for start in starts {
        var extraction = Extraction()
        extraction.segment(message("first"))
        extraction.segment([], leavingOut: 100)
        extraction.segments([Array(end.utf8), start, message("b")], feed)
        extraction.finish()
        #expect(extraction.callIDs == ["first", "a", "b"], "\(end)")
        #expect(extraction.count(.streamJunk) == end.utf8.count)
      }
    }
  }

  @Test(arguments: ["he said INVITE sip:b@h SIP/2.0\r\n", "got SIP/2.0 200 OK\r\n", "Via: SIP/2.0/TCP h\r\n"])
  func aQuotationIsNoStartLine(line: String) {
    var extraction = Extraction()
    extraction.segment(message("a"))
    extraction.segment(Array(line.utf8) + message("b"), leavingOut: 100)
    extraction.finish()
    #expect(extraction.callIDs == ["a", "b"])
  }

  @Test func aKeepAliveProbeInFrontOfAConnectionCostsNothing() {
    var extraction = Extraction()
    extraction.receive(Self.frame([0], at: 999))
    extraction.receive(Self.frame(message("a"), at: 1000))
    extraction.receive(Self.frame([0], at: 999 + message("a").count))
    extraction.receive(Self.frame([], at: 1000 + message("a").count))
    extraction.receive(Self.frame(message("b"), at: 1000 + message("a").count))
    #expect(extraction.callIDs == ["a", "b"])
  }

  @Test(arguments: Extraction.Feed.allCases)
  func aLongBodyIsPutTogether(feed: Extraction.Feed) {
    var extraction = Extraction()
    let size = feed == .byteByByte ? 9_000 : 65_000
    let whole = message("long", body: size)
    let pieces = stride(from: 0, to: whole.count, by: 1400).map { Array(whole[$0..<min($0 + 1400, whole.count)]) }
    extraction.segments(pieces + [message("b")], feed)
    #expect(extraction.callIDs == ["long", "b"])
    #expect(extraction.seen.first?.bodyLength == size)
    #expect(extraction.account.diagnostics.isEmpty)
  }

  @Test(arguments: Extraction.Feed.allCases)
  func messagesWithLineFeedsOnlyAreRead(feed: Extraction.Feed) {
    var extraction = Extraction()
    let bytes = message("a", body: 4).filter { $0 != 13 }
    extraction.segments([bytes, [10], bytes, bytes], feed)
    #expect(extraction.callIDs == ["a", "a", "a"])
    #expect(extraction.account.keepAlives == 1)
    #expect(extraction.account.diagnostics.isEmpty)
  }

  @Test(arguments: Extraction.Feed.allCases)
  func withoutContentLengthABodyIsJunk(feed: Extraction.Feed) {
    var extraction = Extraction()
    let head = "INVITE sip:b@h SIP/2.0\r\nCall-ID: a\r\nContent-Type: application/sdp\r\n\r\n"
    extraction.segments([Array(head.utf8), Array("v=0\r\nm=audio 4000 RTP/AVP 8\r\n".utf8), message("b")], feed)
    #expect(extraction.callIDs == ["a", "b"])
    #expect(extraction.count(.streamJunk) == 29)
  }

  @Test func aHeadWithoutEndByteByByteTakesTimeInProportion() {
    var extraction = Extraction()
    extraction.segment(Array("OPTIONS sip:b@h SIP/2.0\r\n".utf8))
    // With a look at all that is kept for each byte, these would be ten thousand million looks.
    for index in 0..<140_000 { extraction.segment([index % 3 == 2 ? 10 : UInt8(ascii: "a")]) }
    extraction.segment(message("a"))
    #expect(extraction.callIDs == ["a"])
    #expect(extraction.count(.streamJunk) > 130_000)
  }

  @Test func startLinesWithoutEndOfTheirHeadsTakeTimeInProportion() {
    var extraction = Extraction()
    let piece = Array("A a SIP/2.0\nb: c\n".utf8)
    for _ in 0..<20_000 { extraction.segment(piece) }
    extraction.segment(Array("\n".utf8) + message("a"))
    #expect(extraction.callIDs.last == "a")
  }

  @Test(arguments: [
    ([0x17, 3, 3, 0, 4, 1, 2, 3, 4], 0), ([9, 8, 10, 7, 0x17, 3, 3, 0, 4, 1, 2, 3, 4], 4),
    ([9, 8, 0x17, 3, 3, 0, 2, 1, 2, 0x17, 3, 3, 0, 100], 2),
  ])
  func aTLSStreamJoinedWithinARecordIsEncrypted(payload: [UInt8], junk: Int) {
    var extraction = Extraction()
    extraction.segment(payload)
    extraction.segment([0x17, 3, 3, 0, 4, 1, 2, 3, 4])
    extraction.segment(message("not read"))
    #expect(extraction.seen.isEmpty)
    #expect(extraction.count(.encrypted(.noKey)) == 1)
    #expect(extraction.count(.streamJunk) == junk)
    #expect(extraction.account.fates.contains { $0.fate == .encrypted && $0.tally.frames >= 2 })
  }

  @Test func framesOfAnIgnoredDirectionKeepItsFate() {
    var extraction = Extraction()
    extraction.segment([0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3])
    for _ in 0..<3 { extraction.segment([1, 2, 3]) }
    extraction.segment([])
    #expect(extraction.account.fates.map(\.fate) == [.encrypted, .segmentWithoutPayload])
    #expect(extraction.account.fates.map(\.tally.frames) == [4, 1])
  }

  @Test func aNewConnectionOnTheSameEndpointsIsReadAnew() {
    var extraction = Extraction()
    extraction.receive(Packets.tcpFrame([], from: phone, to: appliance, sequence: 0, flags: .syn))
    extraction.receive(Self.frame(Array("SSH-2.0-x\r\n".utf8), at: 1))
    extraction.receive(Packets.tcpFrame([], from: phone, to: appliance, sequence: 9_999, flags: .syn))
    extraction.receive(Self.frame(message("a"), at: 10_000))
    #expect(extraction.callIDs == ["a"])
  }
}
