import PacketFormats
import Primitives
import TestSupport
import Testing

struct TCPGapTests {
  @Test func theEndOfTheTraceHandsOnWhatWaits() {
    var stream = StreamRecorder()
    stream.send("abc", sequence: 1)
    stream.send("ghi", sequence: 7)
    stream.send("nop", sequence: 14)
    #expect(stream.transcript == ["abc"])
    stream.finish()
    #expect(stream.transcript == ["abc", "[3]ghi", "[4]nop"])
    #expect(stream.counts.gaps == 2)
    #expect(stream.counts.bytesSkipped == 7)
    #expect(stream.reassembler.connectionCount == 0)
  }

  @Test func whatWasLeftInFrontOfAHoleIsAbandonedAndPartOfTheGap() {
    var stream = StreamRecorder()
    stream.answer = { .consumed($0.starts(with: Array("ab".utf8)) ? 2 : 0) }
    stream.send("abcd", sequence: 1)
    stream.send("ghi", sequence: 7)
    stream.finish()
    #expect(stream.transcript == ["abcd", "[4]ghi"])
    #expect(stream.counts.bytesAbandoned == 2 + 3)
    #expect(stream.counts.bytesSkipped == 2)
  }

  @Test func aGapIsReportedOnce() {
    var stream = StreamRecorder()
    stream.answer = { _ in .consumed(0) }
    stream.send("abc", sequence: 1, lengthOnWire: 5)
    stream.send("d", sequence: 6)
    stream.send("e", sequence: 7)
    #expect(stream.transcript == ["abc", "[5]d", "de"])
  }

  @Test func aSegmentCutByTheCaptureLeavesAGapAtOnce() {
    var stream = StreamRecorder()
    stream.send("abc", sequence: 1, lengthOnWire: 10)
    stream.send("klm", sequence: 11)
    #expect(stream.transcript == ["abc", "[7]klm"])
    #expect(stream.counts.outOfOrder == 0)
  }

  @Test(arguments: ["abc", ""])
  func aSegmentWhoseLengthWasWrongSwallowsNothingBehindIt(text: String) {
    var stream = StreamRecorder()
    stream.send("xyz", sequence: 1)
    stream.send(text, sequence: 4, lengthOnWire: text.utf8.count + 1000)
    let next = 4 + UInt32(text.utf8.count)
    stream.send("def", sequence: next)
    stream.send("ghi", sequence: next + 3)
    #expect(stream.transcript == ["xyz", text, "def", "ghi"].filter { !$0.isEmpty })
    #expect(stream.counts.gaps == 0)
    #expect(stream.counts.bytesSkipped == 0)
    #expect(stream.counts.retransmitted == 0)
  }

  @Test func aCutStaysAGapOnceBytesBehindItCame() {
    var stream = StreamRecorder()
    stream.send("abc", sequence: 1, lengthOnWire: 10)
    stream.send("klm", sequence: 11)
    stream.send("def", sequence: 4)
    #expect(stream.transcript == ["abc", "[7]klm"])
    #expect(stream.counts.gaps == 1)
    #expect(stream.counts.bytesSkipped == 7)
    #expect(stream.counts.retransmitted == 1)
  }

  @Test(arguments: [1, 2])
  func aSegmentOfWhichNothingWasCapturedIsOneGapHoweverOftenItIsSent(times: Int) {
    var stream = StreamRecorder()
    stream.send("abc", sequence: 1)
    for _ in 0..<times { stream.send("", sequence: 4, lengthOnWire: 6) }
    stream.send("jkl", sequence: 10)
    #expect(stream.transcript == ["abc", "[6]jkl"])
    #expect(stream.counts.gaps == 1)
    #expect(stream.counts.retransmitted == times - 1)
  }

  @Test func anAcknowledgmentPastTheHoleShowsThatItWillNotBeFilled() {
    var stream = StreamRecorder()
    stream.send("abc", sequence: 1)
    stream.send("ghi", sequence: 7)
    stream.send("", sequence: 50, acknowledgment: 6, from: appliance, to: phone)
    #expect(stream.transcript == ["abc"])
    stream.send("", sequence: 50, acknowledgment: 7, from: appliance, to: phone)
    #expect(stream.transcript == ["abc", "[3]ghi"])
  }

  @Test func anAcknowledgmentBeforeTheSegmentCounts() {
    var stream = StreamRecorder()
    stream.send("abc", sequence: 1)
    stream.send("", sequence: 50, acknowledgment: 10, from: appliance, to: phone)
    stream.send("ghi", sequence: 7)
    #expect(stream.transcript == ["abc", "[3]ghi"])
  }

  @Test func aSegmentBehindTheAcknowledgmentOfItFillsItsHoleApart() {
    var stream = StreamRecorder()
    stream.answer = { .consumed($0.starts(with: Array("ab".utf8)) ? 2 : $0.count) }
    stream.send("abc", sequence: 1)
    stream.send("ghi", sequence: 7)
    stream.send("", sequence: 50, acknowledgment: 10, from: appliance, to: phone)
    stream.send("jkl", sequence: 10)
    stream.send("de", sequence: 4)
    stream.send("def", sequence: 4)
    stream.send("def", sequence: 4)
    #expect(stream.transcript == ["abc", "[4]ghi", "jkl", "[late 4]cdefghi"])
    #expect(stream.unfinished == ["c"])
    #expect(stream.counts.retransmitted == 1)
  }

  @Test(arguments: [("xyz", 7), ("c", 3), ("xy", 10)] as [(String, UInt32)])
  func whatIsSentAgainBesideAHoleGivenUpFillsNothing(text: String, sequence: UInt32) {
    var stream = StreamRecorder()
    stream.send("abc", sequence: 1)
    stream.send("ghijkl", sequence: 7)
    stream.send("", sequence: 50, acknowledgment: 13, from: appliance, to: phone)
    stream.send(text, sequence: sequence)
    #expect(stream.transcript == ["abc", "[3]ghijkl"])
    #expect(stream.counts.retransmitted == 1)
  }

  @Test func aHoleBeyondMeasureIsNotRemembered() {
    var stream = StreamRecorder()
    stream.send("abc", sequence: 1)
    stream.send("ghi", sequence: 20_004)
    stream.send("", sequence: 50, acknowledgment: 20_007, from: appliance, to: phone)
    stream.send([UInt8](repeating: 1, count: 20_000), sequence: 4)
    #expect(stream.transcript == ["abc", "[20000]ghi"])
  }

  @Test func anAcknowledgmentFarOffProvesNothing() {
    var stream = StreamRecorder()
    stream.send("abc", sequence: 1)
    stream.send("ghi", sequence: 7)
    stream.send("", sequence: 50, acknowledgment: 1_000_000_000, from: appliance, to: phone)
    #expect(stream.transcript == ["abc"])
  }

  @Test func aResetEndsTheWaitInBothDirections() {
    var stream = StreamRecorder()
    stream.send("abc", sequence: 1)
    stream.send("ABC", sequence: 101, from: appliance, to: phone)
    stream.send("ghi", sequence: 7)
    stream.send("GHI", sequence: 107, from: appliance, to: phone)
    stream.send("reason", sequence: 10, flags: .rst)
    #expect(Set(stream.transcript) == ["abc", "ABC", "[3]ghi", "[3]GHI"])
  }

  @Test func aFinEndsTheWaitWhenOnlyOneDirectionIsInTheTrace() {
    var stream = StreamRecorder()
    stream.send("abc", sequence: 1)
    stream.send("ghi", sequence: 7, flags: [.ack, .fin])
    #expect(stream.transcript == ["abc", "[3]ghi"])
  }

  @Test func aFinThatOvertookDataWaitsForIt() {
    var stream = StreamRecorder()
    stream.send("", sequence: 0, flags: .syn)
    stream.send("", sequence: 50, flags: [.syn, .ack], acknowledgment: 1, from: appliance, to: phone)
    stream.send("def", sequence: 4, flags: [.ack, .fin])
    stream.send("abc", sequence: 1)
    #expect(stream.transcript == ["abc", "def"])
    #expect(stream.counts.gaps == 0)
  }

  @Test func aMessageUnfinishedAtTheFinIsAbandoned() {
    var stream = StreamRecorder()
    stream.answer = { _ in .consumed(0) }
    stream.send("abc", sequence: 1)
    stream.send("", sequence: 4, flags: [.ack, .fin])
    #expect(stream.counts.bytesAbandoned == 3)
  }

  @Test func aRepetitionAfterTheEndIsNotTakenForANewStream() {
    var stream = StreamRecorder()
    stream.send("abc", sequence: 1)
    stream.send("", sequence: 4, flags: [.ack, .fin])
    stream.send("abc", sequence: 1)
    stream.send("", sequence: 4, flags: .rst)
    stream.send("abc", sequence: 1)
    #expect(stream.transcript == ["abc"])
  }

  @Test func aNewSYNStartsAnotherConnectionOnTheSameEndpoints() {
    var stream = StreamRecorder()
    stream.answer = { .consumed($0.count - 1) }
    stream.send("", sequence: 0, flags: .syn)
    stream.send("abc", sequence: 1)
    stream.send("", sequence: 5000, flags: .syn)
    stream.send("xyz", sequence: 5001)
    stream.send("XYZ", sequence: 900, from: appliance, to: phone)
    #expect(stream.transcript == ["abc", "xyz", "XYZ"])
    #expect(stream.runs.map(\.direction.connection) == [1, 2, 2])
    #expect(stream.counts.restarts == 1)
    #expect(stream.counts.connections == 2)
    #expect(stream.counts.bytesAbandoned == 1)
  }

  @Test func aRepeatedSYNStartsNothing() {
    var stream = StreamRecorder()
    stream.send("", sequence: 0, flags: .syn)
    stream.send("", sequence: 0, flags: .syn)
    stream.send("abc", sequence: 1)
    stream.send("", sequence: 0, flags: .syn)
    stream.send("def", sequence: 4)
    #expect(stream.transcript == ["abc", "def"])
    #expect(stream.counts.restarts == 0)
  }

  @Test(arguments: [1_500_000_000, 3_000_000_000] as [UInt32])
  func aJumpOfTheSequenceTakesTheStreamUpThere(_ sequence: UInt32) {
    var stream = StreamRecorder()
    stream.send("abc", sequence: 1)
    stream.send("xyz", sequence: sequence)
    stream.send("!", sequence: sequence + 3)
    #expect(stream.transcript == ["abc", "[1]xyz", "!"])
    #expect(stream.counts.jumps == 1)
  }

  /// Whatever is lost, what is handed over plus the gaps is the position in the stream.
  @Test(arguments: 0..<40 as Range<UInt64>)
  func consumedBytesAndGapsAddUpToThePosition(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let message = TCPOrderTests.message
    var stream = StreamRecorder(limits: .init(outOfOrderSegmentsMax: 6))
    stream.send("", sequence: 0, flags: .syn)
    for start in stride(from: 0, to: message.count, by: 20) where Int.random(in: 0..<4, using: &random) > 0 {
      let kept = Int.random(in: 0...20, using: &random)
      stream.send(Array(message[start..<start + kept]), sequence: 1 + UInt32(start), lengthOnWire: 20)
    }
    stream.finish()
    var position = 0
    for run in stream.runs {
      position += run.gapBefore
      #expect(run.bytes == Array(message[position..<position + run.bytes.count]))
      position += run.bytes.count
    }
    #expect(stream.counts.gaps > 0)
  }
}
