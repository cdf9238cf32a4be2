import Primitives
import SIP
import TestSupport
import Testing

/// What holds for every input, tried on inputs a seeded generator makes.
@Suite struct ParserLawTests {
  static let messages = [
    """
    INVITE sip:+4930000000;phone-context=h@[2001:db8::1]:5060;user=phone SIP/2.0\r
    Via: SIP/2.0/UDP\r
     192.0.2.1;branch\r
      = "z9hG4bK,1", SIP/2.0/TCP h;branch=2\r
    f: "A \\"B\\" Ω" <sip:a@h>;tag=1\r
    T: sip:b@h;x="y;z"\r
    Call-ID: 1@192.0.2.1\r
    CSeq: 1 INVITE\r
    m: "x, y" <sip:a@h>;q=0.5, <tel:+4930000000>\r
    Content-Length: 8\r
    \r
    v=0\r
    s=-
    """,
    "\r\nSIP/2.0 200 OK\nv: SIP/2.0/UDP h;branch=1\ni: 1\nCSeq: 1 BYE\nl: 0\n\n",
  ].map { Array($0.utf8) }

  @Test(arguments: messages)
  func aMessageCutAnywhereIsRefusedWithinItsBytesOrSaysThatItIsCut(message: [UInt8]) throws {
    try withMessage(message) { #expect($0.oddities == []) }
    for length in 0..<message.count {
      do throws(SIPParseError) {
        let oddities = try withMessage(Array(message[..<length])) { message in
          _ = readAll(message)
          return message.oddities
        }
        #expect(oddities.contains(.headersCut) || oddities.contains(.bodyCut), "cut at \(length)")
      } catch {
        #expect((0...length).contains(error.offset))
      }
    }
  }

  @Test(arguments: 0..<400 as Range<UInt64>)
  func noChangeOfBytesMakesTheReaderStumble(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for message in Self.messages {
      let changed = Self.changed(message, &generator)
      do throws(SIPParseError) {
        try withMessage(changed) { message in
          #expect(readAll(message) >= 0)
          #expect(message.headLength + message.body.count == message.text.count)
        }
      } catch {
        #expect((0...changed.count).contains(error.offset))
      }
    }
  }

  @Test(arguments: 0..<200 as Range<UInt64>)
  func anyBytesAtAllCanBeReadAsAnything(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let alphabet = Array("\"\\<>;,:@=?[] \r\n\tasipetl0\u{ff}".utf8)
    let bytes = (0..<Int.random(in: 0...60, using: &generator)).map { _ in
      alphabet.randomElement(using: &generator) ?? 0
    }
    withText(bytes) { text in
      if let address = NameAddress(text) {
        #expect(!address.uri.isEmpty)
        #expect(address.displayName.utf8.count <= 3 * bytes.count)
        #expect(address.parameters.value("tag")?.count ?? 0 <= bytes.count)
      }
      if let uri = SIPURI(text) { #expect(uri.host.isEmpty == (uri.scheme == .tel)) }
      #expect(text.unfolded.utf8.count <= 3 * bytes.count)
      #expect(readValue(text) >= 0)
      #expect(text.trimmed.count <= bytes.count)
    }
  }

  /// A few bytes changed, left out or repeated, mostly to ones that mean something.
  private static func changed(_ message: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
    let meaningful = Array("\"\\<>;,:@=?[] \r\n\t\0".utf8)
    var bytes = message
    for _ in 0..<Int.random(in: 1...6, using: &generator) {
      let index = Int.random(in: bytes.indices, using: &generator)
      switch Int.random(in: 0..<4, using: &generator) {
      case 0: bytes.remove(at: index)
      case 1: bytes.insert(bytes[index], at: index)
      case 2: bytes[index] = UInt8.random(in: 0...255, using: &generator)
      default: bytes[index] = meaningful.randomElement(using: &generator) ?? 0
      }
    }
    return bytes
  }
}
