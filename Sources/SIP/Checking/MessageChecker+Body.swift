extension MessageChecker {
  mutating func checkContentType(_ value: SIPText, _ title: String, offset: Int) {
    guard let type = ContentType(value) else {
      note(.badContentType, title, offset: offset)
      return
    }
    if let charset = type.parameters.value("charset"), !charset.isKnownCharset {
      note(.unknownCharset, title, at: charset)
    }
  }

  mutating func checkBody() {
    let isCut = message.oddities.contains(.bodyCut)
    if isCut { note(.bodyCut, "Content-Length", offset: message.text.count) }
    let isInvite = message.method == .invite
    if isInvite, acceptsSDP == false, let value = message.firstLine(of: .accept) {
      note(.noAcceptableBody, "Accept", at: value)
    }
    guard !message.body.isEmpty else { return }
    guard hasSeen(.contentType) else {
      note(.missingContentType, "Content-Type", offset: message.headLength)
      return
    }
    guard let type = message.contentType, !isCut else { return }
    if type.isType("application", "sdp") {
      if !hasOpenEncoding { checkSDP(message.body) }
    } else if isInvite, !type.type.equalsIgnoringCase("multipart"), !isBodyOptional,
      let value = message.firstLine(of: .contentType)
    {
      note(.unusableBody, "Content-Type", at: value)
    }
  }

  private var hasOpenEncoding: Bool {
    message.firstLine(of: .contentEncoding).map { !$0.equalsIgnoringCase("identity") } ?? false
  }

  private var isBodyOptional: Bool {
    message.firstLine(of: .contentDisposition).flatMap { HeaderParameters(of: $0).value("handling") }?
      .equalsIgnoringCase("optional") ?? false
  }

  private mutating func checkSDP(_ body: SIPText) {
    guard let description = SessionDescription(body), description.origin != nil else {
      note(.malformedSDP, at: body)
      return
    }
    var lines = SDPLines(text: body)
    while let line = lines.next() {
      guard line.type == UInt8(ascii: "m") else { continue }
      let section = SDPSection(text: body.slice(line.start, lines.offset))
      if MediaDescription(section, session: section) == nil {
        note(.malformedSDP, at: line.value)
        return
      }
    }
    if let malformed = lines.malformed { note(.malformedSDP, at: body.slice(malformed, malformed + 1)) }
  }
}

extension SIPText {
  /// UTF-8, ASCII and the ISO 8859 family, by their names in MIME.
  fileprivate var isKnownCharset: Bool {
    equalsIgnoringCase("UTF-8") || equalsIgnoringCase("US-ASCII") || hasPrefixIgnoringCase("ISO-8859-")
      || equalsIgnoringCase("UTF-16")
  }
}
