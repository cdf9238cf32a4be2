import PacketFormats
import Primitives
import SIPCapture
import TestSupport
import Testing

@Suite struct WebSocketTests {
  static let mask: [UInt8] = [0x37, 0xfa, 0x21, 0x3d]

  @Test(arguments: Extraction.Feed.allCases)
  func everyWebSocketMessageIsASIPMessageOfItsDirection(feed: Extraction.Feed) {
    var extraction = Extraction()
    extraction.connect()
    extraction.segments([WebSockets.request], feed)
    extraction.answers([WebSockets.response], feed)
    // Lengths of one, two and eight bytes, the last in a body as long as a presence document may be.
    let sizes = feed == .byteByByte ? [0, 40, 3_000] : [0, 40, 3_000, 60_000]
    let messages = sizes.enumerated().map { message("m\($0.offset)", body: $0.element) }
    extraction.segments(messages.map { WebSockets.frame($0, mask: Self.mask) }, feed)
    extraction.answers([WebSockets.frame(message("answer"))], feed)
    #expect(extraction.callIDs == sizes.indices.map { "m\($0)" } + ["answer"])
    #expect(extraction.seen.map(\.bodyLength) == sizes + [0])
    #expect(Set(extraction.seen.map(\.transport)) == [.ws])
    #expect(extraction.seen.last?.source == appliance)
    #expect(extraction.account.diagnostics.isEmpty)
  }

  @Test(arguments: Extraction.Feed.allCases)
  func fragmentsArePutTogetherAroundControlFrames(feed: Extraction.Feed) {
    var extraction = Extraction()
    let bytes = message("a", body: 30)
    extraction.segments(
      [
        WebSockets.request, WebSockets.frame(Array(bytes[..<20]), flags: 0, mask: Self.mask),
        WebSockets.frame([1, 2], opcode: 9, mask: Self.mask),
        WebSockets.frame(Array(bytes[20..<70]), opcode: 0, flags: 0, mask: Self.mask),
        WebSockets.frame([], opcode: 10, mask: Self.mask),
        WebSockets.frame(Array(bytes[70...]), opcode: 0, mask: Self.mask),
        WebSockets.frame(Array("\r\n\r\n".utf8), mask: Self.mask), WebSockets.frame(message("b"), mask: Self.mask),
        WebSockets.frame([3, 0xe8], opcode: 8, mask: Self.mask),
      ], feed)
    #expect(extraction.callIDs == ["a", "b"])
    #expect(extraction.account.keepAlives == 4)
    #expect(extraction.account.diagnostics.isEmpty)
  }

  @Test(arguments: Extraction.Feed.allCases, [nil, mask])
  func withoutItsHandshakeAConnectionIsKnownByItsFrames(feed: Extraction.Feed, mask: [UInt8]?) {
    var extraction = Extraction()
    let frames = [message("a"), message("b", body: 300)].map { WebSockets.frame($0, mask: mask) }
    extraction.segments(frames, feed)
    #expect(extraction.callIDs == ["a", "b"])
    #expect(extraction.seen.allSatisfy { $0.transport == .ws })
    #expect(extraction.account.diagnostics.isEmpty)
  }

  @Test(arguments: Extraction.Feed.allCases)
  func aConnectionJoinedWithinAFrameIsTakenUpAtTheNext(feed: Extraction.Feed) {
    var extraction = Extraction()
    let front = Array(WebSockets.frame(message("lost", body: 60), mask: [0x91, 0xa2, 0xb3, 0xc4]).dropFirst(70))
    extraction.segments([front, WebSockets.frame(message("a"), mask: Self.mask)], feed)
    #expect(extraction.callIDs == ["a"])
    #expect(extraction.count(.streamJunk) == front.count)
  }

  @Test func behindAGapTheNextFrameIsFound() {
    var extraction = Extraction()
    extraction.segment(WebSockets.request)
    let lost = WebSockets.frame(message("lost", body: 200), mask: Self.mask)
    extraction.segment(Array(lost[..<50]))
    extraction.segment(Array(lost[150...]) + WebSockets.frame(message("a"), mask: Self.mask), leavingOut: 100)
    extraction.finish()
    #expect(extraction.callIDs == ["a"])
    #expect(extraction.count(.streamGap) == 150)
    #expect(extraction.count(.streamJunk) == lost.count - 150)
  }

  @Test func aRefusedHandshakeMayBeTriedAgain() {
    var extraction = Extraction()
    extraction.connect()
    extraction.segment(WebSockets.request)
    extraction.answer(Array("HTTP/1.1 401 Unauthorized\r\nContent-Length: 5\r\n\r\nagain".utf8))
    extraction.segment(WebSockets.request)
    extraction.answer(WebSockets.response)
    extraction.segment(WebSockets.frame(message("a"), mask: Self.mask))
    extraction.answer(WebSockets.frame(message("b")))
    #expect(extraction.callIDs == ["a", "b"])
    #expect(extraction.account.diagnostics.isEmpty)
  }

  @Test func aCompressedMessageIsReportedAndTheNextOneRead() {
    var extraction = Extraction()
    extraction.segment(WebSockets.request)
    extraction.segment(WebSockets.frame([1, 2, 3], flags: 4, mask: Self.mask))
    extraction.segment(WebSockets.frame([4, 5, 6], opcode: 0, mask: Self.mask))
    extraction.segment(WebSockets.frame(message("a"), mask: Self.mask))
    #expect(extraction.callIDs == ["a"])
    #expect(extraction.account.diagnostics == [.compressedWebSocket: .init(count: 1, firstFrame: 2)])
    #expect(CaptureAccount.Diagnostic.compressedWebSocket.mayHideMessages)
  }

  @Test func messagesThatAreNoSIPAreNamedOnceADirection() {
    var extraction = Extraction()
    extraction.segment(WebSockets.request)
    for _ in 0..<3 { extraction.segment(WebSockets.frame(Array("{\"type\":\"chat\"}".utf8), mask: Self.mask)) }
    extraction.segment(WebSockets.frame(message("a"), mask: Self.mask))
    #expect(extraction.callIDs == ["a"])
    #expect(extraction.account.diagnostics == [.otherStream: .init(count: 1, firstFrame: 2)])
  }

  @Test(arguments: [
    WebSockets.frame([1], opcode: 3), WebSockets.frame([1], flags: 0xa), WebSockets.frame([1], opcode: 9, flags: 0),
    WebSockets.frame([UInt8](repeating: 1, count: 126), opcode: 9), WebSockets.frame([1], width: 2),
    WebSockets.frame([1], width: 8), WebSockets.frame([1], width: 8, length: .max),
    WebSockets.frame([1, 2, 3], opcode: 0), WebSockets.frame([1], opcode: 10, flags: 12),
  ])
  func aFrameAgainstTheRFCCostsNoMessageBehindIt(frame: [UInt8]) {
    var extraction = Extraction()
    extraction.segment(WebSockets.request)
    extraction.segment(frame)
    extraction.segment(WebSockets.frame(message("a"), mask: Self.mask))
    #expect(extraction.callIDs == ["a"])
    #expect(extraction.count(.streamJunk) == frame.count)
  }

  @Test func aLengthThatLiesIsSkippedWithoutBeingKept() {
    var extraction = Extraction()
    extraction.segment(WebSockets.request)
    extraction.segment(WebSockets.frame([1, 2, 3], length: 1 << 40))
    for _ in 0..<10 { extraction.segment([UInt8](repeating: 0x55, count: 60_000)) }
    #expect(extraction.seen.isEmpty)
    #expect(extraction.count(.streamJunk) == 10 + 3 + 600_000)
  }

  @Test func fragmentsWithoutEndAreGivenUp() {
    var extraction = Extraction()
    extraction.segment(WebSockets.request)
    extraction.segment(WebSockets.frame([UInt8](repeating: 1, count: 60_000), flags: 0))
    for _ in 0..<5 { extraction.segment(WebSockets.frame([UInt8](repeating: 1, count: 60_000), opcode: 0, flags: 0)) }
    extraction.segment(WebSockets.frame([1], opcode: 0))
    extraction.segment(WebSockets.frame(message("a")))
    #expect(extraction.callIDs == ["a"])
    #expect(extraction.count(.streamUnfinished) == 240_000)
  }

  @Test(arguments: ["GET / HTTP/1.1\r\nHost: h\r\n\r\n", "POST /login HTTP/1.0\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n"])
  func webTrafficIsAnotherProtocol(head: String) {
    var extraction = Extraction()
    extraction.segment(Array(head.utf8))
    extraction.segment(message("not read"))
    #expect(extraction.seen.isEmpty)
    #expect(extraction.account.diagnostics == [.otherStream: .init(count: 1, firstFrame: 1)])
    #expect(extraction.account.fates.map(\.fate) == [.otherStream])
  }

  @Test func aHandshakeWithoutEndIsGivenUp() {
    var extraction = Extraction()
    extraction.segment(Array("GET / HTTP/1.1\r\n".utf8))
    for _ in 0..<20 { extraction.segment(Array("X: \(String(repeating: "y", count: 1000))\r\n".utf8)) }
    #expect(extraction.account.diagnostics.keys.map(\.name) == ["other-stream"])
  }
}
