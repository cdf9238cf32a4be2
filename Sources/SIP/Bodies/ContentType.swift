/// A media type with its parameters (RFC 3261 section 20.15).
public struct ContentType {
  /// `application/sdp`, blanks around the slash gone; compare with `isType`.
  public let type: SIPText
  /// What follows the slash.
  public let subtype: SIPText
  /// `boundary`, `charset` and others.
  public let parameters: HeaderParameters

  /// nil when it is not two tokens with a slash between them.
  public init?(_ value: SIPText) {
    let (first, second) = value.beforeParameters.split(at: UInt8(ascii: "/"))
    guard let second, first.trimmed.isToken, second.trimmed.isToken else { return nil }
    (type, subtype) = (first.trimmed, second.trimmed)
    parameters = HeaderParameters(of: value)
  }

  /// Whether it is this type, without regard to case.
  public func isType(_ type: StaticString, _ subtype: StaticString) -> Bool {
    self.type.equalsIgnoringCase(type) && self.subtype.equalsIgnoringCase(subtype)
  }
}

extension SIPMessage {
  /// The media type of the body; nil when absent or malformed.
  public var contentType: ContentType? { firstLine(of: .contentType).flatMap { ContentType($0) } }

  /// The first SDP in the body: all of it, or a part of a multipart body; nil when there is none.
  public var sessionDescription: SessionDescription? {
    guard let contentType else { return nil }
    if contentType.isType("application", "sdp") { return SessionDescription(body) }
    var found: SessionDescription?
    MultipartBody(body, type: contentType)?.forEachPart { part in
      if found == nil, part.contentType?.isType("application", "sdp") == true {
        found = SessionDescription(part.body)
      }
    }
    return found
  }

  /// What a NOTIFY says of a transfer's progress: the start line in a `message/sipfrag` body (RFC 3420, RFC 3515
  /// section 2.4.5); nil when there is none.
  public var fragmentStatus: (status: Int, reason: SIPText)? {
    guard let contentType, contentType.isType("message", "sipfrag") else { return nil }
    let line = body.slice(0, body.index(of: 10) ?? body.count).trimmedAtEnd
    guard line.hasPrefixIgnoringCase("SIP/2.0 ") else { return nil }
    let rest = line.slice(8, line.count).trimmed
    guard let code = rest.slice(0, 3).decimal, (100...699).contains(code), rest[3] == nil || rest[3] == 32 else {
      return nil
    }
    return (Int(code), rest.slice(4, rest.count))
  }
}
