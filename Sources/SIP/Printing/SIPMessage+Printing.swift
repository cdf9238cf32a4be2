extension SIPMessage {
  /// Appends the message as a tidy sender would have written it (RFC 3261 section 7.3): one space where one is enough,
  /// known header names in their usual spelling and not in compact form, one line each, lines ended by CR LF,
  /// Content-Length the body's own and last of the headers.
  ///
  /// Printing what was printed gives the same bytes. Header lines that cannot be read are left out; values are those
  /// of the message, byte for byte but for folds.
  public func write(to bytes: inout [UInt8]) {
    switch startLine {
    case .request(_, let method, let uri):
      bytes += method.bytes
      bytes.append(32)
      bytes += uri.bytes
      bytes += " SIP/2.0\r\n".utf8
    case .response(let status, let reason):
      bytes += "SIP/2.0 \(status) ".utf8
      bytes += reason.trimmed.bytes
      bytes += "\r\n".utf8
    }
    forEachHeader { name, value in
      guard !HeaderName.contentLength.matches(name) else { return }
      Self.appendName(name, to: &bytes)
      bytes += ": ".utf8
      Self.appendUnfolded(value, to: &bytes)
      bytes += "\r\n".utf8
    }
    bytes += "Content-Length: \(body.count)\r\n\r\n".utf8
    bytes += body.bytes
  }

  /// The bytes that `write(to:)` appends.
  public var printed: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    write(to: &bytes)
    return bytes
  }

  private static func appendName(_ name: SIPText, to bytes: inout [UInt8]) {
    if let usual = HeaderName.usual.first(where: { $0.matches(name) }) {
      bytes += UnsafeBufferPointer(start: usual.name.utf8Start, count: usual.name.utf8CodeUnitCount)
    } else {
      bytes += name.bytes
    }
  }

  /// Like `SIPText.unfolded`, but of bytes that need not be UTF-8.
  private static func appendUnfolded(_ value: SIPText, to bytes: inout [UInt8]) {
    let start = bytes.count
    var index = 0
    while let byte = value[index] {
      index += 1
      guard byte == 10 else {
        bytes.append(byte)
        continue
      }
      while bytes.count > start, let last = bytes.last, SIPText.isSpace(last) { bytes.removeLast() }
      while let next = value[index], SIPText.isSpace(next) { index += 1 }
      bytes.append(32)
    }
  }
}

extension HeaderName {
  /// Names printed in the spelling of their RFC.
  static var usual: [HeaderName] {
    [
      .via, .from, .to, .callID, .cseq, .contact, .contentType, .expires, .route, .recordRoute, .authorization,
      .proxyAuthorization, .userAgent, .server, .reason, .referTo, .referredBy, .replaces, .diversion, .historyInfo,
      .pAssertedIdentity, .remotePartyID, .supported, .sessionExpires, .subject, .event, .allowEvents,
      .contentEncoding, .privacy, .pPreferredIdentity, .sessionID, .maxForwards, .retryAfter, .wwwAuthenticate,
      .proxyAuthenticate, .date, .warning, .require, .proxyRequire, .accept, .contentDisposition, .minExpires,
      .mimeVersion,
    ]
  }
}
