/// Finds message borders in a byte stream by Content-Length (RFC 3261 section 18.3).
public enum StreamFraming {
  /// What the front of the stream is.
  public enum Step: Hashable, Sendable {
    /// A whole message of that many bytes.
    case message(length: Int)
    /// That many bytes of CRLF keep-alive (RFC 5626 section 4.4.1).
    case keepAlive(length: Int)
    /// That many bytes that belong to no message; the next start line follows them.
    case junk(length: Int)
    case needMore
  }

  /// Longest head (start line and headers) waited for.
  public static let headBytesMax = 64 * 1024
  /// Longest body waited for.
  public static let bodyBytesMax = 1024 * 1024

  /// - Parameter bytes: the stream from where the last step ended.
  public static func step(_ bytes: UnsafeRawBufferPointer) -> Step {
    let text = SIPText(bytes)
    var start = 0
    while let byte = text[start], byte == 13 || byte == 10 { start += 1 }
    if start > 0 { return .keepAlive(length: start) }
    guard !text.isEmpty else { return .needMore }
    guard let lineFeed = text.index(of: 10) else {
      return SIPMessage.looksLikeStart(text) && text.count < 8192 ? .needMore : .junk(length: text.count)
    }
    guard isStartLine(text.slice(0, lineFeed).trimmedAtEnd) else {
      return .junk(length: lineFeed + 1)
    }
    guard let head = endOfHead(text) else {
      return text.count < headBytesMax ? .needMore : .junk(length: text.count)
    }
    guard let message = try? SIPMessage.parse(UnsafeRawBufferPointer(rebasing: bytes[0..<head])) else {
      return .junk(length: head)
    }
    let length = message.hotValue(.contentLength)?.decimal.map(Int.init) ?? 0
    guard length <= bodyBytesMax else { return .junk(length: head) }
    return text.count - head >= length ? .message(length: head + length) : .needMore
  }

  /// Whether a line can begin a message, of whatever SIP version.
  static func isStartLine(_ line: SIPText) -> Bool {
    if line.hasPrefixIgnoringCase("SIP/") { return line.slice(7, 8) == " " || line.count > 8 }
    guard let version = line.lastIndex(of: 32), line.slice(version + 1, version + 5).equalsIgnoringCase("SIP/"),
      let space = line.index(of: 32)
    else { return false }
    return space > 0 && space < version && line.slice(0, space).isToken
  }

  private static func endOfHead(_ text: SIPText) -> Int? {
    var cursor = HeaderCursor(text: text, offset: (text.index(of: 10) ?? text.count) + 1)
    while cursor.next() != nil {}
    return cursor.sawBlankLine ? cursor.bodyStart : nil
  }
}
