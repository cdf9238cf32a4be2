import SIP

/// Bodies: session descriptions, keys pressed, states of messages and transfers. All others are left out.
extension MessageScrubber {
  struct Body {
    var bytes: [UInt8] = []
    /// The Content-Type that goes with it; nil for none.
    var type: String?
  }

  mutating func scrubbedBody(of message: SIPMessage) -> Body {
    guard !message.body.isEmpty else { return Body() }
    guard let type = message.contentType else {
      losses.add("body without a type")
      return Body()
    }
    if type.isType("application", "sdp") {
      return Body(bytes: Array(sessionDescription(message.body.string).utf8), type: "application/sdp")
    }
    if type.type.equalsIgnoringCase("multipart") { return ofParts(message, type) }
    if type.isType("application", "dtmf-relay") {
      return Body(bytes: Array(dtmfRelay(message.body.string).utf8), type: "application/dtmf-relay")
    }
    if type.isType("application", "dtmf") { return Body(bytes: [UInt8(ascii: "0")], type: "application/dtmf") }
    if type.isType("application", "simple-message-summary") {
      return Body(bytes: Array(messageSummary(message.body.string).utf8), type: "application/simple-message-summary")
    }
    if type.isType("message", "sipfrag"), let (status, reason) = message.fragmentStatus {
      let line = "SIP/2.0 \(status) \(ReasonPhrases.kept(reason.string))\r\n"
      return Body(bytes: Array(line.utf8), type: "message/sipfrag;version=2.0")
    }
    losses.add("body \(Self.shown(type))")
    return Body()
  }

  private static func shown(_ type: ContentType) -> String {
    String("\(type.type.string)/\(type.subtype.string)".lowercased().prefix(60))
  }

  /// Of several parts, the session description is the body.
  private mutating func ofParts(_ message: SIPMessage, _ type: ContentType) -> Body {
    var description: String?
    var others = 0
    MultipartBody(message.body, type: type)?.forEachPart { part in
      if description == nil, part.contentType?.isType("application", "sdp") == true {
        description = part.body.string
      } else {
        others += 1
      }
    }
    losses.add(frames: others, "part of a multipart body")
    guard let description else { return Body() }
    return Body(bytes: Array(sessionDescription(description + "\r\n").utf8), type: "application/sdp")
  }

  /// `Signal=5`: which key it was is nobody's business.
  private func dtmfRelay(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).compactMap { line in
      let name = trimmed(line.prefix { $0 != "=" }).lowercased()
      if name == "signal" { return "Signal=0\r\n" }
      return name == "duration" ? "Duration=160\r\n" : nil
    }.joined()
  }

  /// RFC 3842: counts stay, the account is renamed, headers of single messages go.
  private mutating func messageSummary(_ text: String) -> String {
    var result = ""
    for line in text.split(whereSeparator: \.isNewline) {
      let name = trimmed(line.prefix { $0 != ":" }).lowercased()
      let value = trimmed(line.drop { $0 != ":" }.dropFirst())
      switch name {
      case "messages-waiting", "voice-message", "fax-message", "text-message":
        result += "\(trimmed(line))\r\n"
      case "message-account":
        let account = Array(value.utf8).withUnsafeBytes { uri(SIPText($0)) }
        result += "Message-Account: \(account)\r\n"
      default: losses.add("line of a message summary")
      }
    }
    return result
  }
}
