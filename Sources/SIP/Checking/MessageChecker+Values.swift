extension SIPText {
  /// RFC 3261 section 25.1 `callid`: one word, or two with an `@` between them.
  var isCallID: Bool {
    let (first, second) = split(at: UInt8(ascii: "@"))
    return first.isWord && second?.isWord != false
  }

  private var isWord: Bool {
    !isEmpty
      && bytes.allSatisfy { byte in
        Self.isLetter(byte) || Self.isDigit(byte) || "-.!%*_+`'~()<>:\\\"/[]?{}".utf8.contains(byte)
      }
  }

  /// `Sat, 13 Nov 2010 23:29:00 GMT` (RFC 3261 section 25.1 `rfc1123-date`).
  var isDateInGMT: Bool {
    let pattern: StaticString = "Aaa, 00 Aaa 0000 00:00:00 GMT"
    guard count == pattern.utf8CodeUnitCount else { return false }
    for index in 0..<count {
      let byte = bytes[index]
      let isFitting =
        switch pattern.utf8Start[index] {
        case UInt8(ascii: "0"): Self.isDigit(byte)
        case UInt8(ascii: "A") where index < 12, UInt8(ascii: "a"): Self.isLetter(byte)
        default: byte == pattern.utf8Start[index]
        }
      guard isFitting else { return false }
    }
    let days: [StaticString] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    let months: [StaticString] = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    let isInRange =
      (1...31).contains(slice(5, 7).decimal ?? 0) && slice(17, 19).decimal ?? 24 < 24
      && slice(20, 22).decimal ?? 60 < 60 && slice(23, 25).decimal ?? 61 <= 60
    return isInRange && days.contains { slice(0, 3) == $0 } && months.contains { slice(8, 11) == $0 }
  }

  /// Three digits, an agent and a quoted text.
  var isWarning: Bool {
    var words = Words(text: self)
    guard let code = words.next(), code.count == 3, code.isDigits, words.next() != nil, let text = words.next(),
      let start = text.offset(in: self), self[start] == UInt8(ascii: "\"")
    else { return false }
    return endOfQuoted(from: start) == count - 1
  }

  /// A media range of Accept that takes SDP in.
  var acceptsSDP: Bool {
    let range = beforeParameters
    return range == "*/*" || range.equalsIgnoringCase("application/*") || range.equalsIgnoringCase("application/sdp")
  }
}

/// Names of SIP extensions (RFC 3261 section 27.1).
enum OptionTag {
  /// Those in IANA's registry of SIP option tags.
  static let registered: [StaticString] = [
    "100rel", "199", "answermode", "early-session", "eventlist", "explicitsub", "from-change", "geolocation-http",
    "geolocation-sip", "gin", "gruu", "histinfo", "ice", "join", "multiple-refer", "norefersub", "nosub", "outbound",
    "path", "policy", "precondition", "pref", "privacy", "recipient-list-invite", "recipient-list-message",
    "recipient-list-subscribe", "record-aware", "replaces", "resource-priority", "sdp-anat", "sec-agree", "siprec",
    "tdialog", "timer", "trickle-ice", "uui",
  ]

  static func isRegistered(_ tag: SIPText) -> Bool { registered.contains { tag.equalsIgnoringCase($0) } }
}
