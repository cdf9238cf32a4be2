import SIP

/// What becomes of a header field. Those not listed here are left out, and a run's report names them.
enum HeaderTreatment {
  /// Numbers and words of the protocol, which name nobody.
  case kept
  /// Names, URIs and parameters of people and places (RFC 3261 section 25.1 `name-addr`), one or several.
  case addresses
  case via
  case callID
  /// Challenges and credentials (RFC 7616).
  case digest
  /// `call-id;to-tag=…;from-tag=…` (RFC 3891 and its like).
  case dialog
  /// A UUID and its like, with parameters.
  case token
  /// Products; what looks like a hardware address or a serial number is renamed.
  case products
  case date
  /// The event's `id` is renamed.
  case event
  /// Protocol and cause stay; its text stays where it is a standard one.
  case reason
  /// Written anew from the body.
  case ofBody
  /// A maker's header that names a call, whose value is compared only.
  case callName

  private static let table: [String: HeaderTreatment] = {
    var table: [String: HeaderTreatment] = [:]
    for name in [
      "cseq", "max-forwards", "expires", "min-expires", "allow", "supported", "require", "proxy-require", "unsupported",
      "accept", "accept-encoding", "accept-language", "allow-events", "subscription-state", "rack", "rseq",
      "session-expires", "min-se", "privacy", "mime-version", "content-disposition", "priority", "timestamp",
      "refer-sub", "answer-mode", "p-early-media", "request-disposition", "sip-etag", "sip-if-match",
    ] { table[name] = .kept }
    for name in [
      "from", "to", "contact", "route", "record-route", "refer-to", "referred-by", "p-asserted-identity",
      "p-preferred-identity", "remote-party-id", "diversion", "history-info", "path", "service-route",
      "p-associated-uri", "p-called-party-id", "reply-to",
    ] { table[name] = .addresses }
    for name in ["authorization", "proxy-authorization", "www-authenticate", "proxy-authenticate"] {
      table[name] = .digest
    }
    for name in ["authentication-info", "proxy-authentication-info"] { table[name] = .digest }
    for name in ["replaces", "join", "target-dialog"] { table[name] = .dialog }
    for name in ["user-agent", "server"] { table[name] = .products }
    for name in ["call-id", "in-reply-to"] { table[name] = .callID }
    for name in ["content-length", "content-type", "content-encoding"] { table[name] = .ofBody }
    table["via"] = .via
    table["session-id"] = .token
    table["date"] = .date
    table["event"] = .event
    table["reason"] = .reason
    return table
  }()

  private static let compactNames: [String: String] = [
    "a": "accept-contact", "b": "referred-by", "c": "content-type", "d": "request-disposition",
    "e": "content-encoding", "f": "from", "i": "call-id", "k": "supported", "l": "content-length", "m": "contact",
    "o": "event", "r": "refer-to", "s": "subject", "t": "to", "u": "allow-events", "v": "via",
    "x": "session-expires", "y": "identity",
  ]

  /// The header's name in small letters and in full.
  static func fullName(_ name: SIPText) -> String {
    let lower = name.string.lowercased()
    return compactNames[lower] ?? lower
  }

  /// nil for one that is left out.
  static func of(_ fullName: String) -> HeaderTreatment? {
    if let listed = table[fullName] { return listed }
    let naming = ["call-id", "callid", "cid", "correlation", "session", "uniqueid", "linkedid"]
    return fullName.hasPrefix("x-") && naming.contains { fullName.contains($0) } ? .callName : nil
  }
}

/// Reason phrases that say what their status says (RFC 3261 section 21 and its updates).
enum ReasonPhrases {
  static let standard: Set<String> = [
    "trying", "ringing", "call is being forwarded", "queued", "session progress", "early dialog terminated", "ok",
    "accepted", "no notification", "multiple choices", "moved permanently", "moved temporarily", "use proxy",
    "alternative service", "bad request", "unauthorized", "payment required", "forbidden", "not found",
    "method not allowed", "not acceptable", "proxy authentication required", "request timeout", "gone",
    "conditional request failed", "request entity too large", "request-uri too long", "unsupported media type",
    "unsupported uri scheme", "bad extension", "extension required", "session interval too small",
    "interval too brief", "temporarily unavailable", "call/transaction does not exist",
    "call leg/transaction does not exist",
    "loop detected", "too many hops", "address incomplete", "ambiguous", "busy here", "request terminated",
    "not acceptable here", "bad event", "request pending", "undecipherable", "server internal error",
    "internal server error", "not implemented", "bad gateway", "service unavailable", "server time-out",
    "version not supported", "message too large", "busy everywhere", "decline", "declined", "does not exist anywhere",
    "call completed elsewhere", "normal call clearing", "normal clearing", "user busy", "no answer",
    "no user responding",
    "number changed", "unallocated number", "interworking, unspecified", "request cancelled", "sip cause",
  ]

  /// The phrase, or none where somebody made it up.
  static func kept(_ phrase: String) -> String {
    standard.contains(phrase.lowercased()) ? phrase : ""
  }
}
