import SIP

/// What in an INVITE may tie it to another leg of the same call, beside its numbers. Each is a hash; nil where the
/// INVITE has no such thing.
struct LegMarks {
  /// Session-ID of the caller's side (RFC 7989), which a back-to-back user agent passes on.
  private(set) var session: UInt64?
  /// A header of the maker's own that names a call: `X-Call-ID`, `X-CID`, `X-Correlation-ID` and their like.
  private(set) var named: UInt64?
  /// Where the first medium is wanted: the same on both legs where the PBX stays out of the media.
  private(set) var media: UInt64?
  /// Who sent the call on (Diversion).
  private(set) var diverting: NumberKey?
  private(set) var hasReplaces = false
  /// Its SDP offers video.
  private(set) var hasVideo = false
  /// Its SDP offers encrypted media.
  private(set) var isEncrypted = false

  /// What a call is found by in a table of numbers.
  var searchKeys: MarkKeys { MarkKeys(self) }

  struct MarkKeys: Sequence, IteratorProtocol {
    private var session: UInt64?
    private var named: UInt64?
    private var media: UInt64?

    fileprivate init(_ marks: LegMarks) { (session, named, media) = (marks.session, marks.named, marks.media) }

    mutating func next() -> NumberKey? {
      if let hash = session.take() ?? named.take() ?? media.take() { return NumberKey(hash: hash) }
      return nil
    }
  }

  init(_ message: SIPMessage) {
    if message.mayNameOtherCall {
      message.forEachHeader(beginningWith: HeaderBeginnings("direse")) { name, value in take(name, value) }
    }
    guard let outline = SessionDescription(message.body)?.outline else { return }
    hasVideo = outline.hasVideo
    isEncrypted = outline.isEncrypted
    if let address = outline.address, let port = outline.port, port > 0, !(address == "0.0.0.0") {
      media = address.stableHash &* 0x9e37_79b9_7f4a_7c15 ^ UInt64(port)
    }
  }

  private mutating func take(_ name: SIPText, _ value: SIPText) {
    if HeaderName.sessionID.matches(name) {
      session = SessionID(value).map { $0.local.stableHash }
    } else if HeaderName.diversion.matches(name) {
      diverting = diverting ?? Diversion(value).flatMap { Self.key($0.address) }
    } else if HeaderName.replaces.matches(name) {
      hasReplaces = true
    } else if name.hasPrefixIgnoringCase("x-"), Self.namesCall(name) {
      named = named ?? value.stableHash
    }
  }

  private static func key(_ address: NameAddress) -> NumberKey? {
    guard let uri = SIPURI(address.uri), !uri.user.isEmpty else { return nil }
    return NumberKey(PhoneNumber.text(of: uri.user))
  }

  private static func namesCall(_ name: SIPText) -> Bool {
    ["call-id", "callid", "cid", "correlation", "session", "uniqueid", "linkedid"]
      .contains { (part: StaticString) in name.containsIgnoringCase(part) }
  }
}
