import PacketFormats
import Primitives
import TestSupport
import Testing

/// Hands packets to an assembler, one frame each, and writes down what comes of them.
struct MessageRecorder {
  private var assembler: SCTPAssembler
  private var frames = 0
  private(set) var messages: [[UInt8]] = []
  private(set) var cut: [Bool] = []
  private(set) var lost: [SCTPAssembler.Loss] = []
  private(set) var readings: [SCTPAssembler.Reading] = []

  init(limits: SCTPAssembler.Limits = .init()) {
    assembler = SCTPAssembler(limits: limits)
  }

  mutating func receive(_ chunks: [[UInt8]], from port: UInt16 = 5060, tag: UInt32 = 9, dropping count: Int = 0) {
    let sctp = Packets.sctp(chunks, from: port, tag: tag)
    let packet = Packets.ipv4(sctp, protocolNumber: 132, from: phone.address, to: appliance.address)
    let frame = Array(packet.dropLast(count))
    frames += 1
    guard case .sctp(let packet) = decode(frame, linkType: .rawIP) else { return }
    let reading = frame.withUnsafeBytes {
      assembler.accept(packet, frame: $0, from: CapturePlace(frame: frames)) {
        messages.append(Array($0))
        cut.append($1)
      } lost: {
        lost.append($0)
      }
    }
    readings.append(reading)
  }

  mutating func finish() {
    assembler.finish { lost.append($0) }
  }
}

struct SCTPTests {
  let first = Array("first message".utf8)
  let second = Array("second".utf8)

  @Test func thePacketsEndpointsTagAndChunksAreFound() {
    let sctp = Packets.sctp([Packets.data(text, transmission: 1)], from: 5070, to: 5060, tag: 0xdead_beef)
    let expected: (UInt8) -> FrameContent = { start in
      .sctp(
        SCTPPacket(
          source: IPEndpoint(address: phone.address, port: 5070), destination: appliance,
          verificationTag: 0xdead_beef, chunks: Int(start) + 12..<Int(start) + sctp.count))
    }
    let packet = Packets.ipv4(sctp, protocolNumber: 132, from: phone.address, to: appliance.address)
    #expect(decode(packet, linkType: .rawIP) == expected(20))
    // RFC 6951.
    let udp = Packets.ipv4(
      Packets.udp(sctp, from: 9899, to: 33_000), protocolNumber: 17, from: phone.address, to: appliance.address)
    #expect(decode(udp, linkType: .rawIP) == expected(28))
  }

  @Test func everyUserMessageIsHandedOnBundledOrNot() {
    var recorder = MessageRecorder()
    recorder.receive([Packets.data(first, transmission: 1)])
    recorder.receive([
      Packets.chunk(type: 3, [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]), Packets.data(second, transmission: 2),
      Packets.data(first, transmission: 3, stream: 4), Packets.interleavedData(second, transmission: 4),
    ])
    #expect(recorder.messages == [first, second, first, second])
    #expect(recorder.readings.map(\.messages) == [1, 3])
    #expect(recorder.readings.allSatisfy { $0.error == nil })
  }

  @Test(arguments: [UInt8(1), 3, 4, 5, 6, 7, 10, 14, 15, 130, 192])
  func chunksWithoutUserDataBringNothing(_ type: UInt8) {
    var recorder = MessageRecorder()
    recorder.receive([Packets.chunk(type: type, [1, 2, 3, 4, 5])])
    #expect(recorder.readings == [.init()])
  }

  @Test func aChunkSentAgainIsHandedOnOnce() {
    var recorder = MessageRecorder()
    recorder.receive([Packets.data(first, transmission: 1)])
    recorder.receive([Packets.data(first, transmission: 1), Packets.data(second, transmission: 2)])
    // Another association, and a sender that never raises its number.
    recorder.receive([Packets.data(first, transmission: 1)], tag: 10)
    recorder.receive([Packets.data(second, transmission: 1)], tag: 10)
    #expect(recorder.messages == [first, second, first, second])
    #expect(recorder.readings.map(\.repeated) == [0, 1, 0, 0])
  }

  @Test(arguments: 0..<80 as Range<UInt64>)
  func piecesInAnyOrderWithCopiesGiveTheMessages(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    // Some begin in front of the wrap of the numbers.
    let base = UInt32(truncatingIfNeeded: Int.random(in: -20...20, using: &random))
    var transmission = base
    var chunks: [[UInt8]] = []
    var expected: [[UInt8]] = []
    for number in 0..<UInt16(8) {
      let message = (0..<Int.random(in: 4...400, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
      expected.append(message)
      let count = min(message.count, Int.random(in: 1...6, using: &random))
      let isInterleaved = Bool.random(using: &random)
      let unordered: UInt8 = Bool.random(using: &random) ? 4 : 0
      for index in 0..<count {
        let piece = Array(message[message.count * index / count..<message.count * (index + 1) / count])
        let flags = unordered | (index == 0 ? 2 : 0) | (index == count - 1 ? 1 : 0)
        chunks.append(
          isInterleaved
            ? Packets.interleavedData(
              piece, transmission: transmission, flags: flags, message: UInt32(number),
              position: index == 0 ? 0xffff : UInt32(index))
            : Packets.data(piece, transmission: transmission, flags: flags, number: number))
        transmission &+= 1
      }
    }
    for _ in 0..<6 { chunks.append(random.pick(chunks)) }
    chunks.shuffle(using: &random)
    var recorder = MessageRecorder()
    while !chunks.isEmpty {
      let count = min(chunks.count, Int.random(in: 1...3, using: &random))
      recorder.receive(Array(chunks.prefix(count)))
      chunks.removeFirst(count)
    }
    recorder.finish()
    let order: ([UInt8], [UInt8]) -> Bool = { $0.lexicographicallyPrecedes($1) }
    #expect(recorder.messages.sorted(by: order) == expected.sorted(by: order))
    #expect(recorder.lost.isEmpty)
    #expect(recorder.readings.reduce(0) { $0 + $1.repeated } == 6)
  }

  @Test func aMissingPieceIsToldAtTheEnd() {
    var recorder = MessageRecorder()
    recorder.receive([Packets.data(second, transmission: 1)])
    recorder.receive([Packets.data(first, transmission: 2, flags: 2)])
    recorder.receive([Packets.data(first, transmission: 4, flags: 1)])
    recorder.finish()
    #expect(recorder.messages == [second])
    #expect(recorder.readings.map(\.kept) == [0, 1, 1])
    #expect(recorder.lost == [.init(pieces: 2, first: .init(frame: 2))])
  }

  @Test func cutChunksGiveWhatThereIs() {
    var recorder = MessageRecorder()
    recorder.receive([Packets.data(text, transmission: 1)], dropping: 6)
    // One of the six fills up the chunk.
    #expect(recorder.messages == [Array(text.dropLast(5))])
    #expect(recorder.cut == [true])
    let half = text.count / 2
    recorder.receive([Packets.data(Array(text[..<half]), transmission: 2, flags: 2)], dropping: 4)
    recorder.receive([Packets.data(Array(text[half...]), transmission: 3, flags: 1)])
    #expect(recorder.messages.last == Array(text[..<half].prefix((half + 3) / 4 * 4 - 4)))
    #expect(recorder.cut == [true, true])
  }

  @Test func everyCutOfAPacketIsReadWithoutHarm() {
    let chunks = [
      Packets.chunk(type: 3, [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]), Packets.data(first, transmission: 1),
      Packets.interleavedData(second, transmission: 2),
    ]
    let length = Packets.sctp(chunks).count
    for count in 0...length {
      var recorder = MessageRecorder()
      recorder.receive(chunks, dropping: count)
      #expect(recorder.messages.count <= 2)
      #expect(recorder.readings.isEmpty == (length - count < 12))
      for (message, isCut) in zip(recorder.messages, recorder.cut) {
        #expect(isCut != (message == first || message == second))
      }
    }
  }

  @Test(arguments: [
    (0, 4, 0), (3, 4, 3), (15, 17, 15), (16, 17, 16), (1000, 1000, 36),
  ])
  func aChunkLengthThatCannotBeIsLocatedAndWhatCameBeforeIsRead(_ length: Int, _ required: Int, _ available: Int) {
    var recorder = MessageRecorder()
    let good = Packets.data(second, transmission: 1)
    recorder.receive([good, Packets.data([UInt8](repeating: 7, count: 20), transmission: 2, length: length)])
    #expect(recorder.messages == [second])
    let error = recorder.readings.first?.error
    #expect(error?.layer == .sctpChunk)
    #expect(error?.offset == 32 + good.count)
    #expect(error?.required == required)
    #expect(error?.available == available)
    #expect(error?.source == (length == 1000 ? .capturedFrame : .sctpChunkLength))
  }
}

struct SCTPLimitTests {
  func piece(_ transmission: UInt32, length: Int = 100) -> [UInt8] {
    Packets.data([UInt8](repeating: 7, count: length), transmission: transmission, flags: 0)
  }

  @Test func tooManyPiecesOfADirectionAreGivenUp() {
    var recorder = MessageRecorder(limits: .init(piecesPerDirectionMax: 10))
    for transmission in 0..<25 as Range<UInt32> { recorder.receive([piece(transmission * 2)]) }
    #expect(recorder.lost == [.init(pieces: 11, first: .init(frame: 1)), .init(pieces: 11, first: .init(frame: 12))])
  }

  @Test func tooManyBytesOfADirectionAreGivenUp() {
    var recorder = MessageRecorder(limits: .init(bytesPerDirectionMax: 1000))
    for transmission in 0..<7 as Range<UInt32> { recorder.receive([piece(transmission)]) }
    #expect(recorder.lost == [.init(pieces: 7, first: .init(frame: 1))])
  }

  @Test func tooManyBytesInAllForgetTheLeastActiveDirection() {
    var recorder = MessageRecorder(limits: .init(bytesMax: 1000))
    for port in 1..<5 as Range<UInt16> { recorder.receive([piece(1), piece(2)], from: port) }
    #expect(recorder.lost == [.init(pieces: 2, first: .init(frame: 1))])
  }

  @Test func tooManyDirectionsForgetTheLeastActiveOne() {
    var recorder = MessageRecorder(limits: .init(directionsMax: 2))
    recorder.receive([piece(1)], from: 1)
    recorder.receive([piece(1)], from: 2)
    recorder.receive([piece(2)], from: 1)
    recorder.receive([piece(1)], from: 3)
    #expect(recorder.lost == [.init(pieces: 1, first: .init(frame: 2))])
    recorder.finish()
    #expect(recorder.lost.reduce(0) { $0 + $1.pieces } == 4)
  }
}
