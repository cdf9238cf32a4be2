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

  /// false for a byte that no line of this header begins with.
  func mayBegin(with byte: UInt8) -> Bool {
    let letter = SIPText.lowercased(byte)
    return letter == compact || (name.utf8CodeUnitCount > 0 && letter == SIPText.lowercased(name.utf8Start[0]))
  }

  /// Whether `text` is this name or its compact form, in any case.
  public func matches(_ text: SIPText) -> Bool {
    if text.count == 1, compact != 0, let letter = text[0] { return SIPText.lowercased(letter) == compact }
    return text.equalsIgnoringCase(name)
  }

  /// The hops a message went over, topmost first; its branch names the transaction (RFC 3261 section 20.42).
  public static let via = HeaderName("Via", compact: "v")
  /// Who the request claims to come from; its tag is the caller's half of the dialog (RFC 3261 section 20.20).
  public static let from = HeaderName("From", compact: "f")
  /// Whom the request is for; its tag, once there, is the callee's half of the dialog (RFC 3261 section 20.39).
  public static let to = HeaderName("To", compact: "t")
  /// Names the dialog together with the tags of From and To (RFC 3261 section 20.8).
  public static let callID = HeaderName("Call-ID", compact: "i")
  /// Sequence number and method, by which a response finds its request (RFC 3261 section 20.16).
  public static let cseq = HeaderName("CSeq")
  /// Where the sender is reached directly; in a REGISTER, the binding asked for (RFC 3261 section 20.10).
  public static let contact = HeaderName("Contact", compact: "m")
  /// Bytes of the body; on TCP, where a message ends (RFC 3261 section 20.14).
  public static let contentLength = HeaderName("Content-Length", compact: "l")
  /// Media type of the body, `application/sdp` for an offer (RFC 3261 section 20.15).
  public static let contentType = HeaderName("Content-Type", compact: "c")
  /// Seconds a registration or an INVITE lives (RFC 3261 section 20.19).
  public static let expires = HeaderName("Expires")
  /// Proxies the request still has to visit (RFC 3261 section 20.34).
  public static let route = HeaderName("Route")
  /// Proxies that stay on the path of the dialog (RFC 3261 section 20.30).
  public static let recordRoute = HeaderName("Record-Route")
  /// Credentials for a registrar or user agent, after its 401 (RFC 3261 section 20.7).
  public static let authorization = HeaderName("Authorization")
  /// Credentials for a proxy, after its 407 (RFC 3261 section 20.28).
  public static let proxyAuthorization = HeaderName("Proxy-Authorization")
  /// Software that sent a request, often with model and firmware (RFC 3261 section 20.41).
  public static let userAgent = HeaderName("User-Agent")
  /// Software that sent a response; the appliance names model and firmware in it (RFC 3261 section 20.35).
  public static let server = HeaderName("Server")
  /// Why a request was sent: the Q.850 cause in a BYE or CANCEL (RFC 3326).
  public static let reason = HeaderName("Reason")
  /// The target of a transfer, in a REFER (RFC 3515 section 2.1).
  public static let referTo = HeaderName("Refer-To", compact: "r")
  /// Who asked for a transfer (RFC 3892).
  public static let referredBy = HeaderName("Referred-By", compact: "b")
  /// The dialog an INVITE takes over, as in an attended transfer (RFC 3891).
  public static let replaces = HeaderName("Replaces")
  /// Who sent a call on, latest first (RFC 5806, which only records what was in use).
  public static let diversion = HeaderName("Diversion")
  /// The targets a call was sent to on its way (RFC 7044).
  public static let historyInfo = HeaderName("History-Info")
  /// The caller as a trusted network asserts it, even where From is anonymous (RFC 3325 section 9.1).
  public static let pAssertedIdentity = HeaderName("P-Asserted-Identity")
  /// What P-Asserted-Identity replaced; never became an RFC (draft-ietf-sip-privacy-04), yet many PBXs send it.
  public static let remotePartyID = HeaderName("Remote-Party-ID")
  /// Extensions the sender understands, by option tag (RFC 3261 section 20.37).
  public static let supported = HeaderName("Supported", compact: "k")
  /// Seconds between the refreshes of a session, and who sends them (RFC 4028 section 4).
  public static let sessionExpires = HeaderName("Session-Expires", compact: "x")
  /// What the call is about, in words (RFC 3261 section 20.36).
  public static let subject = HeaderName("Subject", compact: "s")
  /// The event package of a SUBSCRIBE or NOTIFY (RFC 6665 section 8.2.1).
  public static let event = HeaderName("Event", compact: "o")
  /// Event packages the sender supports (RFC 6665 section 8.2.2).
  public static let allowEvents = HeaderName("Allow-Events", compact: "u")
  /// Compression of the body (RFC 3261 section 20.12).
  public static let contentEncoding = HeaderName("Content-Encoding", compact: "e")
}
