import Primitives
import SIP
import TestSupport
import Testing

/// Parse, print, parse: what was printed stays as it is, and says the same.
@Suite struct PrintingLawTests {
  @Test func aMessageIsPrintedTidily() throws {
    let text = "INVITE  sip:b@h   SIP/2.0\nv :SIP/2.0/UDP h\n ;branch=1\nX-oDd:  y \nt:\nno header\nl:1\n\nab"
    try withMessage(text) { message in
      let expected =
        "INVITE sip:b@h SIP/2.0\r\nVia: SIP/2.0/UDP h ;branch=1\r\nX-oDd: y\r\nTo: \r\nContent-Length: 1\r\n\r\na"
      #expect(String(decoding: message.printed, as: UTF8.self) == expected)
    }
  }

  /// Made-up messages of both kinds, with folds, compact names, odd blanks, bytes that are no UTF-8, and bodies.
  private static func message(_ generator: inout SeededGenerator) -> [UInt8] {
    let end = generator.pick(["\r\n", "\n"])
    let starts = ["INVITE sip:b@h SIP/2.0", "SIP/2.0 200 OK", "SIP/2.0 100 ", "X!  tel:+1  sip/2.0 "]
    let headers = [
      "v: SIP/2.0/UDP h;branch=z\(end)\t;rport", "From : \"a \\\"b\" <sip:a@h>\(end)  ;tag=1", "TO:<sip:b@h>", "i:x",
      "Cseq: 1\(end) BYE",
      "m: *", "X-Own:  a\(end) \(end)  b ", "Subject:", "no header", "l: 3", "Content-Length: x", "e: a,,b",
      "x: \u{fffd}é",
    ]
    var bytes = Array((generator.pick(["", end]) + generator.pick(starts) + end).utf8)
    for _ in 0..<Int.random(in: 0...8, using: &generator) { bytes += Array((generator.pick(headers) + end).utf8) }
    bytes += Array((end + generator.pick(["", "abc", "v=0\r\n\r\n", "\0\u{ff}"])).utf8)
    if Int.random(in: 0..<3, using: &generator) == 0 {
      let index = Int.random(in: bytes.indices, using: &generator)
      bytes[index] = UInt8.random(in: 0...255, using: &generator)
    }
    return bytes
  }

  @Test(arguments: 0..<1500 as Range<UInt64>)
  func printingWhatWasPrintedChangesNothing(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    guard let (once, facts) = try? withMessage(Self.message(&generator), { ($0.printed, Self.facts($0)) }) else {
      return
    }
    try withMessage(once) { printed in
      #expect(printed.printed == once)
      #expect(Self.facts(printed) == facts)
      #expect(printed.oddities == [])
    }
  }

  private static func facts(_ message: SIPMessage) -> [String] {
    var facts = ["\(message.method.map { "\($0)" } ?? "")", "\(message.status ?? 0)", message.requestURI?.string ?? ""]
    facts += [message.callID?.unfolded ?? "", message.cseq.map { "\($0.number) \($0.methodText.string)" } ?? ""]
    facts += [message.from?.uri.unfolded ?? "", message.from?.tag?.unfolded ?? "", message.to?.uri.unfolded ?? ""]
    message.forEachHeader { name, value in
      if !name.equalsIgnoringCase("l"), !name.equalsIgnoringCase("Content-Length") { facts.append(value.unfolded) }
    }
    return facts + [message.body.string]
  }

  /// Streams with all that may stand between and within messages.
  @Test(arguments: 0..<40 as Range<UInt64>)
  func aStreamIsTheSameWholeGluedAndOneByOne(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let long = String(repeating: "0123456789abcde\n", count: 4096)
    let pieces = [
      "MESSAGE sip:b@h SIP/2.0\r\nv: SIP/2.0/TCP h\r\n ;branch=1\r\n\t;x\r\nl: \(long.utf8.count)\r\n\r\n" + long,
      "SIP/2.0 200 OK\nl:\n  3\n\nabc", "BYE sip:b@h SIP/2.0\n\n", "\r\n\r\n", "\n", "junk\r\n", "\0\u{1}\n",
      "INVITE sip:b@h SIP/2.0\r\nContent-Length: 2\r\n\r\n\r\n",
    ]
    let stream = [pieces[0]] + (0..<10).map { _ in generator.pick(Array(pieces.dropFirst())) }
    let bytes = stream.flatMap { Array($0.utf8) }
    let whole = Self.lengths(bytes, portion: bytes.count)
    #expect(whole.contains { $0 > 65_536 })
    #expect(Self.lengths(bytes, portion: 1460) == whole)
    #expect(Self.lengths(bytes, portion: 7, from: bytes.count - 400) == whole)
    #expect(Self.lengths(bytes, portion: 1, from: bytes.count - 200) == whole)
  }

  /// Lengths of the messages found; the bytes up to `from` come at once, the rest in portions.
  private static func lengths(_ stream: [UInt8], portion: Int, from: Int = 0) -> [Int] {
    var found: [Int] = []
    var start = 0
    var arrived = max(0, from)
    while start < stream.count {
      let step = stream[start..<max(start, arrived)].withUnsafeBytes { StreamFraming.step($0) }
      switch step {
      case .message(let length):
        found.append(length)
        start += length
      case .keepAlive(let length), .junk(let length): start += length
      case .needMore:
        guard arrived < stream.count else { return found }
        arrived = min(stream.count, max(start, arrived) + portion)
      }
    }
    return found
  }
}
