import Crypto
import SIP
import Testing

@testable import Scrubbing

struct MessageScrubberTests {
  private static let invite = Array(Samples.invite.utf8)

  @Test(arguments: [
    "Helga", "Hansen", "1003", "3012345678", "customer.de", "192.168.7.20", "10.9.8.7", "5e2f77ab90", "a1b2c3d4",
    "7f3a91c4", "000b82a1b2c3", "000B82A1B2C3", "6f1e2d3c4b5a", "0123456789abcdef", "0a4f113b", "21 Nov", "secret",
    "HelgaPhone",
  ])
  func nothingOfTheOriginalIsLeft(_ text: String) throws {
    let scrubbed = try Samples.scrubbed(Self.invite, weeks: -3).text
    #expect(!scrubbed.contains(text))
    #expect(!scrubbed.lowercased().contains(text.lowercased()))
  }

  @Test func theMessageKeepsItsStructure() throws {
    let text = Array(try Samples.scrubbed(Self.invite).text.utf8)
    var names: [String] = []
    let isThere = Samples.with(text) { message in
      message.forEachHeader { name, _ in names.append(name.string) }
      #expect(message.oddities.isEmpty)
      #expect(message.method == .invite)
      #expect(message.cseq?.number == 2)
      #expect(message.from?.displayName.split(separator: " ").count == 2)
      #expect(message.sessionDescription != nil)
      #expect(message.firstLine(of: .contentLength)?.decimal == UInt32(message.body.count))
      #expect(message.firstLine(of: .userAgent)?.string.hasPrefix("Grandstream GXP2135 1.0.11.23 ") == true)
    }
    #expect(isThere)
    #expect(
      names == [
        "Via", "From", "To", "Call-ID", "CSeq", "Contact", "User-Agent", "Date", "Authorization", "Content-Type",
        "Content-Length",
      ])
  }

  @Test func whatIsLeftOutIsListed() throws {
    let losses = try Samples.scrubbed(Self.invite).scrubber.losses.entries.map(\.what)
    #expect(losses == ["header X-Customer", "session description's attribute x-helga"])
  }

  @Test func datesMoveByWholeWeeks() throws {
    let text = try Samples.scrubbed(Self.invite, weeks: -3).text
    #expect(text.contains("Date: Sat, 31 Oct 2026 12:00:00 GMT"))
  }

  @Test(arguments: ["MD5", "MD5-sess", "SHA-256", "SHA-256-sess"], ["auth", "auth-int", ""])
  func theResponseVerifiesWithThePasswordOfTheKey(_ algorithm: String, _ qop: String) throws {
    let text = Samples.invite.split(separator: "algorithm=MD5, qop=auth,", omittingEmptySubsequences: false)
      .joined(separator: "algorithm=\(algorithm), " + (qop.isEmpty ? "" : "qop=\(qop),"))
    let (scrubbed, scrubber) = try Samples.scrubbed(Array(text.utf8))
    var verified: Bool?
    Samples.with(Array(scrubbed.utf8)) { message in
      guard let value = message.firstLine(of: .authorization), let digest = DigestParameters(value) else { return }
      func field(_ name: StaticString) -> String { digest.value(name)?.string ?? "" }
      func hash(_ text: String) -> String {
        let isMD5 = algorithm.hasPrefix("MD5")
        let bytes =
          isMD5 ? Array(Insecure.MD5.hash(data: Array(text.utf8))) : Array(SHA256.hash(data: Array(text.utf8)))
        return bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
      }
      let password = scrubber.renaming.password(user: field("username"), realm: field("realm"))
      var secret = hash("\(field("username")):\(field("realm")):\(password)")
      if algorithm.hasSuffix("-sess") { secret = hash("\(secret):\(field("nonce")):\(field("cnonce"))") }
      var request = "INVITE:\(field("uri"))"
      if qop == "auth-int" { request += ":" + hash(message.body.string) }
      let middle = qop.isEmpty ? "" : "\(field("nc")):\(field("cnonce")):\(qop):"
      verified = field("response") == hash("\(secret):\(field("nonce")):\(middle)\(hash(request))")
    }
    #expect(verified == true)
  }

  @Test func aParameterWhoseEqualsSignIsDamagedIsRenamed() throws {
    let text = "OPTIONS sip:a@h.de SIP/2.0\r\nFrom: <sip:a@h.de>;tagK19db316\r\n\r\n"
    let scrubbed = try Samples.scrubbed(Array(text.utf8)).text
    #expect(!scrubbed.contains("19db316"))
  }

  @Test func theKeysPressedAreReplaced() throws {
    let info =
      "INFO sip:a@h.de SIP/2.0\r\nCall-ID: abcdef1@h.de\r\nContent-Type: application/dtmf-relay\r\n"
      + "Content-Length: 25\r\n\r\nSignal=7\r\nDuration=250\r\n\r\n"
    let scrubbed = try Samples.scrubbed(Array(info.utf8)).text
    #expect(scrubbed.hasSuffix("Signal=0\r\nDuration=160\r\n"))
  }

  @Test(arguments: ["application/pidf+xml", "text/plain", "image/jpeg", "nonsense"])
  func aBodyThatIsNotKnownIsLeftOut(_ type: String) throws {
    let text =
      "MESSAGE sip:a@h.de SIP/2.0\r\nCall-ID: abcdef1@h.de\r\nContent-Type: \(type)\r\nContent-Length: 6\r\n\r\nsecret"
    let (scrubbed, scrubber) = try Samples.scrubbed(Array(text.utf8))
    #expect(!scrubbed.contains("secret"))
    #expect(scrubbed.contains("Content-Length: 0\r\n"))
    #expect(scrubber.losses.entries.contains { $0.what.hasPrefix("body ") })
  }

  @Test func scrubbingTwiceKeepsTheShape() throws {
    let once = try Samples.scrubbed(Self.invite).text
    let twice = try Samples.scrubbed(Array(once.utf8)).text
    func shape(_ text: String) -> [String] {
      text.split(whereSeparator: \.isNewline).map { String($0.prefix { $0 != ":" && $0 != "=" && $0 != " " }) }
    }
    #expect(shape(once) == shape(twice))
  }

  @Test func theSameTextGetsTheSameStandInInEveryMessage() throws {
    let reply =
      "SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 192.168.7.20:5060;branch=z9hG4bK7f3a91c4\r\n"
      + "Call-ID: 5e2f77ab90@192.168.7.20\r\n\r\n"
    var scrubber = MessageScrubber(renaming: try Samples.renaming(), weeks: 0)
    for text in [Self.invite, Array(reply.utf8)] { Samples.with(text) { _ = scrubber.scrub($0, needsLength: false) } }
    scrubber.renaming.settle()
    var ids: [(String?, String?)] = []
    for text in [Self.invite, Array(reply.utf8)] {
      var new: [UInt8] = []
      Samples.with(text) { new = scrubber.scrub($0, needsLength: false) }
      Samples.with(new) { ids.append(($0.callID?.string, $0.branch?.string)) }
    }
    #expect(ids.count == 2 && ids[0].0 == ids[1].0 && ids[0].1 == ids[1].1)
    #expect(ids[0].0 != nil && ids[0].1 != nil)
  }

  @Test func everyCutOfAMessageIsTaken() throws {
    for end in 0...Self.invite.count {
      let (text, _) = try Samples.scrubbed(Array(Self.invite.prefix(end)))
      #expect(!text.contains("Helga"), "cut at \(end)")
      #expect(!text.contains("192.168.7.20"), "cut at \(end)")
    }
  }

  static let hostile: [String] = [
    "INVITE sip: SIP/2.0\r\nFrom: \"\"\"\"<<<>>>;;;tag\r\nVia: ,,,\r\nContact: \"\r\n\r\n",
    "SIP/2.0 999 \r\n\r\n", "INVITE x SIP/2.0\r\nVia: SIP/2.0/UDP [:::::]:99999;branch\r\n\r\n",
    "INVITE sip:a@b SIP/2.0\r\nAuthorization: Digest\r\nAuthorization: =,=,=\r\nAuthorization: Basic c2VjcmV0\r\n\r\n",
    "INVITE sip:a@b SIP/2.0\r\nContent-Length: 99999999999999999999\r\n\r\n",
    "INVITE sip:a@b SIP/2.0\r\nContent-Type: application/sdp\r\n\r\n"
      + "o=\r\nc=\r\na=\r\na=:\r\nm\r\no=a 99999999999999999999 -1 IN IP4 x\r\n",
    "INVITE sip:a@b SIP/2.0\r\nContent-Type: multipart/mixed;boundary=x\r\n\r\n--x\r\n--x--",
    "INVITE sip:%%%@b?Replaces=%&x SIP/2.0\r\nReplaces: ;;;=\r\nReason: ;text=\r\nEvent: ;\r\nDate: x\r\n\r\n",
    "INVITE tel:+ SIP/2.0\r\nTo: <tel:>\r\nUser-Agent:\r\nSession-ID:;\r\n\r\n",
  ]

  @Test(arguments: hostile)
  func hostileTextIsTaken(_ text: String) throws { _ = try Samples.scrubbed(Array(text.utf8)) }

  @Test func bytesThatAreNoTextAreTaken() throws {
    var bytes = Self.invite
    for place in stride(from: 60, to: bytes.count, by: 3) {
      bytes[place] = UInt8(truncatingIfNeeded: place &* 131) | 0x80
    }
    _ = try Samples.scrubbed(bytes)
  }

  @Test func aThousandUnknownHeadersAreCountedTogether() throws {
    let bomb = (0..<5000).map { "X-Bomb-\($0): a\r\n" }.joined()
    let (text, scrubber) = try Samples.scrubbed(Array("OPTIONS sip:a@b SIP/2.0\r\n\(bomb)\r\n".utf8))
    #expect(!text.contains("Bomb"))
    #expect(scrubber.losses.entries.count <= ScrubLosses.kindsMax + 1)
    #expect(scrubber.losses.entries.reduce(0) { $0 + $1.count } == 5000)
  }
}
