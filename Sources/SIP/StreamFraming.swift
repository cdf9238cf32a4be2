/// Finds message borders in a byte stream by Content-Length (RFC 3261 section 18.3).
///
/// The borders depend on the bytes alone, not on the portions they arrive in.
public enum StreamFraming {
  /// What the front of the stream is.
  public enum Step: Hashable, Sendable {
    /// A message of that many bytes: whole, or without its body where that is longer than `bodyBytesMax`.
    /// Begins as a start line does; whether it is one `SIPMessage.parse` tells.
    case message(length: Int)
    /// That many bytes of CRLF keep-alive (RFC 5626 section 4.4.1).
    case keepAlive(length: Int)
    /// That many bytes that belong to no message; the next start line follows them.
    case junk(length: Int)
    /// The bytes end before it can be told; ask again when more have come.
    case needMore
  }

  /// Longest line waited for when looking for a start line.
  public static let startLineBytesMax = 8 * 1024
  /// Longest head (start line and headers) waited for.
  public static let headBytesMax = 64 * 1024
  /// Longest body waited for; with a head it fits into what TCP reassembly keeps of one direction.
  public static let bodyBytesMax = 128 * 1024

  /// - Parameter bytes: the stream from where the last step ended.
  public static func step(_ bytes: UnsafeRawBufferPointer) -> Step {
    let text = SIPText(bytes)
    var start = 0
    while let byte = text[start], byte == 13 || byte == 10 { start += 1 }
    if start > 0 { return .keepAlive(length: start) }
    // Junk is cut at line ends only, so that the rest of a line never passes for its beginning.
    guard let lineFeed = text.slice(0, startLineBytesMax).index(of: 10) else {
      return text.count < startLineBytesMax ? .needMore : .junk(length: startLineBytesMax)
    }
    guard isStartLine(text.slice(0, lineFeed).trimmedAtEnd) else { return .junk(length: lineFeed + 1) }
    return message(text, headersStart: lineFeed + 1)
  }

  private static func message(_ text: SIPText, headersStart: Int) -> Step {
    // Behind a gap, the last line of a message/sipfrag body stands where a start line should.
    if let lineFeed = text.index(of: 10, from: headersStart),
      isStartLine(text.slice(headersStart, lineFeed).trimmedAtEnd)
    {
      return .junk(length: headersStart)
    }
    let head = SIPMessage.head(of: text.slice(0, headBytesMax), headersStart: headersStart)
    guard !head.isCut else {
      return text.count < headBytesMax ? .needMore : .junk(length: headersStart)
    }
    let length = head.hotValue(.contentLength)?.decimal.map(Int.init) ?? 0
    guard length <= bodyBytesMax else { return .message(length: head.headLength) }
    return text.count - head.headLength >= length ? .message(length: head.headLength + length) : .needMore
  }

  /// Whether a line can begin a message, of whatever SIP version.
  private static func isStartLine(_ line: SIPText) -> Bool {
    guard let space = line.index(of: 32), let version = line.lastIndex(of: 32) else { return false }
    if line.hasPrefixIgnoringCase("SIP/") { return space > 4 }
    return version > space && line.slice(version + 1, version + 5).equalsIgnoringCase("SIP/")
      && line.slice(0, space).isToken
  }
}
