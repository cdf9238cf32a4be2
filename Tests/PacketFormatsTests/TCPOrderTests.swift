import PacketFormats
import Primitives
import TestSupport
import Testing

struct TCPOrderTests {
  @Test func segmentsInOrderAreHandedOnAsTheyCome() {
    var stream = StreamRecorder()
    stream.send("", sequence: 99, flags: .syn)
    stream.send("abc", sequence: 100)
    stream.send("de", sequence: 103)
    #expect(stream.transcript == ["abc", "de"])
    #expect(stream.counts.outOfOrder == 0)
    #expect(stream.runs.first?.direction == .init(source: phone, destination: appliance, connection: 1, stream: 0))
  }

  @Test func bytesInOrderAreNotCopied() {
    var reassembler = TCPReassembler()
    let frame = Array("..abc".utf8)
    let segment = TCPSegment(source: phone, destination: appliance, sequence: 1, flags: .ack, payload: 2..<5)
    var offset: Int?
    frame.withUnsafeBytes { frame in
      reassembler.accept(segment, frame: frame, at: .epoch) { _, bytes, _ in
        offset = zip(bytes.baseAddress, frame.baseAddress).map { $0 - $1 }
        return .consumed(bytes.count)
      }
    }
    #expect(offset == 2)
  }

  private func zip(_ left: UnsafeRawPointer?, _ right: UnsafeRawPointer?) -> (UnsafeRawPointer, UnsafeRawPointer)? {
    guard let left, let right else { return nil }
    return (left, right)
  }

  @Test func aStreamCanBeJoinedInItsMiddle() {
    var stream = StreamRecorder()
    stream.send("abc", sequence: 4_000_000_000)
    stream.send("de", sequence: 4_000_000_003)
    #expect(stream.transcript == ["abc", "de"])
    #expect(stream.counts.gaps == 0)
  }

  @Test func whatTheConsumerLeavesComesAgainInFrontOfTheRest() {
    var stream = StreamRecorder()
    stream.answer = { .consumed($0.contains(UInt8(ascii: ";")) ? ($0.firstIndex(of: UInt8(ascii: ";")) ?? 0) + 1 : 0) }
    for (index, text) in ["ab", "c", ";de", "f;"].enumerated() { stream.send(text, sequence: [1, 3, 4, 7][index]) }
    #expect(stream.transcript == ["ab", "abc", "abc;de", "def;"])
  }

  @Test func aConsumptionOutOfRangeIsClamped() {
    var stream = StreamRecorder()
    stream.answer = { _ in .consumed(1000) }
    stream.send("ab", sequence: 1)
    stream.answer = { _ in .consumed(-5) }
    stream.send("cd", sequence: 3)
    stream.send("ef", sequence: 5)
    #expect(stream.transcript == ["ab", "cd", "cdef"])
  }

  @Test func anIgnoredDirectionIsNotOfferedAgainButItsPeerIs() {
    var stream = StreamRecorder()
    stream.answer = { _ in .ignoreDirection }
    stream.send("GET /", sequence: 1)
    stream.send("more", sequence: 6)
    stream.send("later", sequence: 16)
    stream.send("reply", sequence: 1, from: appliance, to: phone)
    stream.finish()
    #expect(stream.transcript == ["GET /", "reply"])
  }

  @Test func aRepeatedSegmentIsHandedOnOnce() {
    var stream = StreamRecorder()
    stream.send("abc", sequence: 1)
    stream.send("abc", sequence: 1)
    stream.send("bc", sequence: 2)
    stream.send("def", sequence: 4)
    #expect(stream.transcript == ["abc", "def"])
    #expect(stream.counts.retransmitted == 2)
  }

  @Test func aKeepAliveProbeBringsNothing() {
    var stream = StreamRecorder()
    stream.send("abc", sequence: 1)
    stream.send("X", sequence: 3)
    stream.send("", sequence: 3)
    stream.send("def", sequence: 4)
    #expect(stream.transcript == ["abc", "def"])
  }

  @Test func ofAnOverlapOnlyTheNewPartIsHandedOn() {
    var stream = StreamRecorder()
    stream.send("abc", sequence: 1)
    stream.send("bcde", sequence: 2)
    #expect(stream.transcript == ["abc", "de"])
    #expect(stream.counts.overlapping == 1)
  }

  @Test func aSegmentAheadOfItsTimeWaits() {
    var stream = StreamRecorder()
    stream.send("", sequence: 0, flags: .syn)
    stream.send("ghi", sequence: 7)
    stream.send("def", sequence: 4)
    #expect(stream.transcript.isEmpty)
    stream.send("abc", sequence: 1)
    #expect(stream.transcript == ["abc", "def", "ghi"])
    #expect(stream.counts.outOfOrder == 2)
    #expect(stream.counts.gaps == 0)
  }

  @Test func waitingSegmentsThatOverlapGiveEachByteOnce() {
    var stream = StreamRecorder()
    stream.send("", sequence: 0, flags: .syn)
    stream.send("cdef", sequence: 3)
    stream.send("de", sequence: 4)
    stream.send("efgh", sequence: 5)
    stream.send("ab", sequence: 1)
    #expect(stream.transcript.joined() == "abcdefgh")
  }

  @Test func sequenceNumbersWrapAround() {
    var stream = StreamRecorder()
    stream.send("", sequence: .max - 3, flags: .syn)
    stream.send("abc", sequence: .max - 2)
    stream.send("ghi", sequence: 3)
    stream.send("def", sequence: 0)
    #expect(stream.transcript == ["abc", "def", "ghi"])
  }

  @Test func theTwoDirectionsAreIndependent() {
    var stream = StreamRecorder()
    stream.send("ab", sequence: 10)
    stream.send("XY", sequence: 500, from: appliance, to: phone)
    stream.send("cd", sequence: 12)
    stream.send("Z", sequence: 502, from: appliance, to: phone)
    #expect(stream.transcript == ["ab", "XY", "cd", "Z"])
    #expect(stream.counts.connections == 1)
    #expect(stream.runs.last?.direction == .init(source: appliance, destination: phone, connection: 1, stream: 1))
  }

  @Test func dataOnTheSYNStartsBehindIt() {
    var stream = StreamRecorder()
    stream.send("ab", sequence: 9, flags: .syn)
    stream.send("cd", sequence: 12)
    #expect(stream.transcript == ["ab", "cd"])
  }

  static let message = (0..<3000).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 3) }

  /// Splits the message at random places, repeats and overlaps some parts, and sends all in random order.
  @Test(arguments: 0..<60 as Range<UInt64>)
  func anyOrderOfAnySegmentsGivesTheMessage(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let origin = UInt32.random(in: 0...(.max), using: &random)
    var parts: [Range<Int>] = []
    var start = 0
    while start < Self.message.count {
      let end = min(Self.message.count, start + Int.random(in: 1...90, using: &random))
      let reachBack = Bool.random(using: &random) ? Int.random(in: 0...min(start, 50), using: &random) : 0
      parts.append(start - reachBack..<end)
      if Int.random(in: 0..<5, using: &random) == 0 { parts.append(start..<end) }
      start = end
    }
    parts.shuffle(using: &random)
    var stream = StreamRecorder()
    stream.send("", sequence: origin &- 1, flags: .syn)
    for part in parts {
      stream.send(Array(Self.message[part]), sequence: origin &+ UInt32(part.lowerBound))
    }
    #expect(stream.runs.flatMap(\.bytes) == Self.message)
    #expect(stream.counts.gaps == 0)
    #expect(stream.runs.allSatisfy { $0.gapBefore == 0 })
  }

  @Test(arguments: [1, 2, 7, 100, 3000])
  func theSizeOfTheSegmentsDoesNotMatter(_ size: Int) {
    var stream = StreamRecorder()
    stream.answer = { .consumed($0.count / 10 * 10) }
    for start in stride(from: 0, to: Self.message.count, by: size) {
      let end = min(Self.message.count, start + size)
      stream.send(Array(Self.message[start..<end]), sequence: 7 &+ UInt32(start))
    }
    let consumed = stream.runs.flatMap { $0.bytes.prefix($0.bytes.count / 10 * 10) }
    #expect(consumed == Self.message)
  }

  @Test func firstSegmentsInTheWrongOrderAreOnePieceWhileNothingIsTaken() {
    var stream = StreamRecorder()
    stream.answer = { $0.first == UInt8(ascii: "a") ? .consumed($0.count) : .consumed(0) }
    stream.send("def", sequence: 103)
    stream.send("abc", sequence: 100)
    stream.send("ghi", sequence: 106)
    #expect(stream.transcript == ["def", "abcdef", "ghi"])
    #expect(stream.counts.outOfOrder == 1)
    #expect(stream.counts.retransmitted == 0)
  }

  @Test func whatComesBeforeTheFirstBytesStandsApartWhenTheyAreTaken() {
    var stream = StreamRecorder()
    stream.send("def", sequence: 103)
    stream.send("abcd", sequence: 100)
    stream.send("abcd", sequence: 100)
    stream.send("ghi", sequence: 106)
    #expect(stream.transcript == ["def", "[early]abc", "ghi"])
    #expect(stream.counts.retransmitted == 2)
  }

  @Test func nothingComesBeforeASYN() {
    var stream = StreamRecorder()
    stream.send("", sequence: 102, flags: .syn)
    stream.send("def", sequence: 103)
    stream.send("abc", sequence: 100)
    #expect(stream.transcript == ["def"])
    #expect(stream.counts.retransmitted == 1)
  }

  @Test func connectionsThatAreForgottenAreNamed() {
    var stream = StreamRecorder(limits: .init(connectionsMax: 1))
    stream.send("a", sequence: 1)
    #expect(stream.reassembler.forgotten.isEmpty)
    #expect(stream.reassembler.latest.connection == 1)
    #expect(!stream.reassembler.latest.isIgnored)
    stream.send("", sequence: 900, flags: .syn)
    #expect(stream.reassembler.forgotten.map(\.connection) == [1])
    stream.send("b", sequence: 1, from: IPEndpoint(address: phone.address, port: 9))
    #expect(stream.reassembler.forgotten.map(\.connection) == [2])
    #expect(stream.reassembler.forgotten.map(\.place) == [0])
    stream.send("c", sequence: 2, from: IPEndpoint(address: phone.address, port: 9))
    #expect(stream.reassembler.forgotten.isEmpty)
  }
}
