import PacketFormats
import Primitives
import SIPCapture
import TestSupport
import Testing

/// Streams of anything, cut, changed, lost and repeated anyhow.
@Suite struct HostileStreamTests {
  static let mask: [UInt8] = [0x37, 0xfa, 0x21, 0x3d]

  static let pieces: [[UInt8]] = [
    message("a", body: 9), message("b"), [13, 10, 13, 10], WebSockets.request, WebSockets.response,
    WebSockets.frame(message("c"), mask: mask), WebSockets.frame(message("d", body: 200)),
    WebSockets.frame(Array(message("e").prefix(20)), flags: 0), WebSockets.frame([1, 2, 3], opcode: 0),
    WebSockets.frame([], opcode: 9), WebSockets.frame([1], flags: 12), WebSockets.frame([1], length: 1 << 61),
    HEPTests.packet("f"), HEPTests.packet("g", type: 100), Array(HEPTests.packet("h").prefix(40)),
    [0x16, 3, 1, 0, 4, 1, 0, 0, 0], [0x14, 3, 3, 0, 1, 1], [0x17, 3, 3, 0, 3, 1, 2, 3], [0x17, 3, 3, 0xff, 0xff],
    Array("HTTP/1.1 401 No\r\nContent-Length: 4294967295\r\n\r\n".utf8), Array("SSH-2.0-x\r\n".utf8),
    Array("SIP/2.0 200 OK\r\n".utf8), Array("l: 99999\r\n".utf8), [0], [0x81], [0xff, 0xff, 0xff],
    Array("</xml>INVITE sip:b@h SIP/2.0\r\n".utf8), [UInt8](repeating: 10, count: 30),
  ]

  @Test(arguments: 0..<150 as Range<UInt64>)
  func everyFrameHasOneFateAndNothingTraps(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var extraction = Extraction()
    if Bool.random(using: &generator) { extraction.connect() }
    for direction in 0..<2 {
      var stream = (0..<20).flatMap { _ in Self.pieces.randomElement(using: &generator) ?? [] }
      for _ in 0..<Int.random(in: 0...8, using: &generator) {
        stream[Int.random(in: stream.indices, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
      }
      for frame in Self.frames(stream, isAnswer: direction == 1, &generator) { extraction.receive(frame) }
    }
    extraction.finish()
    let account = extraction.account
    #expect(account.fates.reduce(0) { $0 + $1.tally.frames } == account.frames)
    #expect(account.fates.reduce(0) { $0 + $1.tally.bytes } == account.bytes)
    #expect(account.fates.reduce(0) { $0 + $1.tally.messages } + account.messagesAtEnd == account.messages)
    #expect(account.messages == extraction.seen.count)
    #expect(account.diagnostics.values.allSatisfy { $0.count > 0 })
  }

  /// Segments of random sizes, some lost, repeated or out of their order.
  private static func frames(_ stream: [UInt8], isAnswer: Bool, _ generator: inout SeededGenerator) -> [[UInt8]] {
    var frames: [[UInt8]] = []
    var start = 0
    while start < stream.count {
      let end = min(stream.count, start + Int.random(in: 1...300, using: &generator))
      let frame = Packets.tcpFrame(
        Array(stream[start..<end]), from: isAnswer ? appliance : phone, to: isAnswer ? phone : appliance,
        sequence: UInt32(1 + start), flags: Int.random(in: 0..<40, using: &generator) == 0 ? [.ack, .fin] : .ack)
      switch Int.random(in: 0..<12, using: &generator) {
      case 0: break
      case 1: frames += [frame, frame]
      case 2 where !frames.isEmpty: frames.insert(frame, at: frames.count - 1)
      default: frames.append(frame)
      }
      start = end
    }
    return frames
  }

  /// The same stream gives the same messages however it is cut.
  @Test(arguments: 0..<60 as Range<UInt64>)
  func theCutsMakeNoDifference(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let isWebSocket = Bool.random(using: &generator)
    let pieces = (0..<12).compactMap { _ in
      (isWebSocket ? Self.pieces[5...9] : Self.pieces[0...2]).randomElement(using: &generator)
    }
    var seen: [[String]] = []
    for feed in Extraction.Feed.allCases {
      var extraction = Extraction()
      extraction.connect()
      extraction.segments((isWebSocket ? [WebSockets.request] : []) + pieces, feed)
      extraction.finish()
      seen.append(extraction.callIDs)
    }
    #expect(seen[0] == seen[1])
    #expect(seen[0] == seen[2])
  }

  /// Each of them keeps less than a direction may, all together more than there is room for.
  @Test func manyMessagesInTheMakingAreGivenUpPastABound() {
    var extraction = Extraction(limits: .init(bufferedBytesMax: 10_000))
    let fragment = WebSockets.frame([UInt8](repeating: 7, count: 600), opcode: 0, flags: 0)
    let first = WebSockets.frame([UInt8](repeating: 7, count: 600), flags: 0)
    for port in 0..<20 as Range<UInt16> {
      let source = IPEndpoint(address: phone.address, port: 10_000 + port)
      var sequence: UInt32 = 1
      for part in [WebSockets.request, first, fragment] {
        extraction.receive(Packets.tcpFrame(part, from: source, to: appliance, sequence: sequence))
        sequence += UInt32(part.count)
      }
    }
    // There is room for eight messages of 1,200 bytes; of the others each half is given up as it comes.
    #expect(extraction.count(.streamUnfinished) >= 11 * 600)
    #expect(extraction.count(.streamUnfinished) <= 12 * 1_200)
    // A message that needs no keeping is read all the same.
    extraction.segment(WebSockets.frame(message("a")))
    #expect(extraction.callIDs == ["a"])
  }
}
