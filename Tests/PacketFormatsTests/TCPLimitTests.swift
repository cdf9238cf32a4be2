import PacketFormats
import Primitives
import TestSupport
import Testing

struct TCPLimitTests {
  func endpoint(_ number: Int) -> IPEndpoint {
    IPEndpoint(address: phone.address, port: UInt16(truncatingIfNeeded: 20_000 + number))
  }

  @Test func tooManySegmentsBehindAHoleGiveItUp() {
    var stream = StreamRecorder(limits: .init(outOfOrderSegmentsMax: 2))
    stream.send("a", sequence: 1)
    for sequence in [5, 7, 9] as [UInt32] { stream.send("x", sequence: sequence) }
    #expect(stream.transcript == ["a", "[3]x"])
    #expect(stream.counts.holesOverLimit == 1)
    #expect(stream.counts.outOfOrder == 3)
  }

  @Test func tooManyBytesBehindAHoleGiveItUp() {
    var stream = StreamRecorder(limits: .init(bufferedBytesPerDirectionMax: 10))
    stream.send("a", sequence: 1)
    stream.send("bcdefghi", sequence: 5)
    #expect(stream.transcript == ["a"])
    stream.send("nop", sequence: 20)
    #expect(stream.transcript == ["a", "[3]bcdefghi"])
    #expect(stream.counts.holesOverLimit == 1)
  }

  @Test func aConsumerThatNeverTakesAnythingIsCutOff() {
    var stream = StreamRecorder(limits: .init(bufferedBytesPerDirectionMax: 4))
    stream.answer = { _ in .consumed(0) }
    stream.send("abc", sequence: 1)
    stream.send("def", sequence: 4)
    stream.send("ghi", sequence: 7)
    #expect(stream.transcript == ["abc", "abcdef", "[6]ghi"])
    #expect(stream.counts.leftBytesOverLimit == 1)
    #expect(stream.counts.bytesAbandoned == 6)
  }

  @Test func theLeastRecentlyActiveConnectionMakesRoom() {
    var stream = StreamRecorder(limits: .init(connectionsMax: 2))
    stream.send("a", sequence: 1, from: endpoint(1))
    stream.send("b", sequence: 1, from: endpoint(2))
    stream.send("waits", sequence: 9, from: endpoint(2))
    stream.send("a", sequence: 2, from: endpoint(1))
    stream.send("c", sequence: 1, from: endpoint(3))
    #expect(stream.transcript == ["a", "b", "a", "[7]waits", "c"])
    #expect(stream.reassembler.connectionCount == 2)
    #expect(stream.counts.connectionsForgottenForTableSize == 1)
    stream.send("A", sequence: 3, from: endpoint(1))
    stream.send("B", sequence: 100, from: endpoint(2))
    #expect(stream.runs.suffix(2).map(\.direction.connection) == [1, 4])
  }

  @Test func aConnectionThatEndedIsForgottenWithoutLoss() {
    var stream = StreamRecorder(limits: .init(connectionsMax: 1))
    stream.send("a", sequence: 1, from: endpoint(1))
    stream.send("", sequence: 2, flags: [.ack, .fin], from: endpoint(1))
    stream.send("b", sequence: 1, from: endpoint(2))
    #expect(stream.counts.connectionsForgottenForTableSize == 0)
    #expect(stream.reassembler.connectionCount == 1)
  }

  @Test func anIdleConnectionIsForgottenAndHandsOnWhatWaits() {
    var stream = StreamRecorder(limits: .init(idle: .seconds(60)))
    stream.send("a", sequence: 1, from: endpoint(1))
    stream.send("c", sequence: 3, from: endpoint(1), at: 10)
    stream.send("x", sequence: 1, from: endpoint(2), at: 70)
    #expect(stream.transcript == ["a", "x"])
    stream.send("y", sequence: 2, from: endpoint(2), at: 71)
    #expect(stream.transcript == ["a", "x", "[1]c", "y"])
    #expect(stream.counts.connectionsForgottenIdle == 1)
  }

  @Test func aClockThatStepsBackForgetsNobody() {
    var stream = StreamRecorder(limits: .init(idle: .seconds(60)))
    stream.send("a", sequence: 1, from: endpoint(1), at: 1000)
    stream.send("x", sequence: 1, from: endpoint(2), at: -1_000_000)
    stream.send("b", sequence: 2, from: endpoint(1), at: 1000)
    #expect(stream.counts.connections == 2)
  }

  @Test func theMemoryOfAllConnectionsTogetherIsBounded() {
    var stream = StreamRecorder(limits: .init(bufferedBytesMax: 1000))
    stream.answer = { _ in .consumed(0) }
    for number in 0..<100 {
      stream.send([UInt8](repeating: 1, count: 99), sequence: 1, from: endpoint(number))
    }
    #expect(stream.reassembler.connectionCount == 10)
    #expect(stream.counts.connectionsForgottenForMemory == 90)
    #expect(stream.counts.bytesAbandoned == 90 * 99)
  }

  @Test(arguments: [0, -1])
  func limitsWithoutRoomStillHandOnWhatComesInOrder(_ limit: Int) {
    var stream = StreamRecorder(
      limits: .init(
        connectionsMax: limit, bufferedBytesPerDirectionMax: limit, bufferedBytesMax: limit,
        outOfOrderSegmentsMax: limit, idle: .init(nanoseconds: 0)))
    stream.send("ab", sequence: 1)
    stream.send("cd", sequence: 3)
    stream.send("gh", sequence: 7)
    #expect(stream.transcript == ["ab", "cd", "[2]gh"])
  }

  @Test func theEndOfTheTraceComesInTheOrderOfLastActivity() {
    var stream = StreamRecorder()
    for number in [3, 1, 2] {
      stream.send("a", sequence: 1, from: endpoint(number))
      stream.send("c", sequence: 3, from: endpoint(number))
    }
    stream.send("", sequence: 4, from: endpoint(3))
    stream.finish()
    #expect(stream.runs.suffix(3).map(\.direction.source) == [endpoint(1), endpoint(2), endpoint(3)])
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func nonsenseNeverTrapsNorGrows(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var stream = StreamRecorder(
      limits: .init(
        connectionsMax: 4, bufferedBytesPerDirectionMax: 200, bufferedBytesMax: 600, outOfOrderSegmentsMax: 5,
        idle: .seconds(50)))
    stream.answer = { $0.count % 7 == 0 ? .consumed($0.count) : .consumed($0.count % 3) }
    for step in 0..<1500 {
      let ends = [endpoint(Int.random(in: 0..<3, using: &random)), endpoint(Int.random(in: 0..<3, using: &random))]
      let isNear = Int.random(in: 0..<20, using: &random) > 0
      let sequence = isNear ? UInt32.random(in: 0..<300, using: &random) : .random(in: 0...(.max), using: &random)
      stream.send(
        [UInt8](repeating: 1, count: Int.random(in: 0..<60, using: &random)), sequence: sequence,
        flags: TCPFlags(rawValue: .random(in: 0...31, using: &random)),
        acknowledgment: .random(in: 0..<400, using: &random), from: ends[0], to: ends[1],
        lengthOnWire: Int.random(in: 0..<80, using: &random), at: Int64(step + .random(in: -30...30, using: &random)))
      #expect(stream.reassembler.connectionCount <= 4)
    }
    stream.finish()
    #expect(stream.counts.segments == 1500)
  }
}
