import PacketFormats
import Primitives
import SIP
import SIPCapture
import TestSupport
import Testing

@Suite struct StreamTests {
  @Test func aMessageOverSeveralSegmentsBelongsToTheFrameThatCompletesIt() {
    var extraction = Extraction()
    let bytes = message("a", body: 50)
    extraction.segment(Array(bytes[..<10]))
    extraction.segment(Array(bytes[10..<120]))
    #expect(extraction.seen.isEmpty)
    extraction.segment(Array(bytes[120...]))
    #expect(
      extraction.seen == [
        Extraction.Seen(
          frame: 3, seconds: 3, transport: .tcp, source: phone, destination: appliance, callID: "a", bodyLength: 50)
      ])
    #expect(extraction.account.diagnostics.isEmpty)
  }

  @Test func everyMessageOfASegmentIsReported() {
    var extraction = Extraction()
    let cut = message("c", body: 20)
    extraction.segment(message("a", body: 7) + message("b") + cut[..<30])
    extraction.segment(Array(cut[30...]) + message("d"))
    #expect(extraction.callIDs == ["a", "b", "c", "d"])
    #expect(extraction.seen.map(\.frame) == [1, 1, 2, 2])
  }

  @Test(arguments: 1...40)
  func theSizeOfTheSegmentsDoesNotMatter(size: Int) {
    var extraction = Extraction()
    let stream = message("a", body: 9) + [13, 10, 13, 10] + message("b") + message("c", body: 1) + [13, 10]
    for start in stride(from: 0, to: stream.count, by: size) {
      extraction.segment(Array(stream[start..<min(start + size, stream.count)]))
    }
    #expect(extraction.callIDs == ["a", "b", "c"])
    #expect(extraction.account.diagnostics.isEmpty)
  }

  @Test func keepAlivesBetweenMessagesAreCounted() {
    var extraction = Extraction()
    extraction.segment([13, 10, 13, 10])
    extraction.segment(message("a"))
    extraction.segment([13, 10])
    #expect(extraction.callIDs == ["a"])
    #expect(extraction.account.keepAlives == 2)
    #expect(extraction.account.diagnostics.isEmpty)
  }

  @Test func segmentsOutOfOrderAndSentTwiceGiveEachMessageOnce() {
    var extraction = Extraction()
    let bytes = message("a", body: 30)
    let later = Packets.tcpFrame(Array(bytes[40...]), from: phone, to: appliance, sequence: 41)
    extraction.receive(Packets.tcpFrame([], from: phone, to: appliance, sequence: 0, flags: .syn))
    extraction.receive(later)
    extraction.receive(Packets.tcpFrame(Array(bytes[..<40]), from: phone, to: appliance, sequence: 1))
    extraction.receive(later)
    #expect(extraction.callIDs == ["a"])
    #expect(extraction.seen.map(\.frame) == [3])
  }

  @Test func aMessageWhoseEndNeverComesIsCounted() {
    var extraction = Extraction()
    extraction.segment(message("a") + Array(message("cut", body: 40).prefix(60)))
    extraction.finish()
    #expect(extraction.callIDs == ["a"])
    #expect(extraction.count(.streamUnfinished) == 60)
    #expect(extraction.count(.streamGap) == 0)
  }

  @Test func whatIsUnfinishedIsSaidToBeWhereThatWasSeen() {
    var extraction = Extraction()
    extraction.segment(message("a"))
    // The connection ends within a message.
    extraction.segment(Array(message("cut", body: 40).prefix(60)), flags: .fin)
    for _ in 0..<5 { extraction.datagram([1, 2, 3]) }
    extraction.finish()
    #expect(extraction.count(.streamUnfinished) == 60)
    #expect(extraction.firstFrame(.streamUnfinished) == 2)
  }

  @Test func whatTheEndBringsToLightIsSaidToBeInTheTraceOfTheLastFrame() {
    var extraction = Extraction()
    extraction.segment(Array(message("cut", body: 40).prefix(60)))
    extraction.finish(file: 3)
    #expect(
      extraction.account.diagnostics == [.streamUnfinished: .init(count: 60, first: .init(file: 3, frame: 1))])
  }

  @Test func aMessageWhoseBodyTheSnapLengthCutsOffIsReportedWithWhatThereIs() {
    var extraction = Extraction()
    var sequence: UInt32 = 1
    for name in ["a", "b"] {
      let bytes = message(name, body: 300)
      let frame = Packets.tcpFrame(bytes, from: phone, to: appliance, sequence: sequence)
      extraction.receive(Array(frame.dropLast(200)))
      sequence += UInt32(bytes.count)
    }
    extraction.finish()
    #expect(extraction.callIDs == ["a", "b"])
    #expect(extraction.seen.map(\.bodyLength) == [100, 100])
    #expect(extraction.seen.map(\.frame) == [1, 2])
    #expect(extraction.account[.cutMessage]?.messages == 2)
  }

  @Test func aMessageWhoseHeadTheSnapLengthCutsOffIsReadAsFarAsItGoes() {
    var extraction = Extraction()
    var sequence: UInt32 = 1
    for name in ["a", "b"] {
      let bytes = message(name, body: 9)
      let frame = Packets.tcpFrame(bytes, from: phone, to: appliance, sequence: sequence)
      // The start line and the Call-ID are there.
      extraction.receive(Array(frame.dropLast(bytes.count - 53)))
      sequence += UInt32(bytes.count)
    }
    extraction.finish()
    #expect(extraction.callIDs == ["a", "b"])
    #expect(extraction.seen.map(\.bodyLength) == [0, 0])
    #expect(extraction.seen.map(\.frame) == [1, 2])
    #expect(extraction.account[.cutMessage]?.messages == 2)
    #expect(CaptureAccount.Fate.cutMessage.mayHideMessages)
  }

  @Test func aMessageOfWhichTheCaptureHasNotEvenTheStartLineIsNone() {
    var extraction = Extraction()
    let bytes = message("a", body: 9)
    let frame = Packets.tcpFrame(bytes, from: phone, to: appliance, sequence: 1)
    extraction.receive(Array(frame.dropLast(bytes.count - 40)))
    extraction.finish()
    #expect(extraction.seen.isEmpty)
    #expect(extraction.account.diagnostics.keys.contains { $0 == .streamGap || $0 == .streamUnfinished })
  }

  @Test func whatGoesOnBehindAHeadThatTheCaptureCutIsNoMessage() {
    var extraction = Extraction()
    let lost = message("lost", body: 300)
    let front = Packets.tcpFrame(Array(lost[..<200]), from: phone, to: appliance, sequence: 1)
    extraction.receive(Array(front.dropLast(150)))
    extraction.receive(
      Packets.tcpFrame(Array(lost[200...]) + message("a"), from: phone, to: appliance, sequence: 201))
    extraction.finish()
    #expect(extraction.callIDs.suffix(1) == ["a"])
    #expect(extraction.seen.count == 2)
    #expect(extraction.count(.streamJunk) + extraction.count(.streamGap) > 0)
  }

  @Test func aMessageWhoseBodyIsLostIsReportedAndTheNextOneFound() {
    var extraction = Extraction()
    extraction.segment(Array(message("lost", body: 400).prefix(200)))
    extraction.segment(message("a"), leavingOut: 300)
    extraction.segment(Array(message("last", body: 40).dropLast(10)), flags: .fin)
    extraction.finish()
    #expect(extraction.callIDs == ["lost", "a", "last"])
    // The end of the connection tells that nothing fills the gap, and so completes all three.
    #expect(extraction.seen.map(\.frame) == [3, 3, 3])
    #expect(extraction.account[.cutMessage]?.messages == 3)
  }

  @Test func aSegmentRecordedBehindItsAcknowledgmentGivesItsMessage() {
    var extraction = Extraction()
    let stream = message("a") + message("b") + message("c") + message("d")
    let edges = [0, 30, 110, 200, stream.count]
    func frame(_ part: Int) -> [UInt8] {
      Packets.tcpFrame(
        Array(stream[edges[part]..<edges[part + 1]]), from: phone, to: appliance, sequence: 1 + UInt32(edges[part]))
    }
    extraction.connect()
    extraction.receive(frame(0))
    extraction.receive(frame(2))
    let upTo = 1 + UInt32(edges[3])
    extraction.receive(Packets.tcpFrame([], from: appliance, to: phone, sequence: 1, acknowledgment: upTo))
    extraction.receive(frame(1))
    extraction.receive(frame(1))
    extraction.receive(frame(3))
    extraction.finish()
    #expect(extraction.callIDs.sorted() == ["a", "b", "c", "d"])
  }

  @Test func behindAGapTheNextMessageIsFound() {
    var extraction = Extraction()
    extraction.segment(message("a"))
    extraction.segment(Array(message("lost", body: 40).prefix(60)))
    // 30 bytes are missing, and with them the rest of a head: what follows is its body and whole messages.
    extraction.segment(Array("xxxx\r\na=sendrecv\r\n".utf8) + message("b") + message("c", body: 4), leavingOut: 30)
    #expect(extraction.callIDs == ["a"])
    extraction.finish()
    #expect(extraction.callIDs == ["a", "b", "c"])
    // The front of the lost message is part of the gap.
    #expect(extraction.count(.streamGap) == 60 + 30)
    #expect(extraction.count(.streamUnfinished) == 0)
    #expect(extraction.count(.streamJunk) == 18)
  }

  @Test func aBodyThatBeginsLikeAMessageIsNotOneBehindAGap() {
    var extraction = Extraction()
    extraction.segment(message("a"))
    extraction.segment(Array("SIP/2.0 100 Trying\r\n".utf8) + message("b"), leavingOut: 200)
    extraction.finish()
    #expect(extraction.callIDs == ["a", "b"])
    #expect(extraction.seen.map(\.isRequest) == [true, true])
  }

  /// Found by fuzzing: read for the start of a segment, such a line ended the stream in some pieces and not in others.
  @Test(arguments: Extraction.Feed.allCases, ["\r\n", "junk\r\n", "MESSAGE sip:b@h SIP/2.0\r\ni: x\r\n\r\n"])
  func aGreetingInTheMiddleOfAStreamIsJunk(feed: Extraction.Feed, front: String) {
    for greeting in ["HTTP/1.1 200 OK\r\n", "HTTP/1.\n", "220 Karlsruhe\r\n", "SSH-2.0-x\r\n"] {
      var extraction = Extraction()
      extraction.connect()
      extraction.segments([Array(front.utf8), Array(greeting.utf8), message("a")], feed)
      extraction.finish()
      #expect(extraction.callIDs.last == "a", "\(greeting)")
      #expect(extraction.count(.otherStream) == 0)
    }
  }

  @Test(arguments: ["220 Karlsruhe\r\n", "HTTP/1.1 200 OK\r\n"])
  func aBodyThatBeginsLikeAnotherProtocolDoesNotEndTheStreamBehindAGap(line: String) {
    var extraction = Extraction()
    extraction.segment(message("a"))
    extraction.segment(Array(line.utf8) + message("b"), leavingOut: 200)
    extraction.finish()
    #expect(extraction.callIDs == ["a", "b"])
    #expect(extraction.count(.otherStream) == 0)
  }

  @Test func aMessageInAStreamThatIsNoneIsCountedAndTheNextOneFound() {
    var extraction = Extraction()
    extraction.segment(Array("SIP/2.0 99 X\r\nContent-Length: 4\r\n\r\nbody".utf8) + message("a"))
    extraction.segment(Array("BYE sip:h SIP/3.0\r\nContent-Length: 0\r\n\r\n".utf8) + message("b"))
    #expect(extraction.callIDs == ["a", "b"])
    #expect(extraction.account.fates.map(\.fate) == [.message])
    #expect(
      extraction.account.diagnostics == [
        .unreadableMessage("badStatus"): .init(count: 1, firstFrame: 1),
        .unreadableMessage("badVersion"): .init(count: 1, firstFrame: 2),
      ])
  }

  @Test func aMessageWithABodyTooLongToWaitForIsReportedWithoutIt() {
    var extraction = Extraction()
    extraction.segment(Array("MESSAGE sip:h SIP/2.0\r\nCall-ID: a\r\nContent-Length: 90000000\r\n\r\nab\r\n".utf8))
    extraction.segment(message("b"))
    #expect(extraction.callIDs == ["a", "b"])
    #expect(extraction.account[.cutMessage]?.messages == 1)
    #expect(extraction.count(.streamJunk) == 4)
  }

  @Test(arguments: [
    ([0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3], CaptureAccount.Diagnostic.encrypted(.noKey)),
    ([0x17, 3, 3, 0, 9, 1, 2, 3], .encrypted(.noKey)),
    (Array("HTTP/1.1 200 OK\r\n\r\n".utf8), .otherStream), (Array("SSH-2.0-x\r\n".utf8), .otherStream),
  ])
  func aStreamOfAnotherProtocolIsNamedAndLeftAlone(payload: [UInt8], diagnostic: CaptureAccount.Diagnostic) {
    var extraction = Extraction()
    extraction.segment([], flags: .ack)
    extraction.segment(payload)
    extraction.segment(payload)
    extraction.segment(message("not read"))
    #expect(extraction.seen.isEmpty)
    #expect(extraction.account.diagnostics == [diagnostic: .init(count: 1, firstFrame: 2)])
    // The whole rest of the connection has the fate, not only what showed it.
    let fate: CaptureAccount.Fate = diagnostic == .encrypted(.noKey) ? .encrypted : .otherStream
    #expect(extraction.account[fate]?.frames == 3)
    #expect(extraction.account[.segmentWithoutPayload]?.frames == 1)
  }

  @Test func anUnreadableMessageAloneInItsSegmentIsTheFateOfIt() {
    var extraction = Extraction()
    let bad = Array("SIP/2.0 99 X\r\nContent-Length: 0\r\n\r\n".utf8)
    extraction.segment(bad)
    #expect(extraction.account[.unreadable(.badStatus)]?.frames == 1)
    #expect(extraction.account.diagnostics.isEmpty)
    extraction.segment(bad + bad)
    #expect(extraction.account[.unreadable(.badStatus)]?.frames == 2)
    #expect(extraction.account.diagnostics == [.unreadableMessage("badStatus"): .init(count: 1, firstFrame: 2)])
  }

  @Test func binaryBytesAreJunkThatHidesNothingFromTheNextLine() {
    var extraction = Extraction()
    let binary = (0..<20_000).map { _ in UInt8(0x81) }
    extraction.segment(binary)
    extraction.segment([0x81, 10] + message("a"))
    #expect(extraction.callIDs == ["a"])
    #expect(extraction.count(.streamJunk) == 20_002)
    #expect(!CaptureAccount.Diagnostic.streamJunk.mayHideMessages)
  }
}
