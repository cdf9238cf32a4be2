/// The name of a header field: case-insensitive, with the compact form some have (RFC 3261 section 7.3.3).
///
/// Open-ended: a name nobody listed here is made with `HeaderName("X-Anything")`.
public struct HeaderName: Sendable {
  let name: StaticString
  /// The lower-case letter of the compact form; 0 for none.
  let compact: UInt8

  /// - Parameter compact: a letter in either case; anything but an ASCII letter stands for none.
  public init(_ name: StaticString, compact: Unicode.Scalar? = nil) {
    self.name = name
    let letter = compact.map { $0.value < 128 ? SIPText.lowercased(UInt8($0.value)) : 0 } ?? 0
    self.compact = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(letter) ? letter : 0
  }

  func matches(_ text: SIPText) -> Bool {
    if text.count == 1, compact != 0, let letter = text[0] { return SIPText.lowercased(letter) == compact }
    return text.equalsIgnoringCase(name)
  }

  public static let via = HeaderName("Via", compact: "v")
  public static let from = HeaderName("From", compact: "f")
  public static let to = HeaderName("To", compact: "t")
  public static let callID = HeaderName("Call-ID", compact: "i")
  public static let cseq = HeaderName("CSeq")
  public static let contact = HeaderName("Contact", compact: "m")
  public static let contentLength = HeaderName("Content-Length", compact: "l")
  public static let contentType = HeaderName("Content-Type", compact: "c")
  public static let expires = HeaderName("Expires")
  public static let route = HeaderName("Route")
  public static let recordRoute = HeaderName("Record-Route")
  public static let authorization = HeaderName("Authorization")
  public static let proxyAuthorization = HeaderName("Proxy-Authorization")
  public static let userAgent = HeaderName("User-Agent")
  public static let server = HeaderName("Server")
  public static let reason = HeaderName("Reason")
  public static let referTo = HeaderName("Refer-To", compact: "r")
  public static let referredBy = HeaderName("Referred-By", compact: "b")
  public static let replaces = HeaderName("Replaces")
  public static let diversion = HeaderName("Diversion")
  public static let historyInfo = HeaderName("History-Info")
  public static let pAssertedIdentity = HeaderName("P-Asserted-Identity")
  public static let remotePartyID = HeaderName("Remote-Party-ID")
  public static let supported = HeaderName("Supported", compact: "k")
  public static let sessionExpires = HeaderName("Session-Expires", compact: "x")
  public static let subject = HeaderName("Subject", compact: "s")
  public static let event = HeaderName("Event", compact: "o")
  public static let allowEvents = HeaderName("Allow-Events", compact: "u")
  public static let contentEncoding = HeaderName("Content-Encoding", compact: "e")
}

/// Headers every dialog needs; `SIPMessage.parse` notes where the first of each stands.
enum HotHeader: Int, CaseIterable {
  case via, from, to, callID, cseq, contact, contentLength

  init?(_ name: SIPText) {
    guard let first = name[0] else { return nil }
    let candidate: (HotHeader, HeaderName)?
    switch (SIPText.lowercased(first), name.count) {
    case (UInt8(ascii: "v"), 1), (UInt8(ascii: "v"), 3): candidate = (.via, .via)
    case (UInt8(ascii: "f"), 1), (UInt8(ascii: "f"), 4): candidate = (.from, .from)
    case (UInt8(ascii: "t"), 1), (UInt8(ascii: "t"), 2): candidate = (.to, .to)
    case (UInt8(ascii: "i"), 1), (UInt8(ascii: "c"), 7):
      candidate = HeaderName.callID.matches(name) ? (.callID, .callID) : (.contact, .contact)
    case (UInt8(ascii: "m"), 1): candidate = (.contact, .contact)
    case (UInt8(ascii: "c"), 4): candidate = (.cseq, .cseq)
    case (UInt8(ascii: "l"), 1), (UInt8(ascii: "c"), 14): candidate = (.contentLength, .contentLength)
    default: candidate = nil
    }
    guard let (header, spelling) = candidate, spelling.matches(name) else { return nil }
    self = header
  }
}
