extension MessageChecker {
  /// The first problem of a URI (RFC 3261 sections 19.1.1 and 25.1, RFC 3966 section 3).
  mutating func checkURI(_ uri: SIPText, _ title: String, isRequestURI: Bool) {
    let (scheme, rest) = uri.split(at: UInt8(ascii: ":"))
    guard let rest, scheme.isScheme else {
      note(.malformedURI, title, at: uri)
      return
    }
    let isTelephone = scheme.equalsIgnoringCase("tel")
    guard isTelephone || scheme.equalsIgnoringCase("sip") || scheme.equalsIgnoringCase("sips") else {
      note(isRequestURI ? .unsupportedScheme : .foreignScheme, title, at: uri)
      return
    }
    if let (kind, index) = rest.firstByteNoURIHas(mayHaveHash: isTelephone) {
      note(kind, title, at: rest.slice(index, index + 1))
      return
    }
    guard let parsed = SIPURI(uri) else {
      note(isTelephone ? .badTelephoneNumber : .badHost, title, at: rest)
      return
    }
    if isTelephone {
      let number = TelephoneNumber(parsed)
      if number == nil || number?.isGlobal == false && number?.phoneContext == nil {
        note(.badTelephoneNumber, title, at: rest)
      }
      return
    }
    if rest[0] == UInt8(ascii: "@") { note(.malformedURI, title, at: rest) }
    checkHost(parsed.host, title)
    var emptyName: SIPText?
    parsed.parameters.forEach { name, _ in
      if name.isEmpty, emptyName == nil { emptyName = name }
    }
    if let emptyName { note(.malformedParameter, title, at: emptyName) }
    if isRequestURI, uri.index(of: UInt8(ascii: "?"), from: uri.count - rest.count + parsed.userInfo.count) != nil {
      note(.uriHeadersInRequestURI, title, at: parsed.headers)
    }
  }

  mutating func checkHost(_ host: SIPText, _ title: String) {
    if host.index(of: UInt8(ascii: ":")) != nil, host[0] != UInt8(ascii: "[") {
      note(.badHost, title, at: host)
    } else if SIPHost(host) == nil {
      note(host.hasExtraColon ? .extraColonInIPv6 : .badHost, title, at: host)
    }
  }
}

extension SIPText {
  fileprivate var isScheme: Bool {
    guard let first = self[0], Self.isLetter(first) else { return false }
    return bytes.allSatisfy {
      Self.isLetter($0) || Self.isDigit($0) || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-")
        || $0 == UInt8(ascii: ".")
    }
  }

  fileprivate func firstByteNoURIHas(mayHaveHash: Bool) -> (MessageProblem.Kind, Int)? {
    var index = 0
    while let byte = self[index] {
      if Self.isSpace(byte) { return (.blankInURI, index) }
      switch byte {
      case 0...32, 127...255, UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "\\"),
        UInt8(ascii: "^"), UInt8(ascii: "`"), UInt8(ascii: "{"), UInt8(ascii: "|"), UInt8(ascii: "}"):
        return (.malformedURI, index)
      case UInt8(ascii: "#") where !mayHaveHash: return (.malformedURI, index)
      case UInt8(ascii: "%") where escapedByte(at: index) == nil: return (.malformedURI, index)
      default: index += 1
      }
    }
    return nil
  }

  /// An address that is one without the third of three colons, in brackets.
  fileprivate var hasExtraColon: Bool {
    guard self[0] == UInt8(ascii: "["), self[count - 1] == UInt8(ascii: "]"), count <= 64 else { return false }
    var colons = 0
    var bytes: [UInt8] = []
    var isShortened = false
    for byte in self.bytes {
      colons = byte == UInt8(ascii: ":") ? colons + 1 : 0
      if colons == 3, !isShortened { isShortened = true } else { bytes.append(byte) }
    }
    return isShortened && bytes.withUnsafeBytes { SIPHost(SIPText($0)) != nil }
  }
}
