import PBXModel
import Primitives
import SIP

@testable import Scrubbing

/// A key, a site and messages for the tests of this folder.
enum Samples {
  static func key(_ seed: UInt8 = 7) throws -> ScrubKey {
    try requireValue(ScrubKey((0..<32).map { $0 &* 37 &+ seed }))
  }

  /// Extensions reached by DID, a group, codes, a parking lot and routes with prefixes.
  static var site: Site {
    var site = Site()
    site.extensions = (1000...1019).map { Extension(number: String($0)) }
    site.ringGroups = [RingGroup(number: "6400", members: ["1000", "1001"])]
    site.parking = Parking(number: "700", slots: 701...720)
    site.inboundRoutes = [("+4930000010XX", Destination.byDID(strip: 8)), ("+493000006400", .ringGroup("6400"))]
      .compactMap { text, destination in
        DialPattern(text).map { InboundRoute(pattern: $0, destination: destination) }
      }
    site.featureCodes = [
      ("*72.", FeatureCode.Function.forwardAlways), ("**.", .pickupExtension), ("5XXX", .unallocated),
    ]
    .compactMap { text, function in
      DialPattern(text).map { FeatureCode(pattern: $0, function: function) }
    }
    var national = OutboundRoute(index: 1, name: "National", patterns: [], trunk: "t")
    national.patterns = [DialPattern("0X.")].compactMap(\.self)
    (national.strip, national.prepend) = (1, "+49")
    var prefixed = OutboundRoute(index: 2, name: "Prefixed", patterns: [], trunk: "t")
    prefixed.patterns = [DialPattern("9.")].compactMap(\.self)
    prefixed.strip = 1
    site.outboundRoutes = [national, prefixed]
    return site
  }

  static func renaming(_ site: Site = site, seed: UInt8 = 7) throws -> Renaming {
    Renaming(key: try key(seed), rules: NumberRules(site: site))
  }

  /// What the scrubber makes of a message, once it has noted it and those before it.
  static func scrubbed(_ text: [UInt8], weeks: Int = 0) throws -> (text: String, scrubber: MessageScrubber) {
    var scrubber = MessageScrubber(renaming: try renaming(), weeks: weeks)
    let isThere = with(text) { _ = scrubber.scrub($0, needsLength: false) }
    guard isThere else { return ("", scrubber) }
    scrubber.renaming.settle()
    scrubber.losses = ScrubLosses()
    var result: [UInt8] = []
    with(text) { result = scrubber.scrub($0, needsLength: false) }
    return (String(decoding: result, as: UTF8.self), scrubber)
  }

  /// Whether the bytes are a message; `body` is called with it.
  @discardableResult
  static func with(_ text: [UInt8], _ body: (SIPMessage) -> Void) -> Bool {
    text.withUnsafeBytes { bytes in
      var message = SIPMessage()
      do { try message.read(bytes) } catch { return false }
      body(message)
      return true
    }
  }

  static let invite = """
    INVITE sip:+493012345678@pbx.customer.de;transport=udp SIP/2.0
    Via: SIP/2.0/UDP 192.168.7.20:5060;branch=z9hG4bK7f3a91c4;rport;received=10.9.8.7
    From: "Helga Hansen" <sip:1003@pbx.customer.de>;tag=a1b2c3d4
    To: <sip:+493012345678@pbx.customer.de>
    Call-ID: 5e2f77ab90@192.168.7.20
    CSeq: 2 INVITE
    Contact: <sip:1003@192.168.7.20:5060>;+sip.instance="<urn:uuid:00000000-0000-1000-8000-000B82A1B2C3>"
    User-Agent: Grandstream GXP2135 1.0.11.23 000b82a1b2c3
    Date: Sat, 21 Nov 2026 12:00:00 GMT
    Authorization: Digest username="1003", realm="pbx.customer.de", nonce="6f1e2d3c4b5a", uri="sip:pbx.customer.de", \
    response="0123456789abcdef0123456789abcdef", algorithm=MD5, qop=auth, nc=00000001, cnonce="0a4f113b"
    X-Customer: Hansen Bau GmbH
    Content-Type: application/sdp
    Content-Length: 173

    v=0
    o=HelgaPhone 8000 8001 IN IP4 192.168.7.20
    s=Call of Helga
    c=IN IP4 192.168.7.20
    t=0 0
    m=audio 5004 RTP/AVP 0 101
    a=rtpmap:0 PCMU/8000
    a=sendrecv
    a=x-helga:secret

    """.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
}

struct MissingValue: Error {}

/// The value, or an error that ends the test.
func requireValue<Value>(_ value: Value?) throws -> Value {
  guard let value else { throw MissingValue() }
  return value
}
