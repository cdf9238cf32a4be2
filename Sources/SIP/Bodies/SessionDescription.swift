/// An SDP body as a view (RFC 8866): where media go, whether the call is on hold, whether it is encrypted.
///
/// Lenient: unknown lines are passed over, lines may end in LF alone. Everything is read when asked for.
public struct SessionDescription {
  /// The `o=` line (RFC 8866 section 5.2).
  public struct Origin {
    /// The sender's name, often `-`.
    public let username: SIPText
    /// Names the session together with the rest of the line.
    public let sessionID: UInt64
    /// Grows with every change; the same one means nothing changed (RFC 3264 section 8).
    public let version: UInt64
    /// Address of the sender, a name or a literal.
    public let address: SIPText
  }

  /// All of the body.
  public let text: SIPText
  /// Media sections a description may have; those past it are not handed over.
  public static let mediaMax = 64

  /// nil when the first line is not `v=0`.
  public init?(_ body: SIPText) {
    if body.slice(0, 5) == "v=0\r\n" {
      text = body
      return
    }
    var lines = SDPLines(text: body)
    guard let first = lines.next(), first.type == UInt8(ascii: "v"), first.value == "0" else { return nil }
    text = body
  }

  /// nil when absent or malformed.
  public var origin: Origin? {
    guard let line = session.first("o") else { return nil }
    var words = Words(text: line)
    guard let username = words.next(), let sessionID = words.next()?.decimal64,
      let version = words.next()?.decimal64, words.next() != nil, words.next() != nil, let address = words.next()
    else { return nil }
    return Origin(username: username, sessionID: sessionID, version: version, address: address)
  }

  /// The name of the session (`s=`); nil when absent.
  public var sessionName: SIPText? { session.first("s") }

  /// Address for every medium without one of its own.
  public var connectionAddress: SIPText? { session.connectionAddress }

  /// Direction for every medium without one of its own; nil when there is none.
  public var direction: MediaDescription.Direction? { session.direction }

  /// The lines before the first medium.
  var session: SDPSection {
    var lines = SDPLines(text: text)
    while let line = lines.next() {
      if line.type == UInt8(ascii: "m") { return SDPSection(text: text.slice(0, line.start)) }
    }
    return SDPSection(text: text)
  }

  /// Hands over the media in order, up to `mediaMax`; those whose `m=` line cannot be read are left out.
  public func forEachMedium(_ body: (MediaDescription) -> Void) {
    let session = session
    var lines = SDPLines(text: text)
    var start: Int?
    var count = 0
    func close(_ end: Int) {
      guard let start else { return }
      let section = SDPSection(text: text.slice(start, end))
      if let medium = MediaDescription(section, session: session) { body(medium) }
    }
    while count < Self.mediaMax, let line = lines.next() {
      guard line.type == UInt8(ascii: "m") else { continue }
      if start != nil { count += 1 }
      close(line.start)
      start = line.start
    }
    if count < Self.mediaMax { close(text.count) }
  }

  /// What telling calls apart takes of a description, found in one walk over its lines.
  public struct Outline {
    /// Where the first medium is wanted: its own address or the session's; nil when neither is there.
    public internal(set) var address: SIPText?
    /// The first medium's port; nil without a medium whose line can be read.
    public internal(set) var port: UInt16?
    /// Whether a medium is video that is not refused.
    public internal(set) var hasVideo = false
    /// Whether encryption is offered for a medium: a secure profile (RFC 3711, RFC 5124), or keys or a fingerprint
    /// beside a plain one (RFC 4568, RFC 5763).
    public internal(set) var isEncrypted = false
  }

  /// Its first medium, whether there is video, and whether encryption is offered.
  public var outline: Outline {
    var result = Outline()
    guard let base = text.bytes.baseAddress else { return result }
    var media = 0
    var start = 0
    var ends = LineEnds(base, text.count, from: 0)
    // Of most lines no more than the type is looked at.
    while media < Self.mediaMax, start < text.count {
      let end = ends.next() ?? text.count
      defer { start = end &+ 1 }
      let type = base.load(fromByteOffset: start, as: UInt8.self)
      if type == UInt8(ascii: "a") {
        if !result.isEncrypted, Self.isKeyLine(text.slice(start, end)) { result.isEncrypted = true }
        continue
      }
      guard type == UInt8(ascii: "c") || type == UInt8(ascii: "m"), start &+ 1 < text.count,
        text.bytes[start &+ 1] == UInt8(ascii: "=")
      else { continue }
      switch type {
      case UInt8(ascii: "c") where media < 2:
        result.address = SDPSection.address(ofConnection: text.slice(start + 2, end)) ?? result.address
      case UInt8(ascii: "m"):
        media += 1
        var words = Words(text: text.slice(start + 2, end))
        let medium = words.next()
        guard media == 1 || medium.map({ $0 == "video" }) ?? false else { break }
        let port = words.next()?.split(at: UInt8(ascii: "/")).first.decimal.flatMap { UInt16(exactly: $0) }
        if words.next()?.containsIgnoringCase("SAVP") ?? false { result.isEncrypted = true }
        if media == 1 { result.port = port }
        if let medium, medium == "video", port ?? 0 > 0 { result.hasVideo = true }
      default: break
      }
    }
    return result
  }

  /// `a=crypto:` or `a=fingerprint:`; of most attributes one byte is looked at.
  private static func isKeyLine(_ line: SIPText) -> Bool {
    switch line[2] {
    case UInt8(ascii: "c"): line.slice(0, 9) == "a=crypto:"
    case UInt8(ascii: "f"): line.slice(0, 14) == "a=fingerprint:"
    default: false
    }
  }

  /// Whether every medium in use is on hold; false for a description without any.
  public var isOnHold: Bool {
    var used = 0
    var held = 0
    forEachMedium { medium in
      guard !medium.isRefused else { return }
      used += 1
      if medium.isOnHold { held += 1 }
    }
    return used > 0 && held == used
  }
}

/// Lines of `<type>=<value>`.
struct SDPLines {
  struct Line {
    let type: UInt8
    let value: SIPText
    let start: Int
  }

  let text: SIPText
  private(set) var offset = 0
  /// Where the first line stood that is no `<type>=`.
  private(set) var malformed: Int?

  init(text: SIPText) { self.text = text }

  mutating func next() -> Line? {
    while offset < text.count {
      let start = offset
      let end = text.index(of: 10, from: start) ?? text.count
      offset = end + 1
      let line = text.slice(start, end).trimmedAtEnd
      if let type = line[0], line[1] == UInt8(ascii: "=") {
        return Line(type: type, value: line.slice(2, line.count), start: start)
      }
      if !line.isEmpty, malformed == nil { malformed = start }
    }
    return nil
  }
}

/// The lines of a session or of one medium.
struct SDPSection {
  let text: SIPText

  func first(_ type: Unicode.Scalar) -> SIPText? {
    var lines = SDPLines(text: text)
    while let line = lines.next() {
      if UInt32(line.type) == type.value { return line.value }
    }
    return nil
  }

  /// The first attribute of that name; empty for one without a value.
  func attribute(_ name: StaticString) -> SIPText? {
    var lines = SDPLines(text: text)
    while let line = lines.next() {
      guard line.type == UInt8(ascii: "a") else { continue }
      let (key, value) = line.value.split(at: UInt8(ascii: ":"))
      if key.equalsIgnoringCase(name) { return value ?? .empty }
    }
    return nil
  }

  /// Behind `IN IP4` or `IN IP6`, without the hops and number of addresses a multicast one has.
  var connectionAddress: SIPText? {
    first("c").flatMap(Self.address)
  }

  /// `IN IP4 192.0.2.1/127` without what stands before and behind the address.
  static func address(ofConnection value: SIPText) -> SIPText? {
    let usual: StaticString = "IN IP4 "
    if value.slice(0, usual.utf8CodeUnitCount) == usual, let first = value[usual.utf8CodeUnitCount],
      !SIPText.isSpace(first)
    {
      // The commonest form, which only the address of has to be looked at byte by byte.
      var words = Words(text: value.slice(usual.utf8CodeUnitCount, value.count))
      return words.next()?.split(at: UInt8(ascii: "/")).first
    }
    var words = Words(text: value)
    guard words.next() != nil, words.next() != nil, let address = words.next() else { return nil }
    return address.split(at: UInt8(ascii: "/")).first
  }

  var direction: MediaDescription.Direction? {
    var lines = SDPLines(text: text)
    while let line = lines.next() {
      guard line.type == UInt8(ascii: "a") else { continue }
      if line.value.equalsIgnoringCase("sendrecv") { return .sendAndReceive }
      if line.value.equalsIgnoringCase("sendonly") { return .sendOnly }
      if line.value.equalsIgnoringCase("recvonly") { return .receiveOnly }
      if line.value.equalsIgnoringCase("inactive") { return .inactive }
    }
    return nil
  }
}

/// Words set off by blanks.
struct Words {
  private let text: SIPText
  private var offset = 0

  init(text: SIPText) { self.text = text }

  mutating func next() -> SIPText? {
    let bytes = text.bytes
    while offset < bytes.count, SIPText.isSpace(bytes[offset]) { offset &+= 1 }
    let start = offset
    while offset < bytes.count, !SIPText.isSpace(bytes[offset]) { offset &+= 1 }
    return start < offset ? text.slice(start, offset) : nil
  }
}
