import Primitives
import SIP
import TestSupport
import Testing

@Suite struct StreamFramingTests {
  static let options = "OPTIONS sip:b@h SIP/2.0\r\nCall-ID: x\r\nContent-Length: 0\r\n\r\n"
  static let withBody = "SIP/2.0 200 OK\nl: 22\n\nINVITE sip:c@h SIP/2.0"

  static let steps: [(text: String, step: StreamFraming.Step)] = [
    (options, .message(length: options.utf8.count)), (options + "more", .message(length: options.utf8.count)),
    (withBody, .message(length: withBody.utf8.count)), (String(withBody.dropLast()), .needMore),
    // Without a Content-Length a message in a stream has no body (RFC 3261 section 18.3 makes it mandatory).
    ("BYE sip:b@h SIP/2.0\n\nrest", .message(length: 21)), ("BYE sip:b@h SIP/2.0\nl: x\n\nrest", .message(length: 26)),
    ("BYE sip:b@h SIP/2.0\nl: -4\n\nrest", .message(length: 27)),
    ("BYE sip:b@h SIP/2.0\nl: 4000000000\n\nrest", .message(length: 35)),
    // Framed like any other; the parser refuses them.
    ("BYE sip:b@h SIP/3.0\nl: 4\n\nrest!", .message(length: 30)), ("SIP/2.0 99 X\nl: 4\n\nrest!", .message(length: 23)),
    ("\r\n\r\n", .keepAlive(length: 4)), ("\r\n" + options, .keepAlive(length: 2)), ("\n", .keepAlive(length: 1)),
    ("", .needMore), ("O", .needMore), ("OPTIONS sip:b@h SIP/2.0", .needMore),
    ("OPTIONS sip:b@h SIP/2.0\r\n", .needMore),
    ("\u{1}\u{2}", .needMore), (String(options.dropLast()), .needMore), (String(options.dropLast(2)), .needMore),
    ("a=rtpmap:8 PCMA/8000\r\n" + options, .junk(length: 22)), ("GET / HTTP/1.1\r\n", .junk(length: 16)),
    ("Via: SIP/2.0/TCP h\r\n", .junk(length: 20)), (" INVITE sip:b@h SIP/2.0\r\n", .junk(length: 25)),
    // The last line of a message/sipfrag body, met behind a gap.
    ("SIP/2.0 100 Trying\r\n" + options, .junk(length: 20)),
  ]

  @Test(arguments: steps)
  func theFrontOfAStreamIsKnown(text: String, step: StreamFraming.Step) {
    #expect(withText(text) { StreamFraming.step($0.bytes) } == step)
  }

  @Test func noLineHeadOrBodyIsWaitedForWithoutEnd() {
    let line = [UInt8](repeating: UInt8(ascii: "a"), count: StreamFraming.startLineBytesMax)
    #expect(step(Array(line.dropLast())) == .needMore)
    #expect(step(line) == .junk(length: StreamFraming.startLineBytesMax))
    #expect(step(line + Array("\r\n".utf8)) == .junk(length: StreamFraming.startLineBytesMax))

    let start = Array("BYE sip:b@h SIP/2.0\n".utf8)
    let header = Array("X: \(String(repeating: "y", count: StreamFraming.headBytesMax - start.count - 3))".utf8)
    #expect(step(start + header.dropLast()) == .needMore)
    #expect(step(start + header) == .junk(length: start.count))
    #expect(step(start + header + Array("\n\n".utf8)) == .junk(length: start.count))

    let longest = Array("BYE sip:b@h SIP/2.0\nl: \(StreamFraming.bodyBytesMax)\n\n".utf8)
    #expect(step(longest) == .needMore)
    let longer = Array("BYE sip:b@h SIP/2.0\nl: \(StreamFraming.bodyBytesMax + 1)\n\n".utf8)
    #expect(step(longer) == .message(length: longer.count))
  }

  @Test(arguments: [
    ("</presence>SIP/2.0 200 OK\r\n", 11), ("xxxxINVITE sip:b@h SIP/2.0\r\n", 4),
    ("\0SUBSCRIBE tel:1 SIP/2.0\n", 1), ("{}ACK sips:b@h SIP/2.0\r\n", 2), ("INVITE sip:b@h SIP/2.0\r\n", nil),
    ("FOO sip:b@h SIP/2.0\r\n", nil), ("SIP/2.0 200 OK\r\n", nil),
  ])
  func whereTheNextStartLineIsLookedForItMayStandBehindTheEndOfABody(text: String, junk: Int?) {
    var progress = StreamFraming.Progress(isSeeking: true)
    let step = withText(text) { StreamFraming.step($0.bytes, &progress) }
    #expect(step == (junk.map { .junk(length: $0) } ?? .needMore))
  }

  @Test(arguments: ["XACK sip:b@h SIP/2.0\r\n\r\n", "xxxxINVITE sip:b@h SIP/2.0\r\n\r\n"])
  func elsewhereAMethodNobodyKnowsIsOne(text: String) {
    #expect(step(Array(text.utf8)) == .message(length: text.utf8.count))
  }

  @Test func aHeadWithoutEndIsGivenUpToItsLastStartLine() {
    let lines = Array(String(repeating: "A a SIP/2.0\nb: c\n", count: 3_900).utf8)
    let end = Array("BYE sip:b@h SIP/2.0\nl: ".utf8)
    let head = lines.prefix(StreamFraming.headBytesMax / 17 * 17 - 170) + end
    let filler = [UInt8](repeating: 65, count: StreamFraming.headBytesMax - head.count)
    #expect(step(head + filler) == .junk(length: head.count - end.count))
  }

  /// What a stream may hold, in the order a generator chooses.
  static let pieces = [
    options, withBody, "\r\n\r\n", "\r\n", "a=sendrecv\r\n", "half a line \u{1}", "\0\0", "SIP/2.0 100 Trying\r\n",
    "INVITE sip:b@h SIP/2.0\r\nv: SIP/2.0/TCP h\r\n ;branch=1\r\nl: 7\r\n\r\nv=0\r\n\r\n",
    "MESSAGE sip:b@h SIP/2.0\nl: 2\n\n\n\n",
    "BYE sip:b@h SIP/3.0\r\nl: 3\r\n\r\nabc", "SIP/2.0 42 X\r\nl: 0\r\n\r\n", "Via: SIP/2.0/TCP h\r\nl: 5\r\n\r\n",
  ]

  @Test(arguments: 0..<60 as Range<UInt64>)
  func theMessagesAreTheSameInWhateverPortionsTheyArrive(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let stream = (0..<12).flatMap { _ in Array((Self.pieces.randomElement(using: &generator) ?? "").utf8) }
    let whole = messages(in: stream) { stream.count }
    #expect(messages(in: stream) { 1 } == whole)
    #expect(messages(in: stream) { Int.random(in: 1...40, using: &generator) } == whole)
  }

  @Test(arguments: 0..<60 as Range<UInt64>)
  func messagesStayApartWhatFollowsThem(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let whole = [Self.options, Self.withBody, Self.pieces[8], Self.pieces[9]]
    let chosen = (0..<8).map { _ in Array((whole.randomElement(using: &generator) ?? "").utf8) }
    let blanks = chosen.map { $0 + (Bool.random(using: &generator) ? [13, 10] : []) }
    #expect(messages(in: chosen.flatMap { $0 }) { 1 } == chosen)
    #expect(messages(in: blanks.flatMap { $0 }) { 3 } == chosen)
  }

  @Test(arguments: 0..<200 as Range<UInt64>)
  func everyStepStaysWithinTheBytes(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var stream = Self.pieces.shuffled(using: &generator).flatMap { Array($0.utf8) }
    for _ in 0..<10 {
      stream[Int.random(in: stream.indices, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
    }
    var rest = stream[...]
    while !rest.isEmpty {
      let length: Int
      switch step(Array(rest)) {
      case .message(let count), .keepAlive(let count), .junk(let count): length = count
      case .needMore: return
      }
      #expect((1...rest.count).contains(length))
      rest = rest.dropFirst(max(1, length))
    }
  }

  @Test(arguments: [options, withBody, pieces[8], pieces[9], "MESSAGE sip:b@h SIP/2.0\nl:\n 9\n\n\r\nBYE x\n\n"])
  func aMessageCutAtAnyByteNeedsMore(text: String) {
    let message = Array(text.utf8)
    for length in message.indices {
      #expect(step(Array(message[..<length])) == .needMore, "cut at \(length)")
    }
    #expect(step(message) == .message(length: message.count))
  }

  private func step(_ bytes: [UInt8]) -> StreamFraming.Step {
    withText(bytes) { StreamFraming.step($0.bytes) }
  }

  /// The messages of a stream that comes in portions.
  private func messages(in stream: [UInt8], portion: () -> Int) -> [[UInt8]] {
    var found: [[UInt8]] = []
    var buffer: [UInt8] = []
    var progress = StreamFraming.Progress()
    var arrived = 0
    while arrived < stream.count {
      let end = min(stream.count, arrived + portion())
      buffer += stream[arrived..<end]
      arrived = end
      reading: while true {
        switch withText(buffer, { StreamFraming.step($0.bytes, &progress) }) {
        case .needMore: break reading
        case .message(let length):
          found.append(Array(buffer.prefix(length)))
          buffer.removeFirst(length)
        case .keepAlive(let length), .junk(let length): buffer.removeFirst(length)
        }
      }
    }
    return found
  }
}
