/// One SIP request or response as a view over captured bytes (RFC 3261 section 7).
///
/// Parsing walks the header lines once and notes where the headers of a dialog stand; everything else is read when
/// asked for. Nothing is copied: a message is valid only while its bytes are.
///
/// Lenient where real devices are: LF without CR, blank lines before the start line, header lines it cannot read
/// (kept out of every lookup, reported in `oddities`).
public struct SIPMessage {
  /// The first line, by which requests and responses differ (RFC 3261 sections 7.1 and 7.2).
  public enum StartLine {
    /// `INVITE sip:1000@192.0.2.1 SIP/2.0`; `methodText` keeps the spelling of a method that is `.other`. The URI is
    /// not checked, but never empty.
    case request(method: SIPMethod, methodText: SIPText, uri: SIPText)
    /// `SIP/2.0 180 Ringing`; the status is 100 ... 699, the reason phrase may be empty.
    case response(status: Int, reason: SIPText)
  }

  /// What was wrong but bearable.
  public struct Oddities: OptionSet, Hashable, Sendable {
    /// The bits of the members below; other bits mean nothing.
    public let rawValue: UInt8
    /// Takes the bits as they are.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The bytes end before the blank line that ends the headers.
    public static let headersCut = Oddities(rawValue: 1)
    /// A line without a colon, or with a name that is no token.
    public static let unreadableHeader = Oddities(rawValue: 2)
    /// Content-Length says more than there is.
    public static let bodyCut = Oddities(rawValue: 4)
    /// Content-Length is no number, or given twice with different values.
    public static let badContentLength = Oddities(rawValue: 8)
  }

  /// The request or status line; of a message that was read, always one that could be.
  public internal(set) var startLine: StartLine
  /// Start line to end of body.
  public internal(set) var text: SIPText
  /// What was wrong with this message and did not keep it from being read; empty for a clean one.
  ///
  /// Looks at every header line; all but `unreadableHeader` are known from parsing.
  public var oddities: Oddities {
    hasUnreadableHeader ? notedOddities.union(.unreadableHeader) : notedOddities
  }
  /// Whether bytes of the message are missing: `headersCut` or `bodyCut`.
  public var isCut: Bool { !notedOddities.isDisjoint(with: [.headersCut, .bodyCut]) }
  var notedOddities: Oddities = []
  /// Offset of the first header line.
  var headersStart: Int
  var bodyStart = 0
  var bodyEnd = 0
  /// Where the headers stand that `HotHeader` names; only Content-Length if they are read on demand.
  var hot = InlineArray<8, HeaderLocation>(repeating: HeaderLocation())
  var isReadOnDemand = false
  /// Whether a header stands there, or may, that ties a call to another; see `mayNameOtherCall`.
  var hasHeadersOfOtherCalls = true

  struct HeaderLocation {
    /// Behind the colon; blanks are taken off when the value is asked for.
    var start: UInt32 = 0
    /// 0 means the header is absent: no value can end where the message begins.
    var end: UInt32 = 0
  }

  /// No message: a place to `read` one into.
  public init() {
    self.init(startLine: .response(status: 0, reason: .empty), text: .empty, headersStart: 0)
  }

  init(startLine: StartLine, text: SIPText, headersStart: Int) {
    self.startLine = startLine
    self.text = text
    self.headersStart = headersStart
  }

  /// Bytes after the headers that Content-Length covers (all that follow when it is absent).
  public var body: SIPText { text.slice(bodyStart, bodyEnd) }

  /// Length of start line, headers and blank line.
  public var headLength: Int { bodyStart }
}

extension SIPMessage {
  /// Whether it is a request; otherwise it is a response.
  public var isRequest: Bool {
    switch startLine {
    case .request: true
    case .response: false
    }
  }

  /// nil for a response.
  public var method: SIPMethod? {
    switch startLine {
    case .request(let method, _, _): method
    case .response: nil
    }
  }

  /// nil for a request.
  public var status: Int? {
    switch startLine {
    case .request: nil
    case .response(let status, _): status
    }
  }

  /// nil for a response.
  public var requestURI: SIPText? {
    switch startLine {
    case .request(_, _, let uri): uri
    case .response: nil
    }
  }

  @inline(__always)
  private func location(of header: HotHeader) -> HeaderLocation {
    isReadOnDemand ? search(for: header) : hot[header.rawValue]
  }

  @inline(never)
  private func search(for header: HotHeader) -> HeaderLocation {
    var message = self
    message.hot = InlineArray(repeating: HeaderLocation())
    message.noteHotHeaders()
    return message.hot[header.rawValue]
  }

  func hotValue(_ header: HotHeader) -> SIPText? {
    let location = location(of: header)
    return location.end == 0 ? nil : value(at: location)
  }

  @inline(__always)
  private func value(at location: HeaderLocation) -> SIPText {
    let bytes = text.bytes
    let (start, end) = (Int(location.start), Int(location.end))
    // Nearly every value stands between one blank and a CR.
    guard end &- start > 2, end <= bytes.count, bytes[start] == 32, bytes[end &- 1] == 13,
      !SIPText.isSpace(bytes[start &+ 1]), !SIPText.isSpace(bytes[end &- 2])
    else { return text.slice(start, end).trimmed }
    return SIPText(UnsafeRawBufferPointer(rebasing: bytes[start &+ 1..<end &- 1]))
  }

  /// false where neither Session-ID, Diversion nor Replaces stands in the message, nor any header that begins with
  /// `X-`: those tie calls to one another, and hardly any message has them.
  public var mayNameOtherCall: Bool { hasHeadersOfOtherCalls }

  /// The first Call-ID (RFC 3261 section 20.8), compared byte for byte; nil when absent or empty.
  public var callID: SIPText? {
    guard let value = hotValue(.callID), !value.isEmpty else { return nil }
    return value
  }

  /// The From header (RFC 3261 section 20.20).
  public var from: NameAddress? { hotValue(.from).flatMap(NameAddress.init) }

  /// The To header (RFC 3261 section 20.39); nil when absent or without a URI.
  public var to: NameAddress? { hotValue(.to).flatMap(NameAddress.init) }

  /// Sequence number and method (RFC 3261 section 20.16).
  ///
  /// nil when absent, when the number does not fit 32 bits, or when what follows it is not one token.
  public var cseq: (number: UInt32, method: SIPMethod, methodText: SIPText)? {
    let location = location(of: .cseq)
    guard location.end != 0 else { return nil }
    let value = value(at: location)
    guard let (number, methodStart) = Self.sequenceNumber(value.bytes) else { return nil }
    let method = SIPText(UnsafeRawBufferPointer(rebasing: value.bytes[methodStart...]))
    let known = SIPMethod(method)
    guard known != .other || method.isToken else { return nil }
    return (number, known, method)
  }

  /// The number a CSeq value begins with, and where what follows the blanks behind it begins.
  @inline(__always)
  static func sequenceNumber(_ bytes: UnsafeRawBufferPointer) -> (number: UInt32, end: Int)? {
    let end = bytes.count
    var start = 0
    var number: UInt64 = 0
    while start < end, bytes[start] &- 48 < 10, number <= UInt64(UInt32.max) {
      number = number &* 10 &+ UInt64(bytes[start] &- 48)
      start &+= 1
    }
    guard start > 0, start < end, SIPText.isSpace(bytes[start]), let number = UInt32(exactly: number) else {
      return nil
    }
    while start < end, SIPText.isSpace(bytes[start]) { start &+= 1 }
    return (number, start)
  }

  /// The branch parameter of the topmost Via, which names the transaction (RFC 3261 section 17.1.3).
  public var branch: SIPText? {
    guard let via = hotValue(.via) else { return nil }
    return via.plainBranch ?? HeaderParameters(of: via.slice(0, via.endOfFirstListValue)).value("branch")
  }
}
