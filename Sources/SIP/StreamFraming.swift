/// Finds message borders in a byte stream by Content-Length (RFC 3261 section 18.3).
///
/// The borders depend on the bytes alone, not on the portions they arrive in. Section 18.3 makes Content-Length
/// mandatory in a stream; a message without a readable one has no body here, and what follows it is junk up to the
/// next start line: nothing tells where a body would end, and a guess would swallow messages.
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

  /// What is known of the front of a stream, so that a message in many small pieces is looked at once.
  public struct Progress: Hashable, Sendable {
    /// Whether the next start line is being looked for: the stream was joined in its middle, or something is missing.
    /// A line may then begin with the end of a body.
    public var isSeeking: Bool
    fileprivate var scanned = 0
    fileprivate var lineStart = 0
    fileprivate var headersStart = 0
    fileprivate var needed = 0
    /// Whether the front has a whole head, and lacks a part of its body.
    public var isInBody: Bool { needed > 0 }
    /// Whether the front has a whole start line, and lacks a part of its head.
    public var isInHead: Bool { headersStart > 0 && needed == 0 }

    /// Nothing is known of the front yet.
    public init(isSeeking: Bool = false) {
      self.isSeeking = isSeeking
    }
  }

  /// Longest line waited for when looking for a start line.
  public static let startLineBytesMax = 8 * 1024
  /// Longest head (start line and headers) waited for.
  public static let headBytesMax = 64 * 1024
  /// Longest body waited for; with a head it fits into what TCP reassembly keeps of one direction.
  public static let bodyBytesMax = 128 * 1024

  /// - Parameter bytes: the stream from where the last step ended.
  public static func step(_ bytes: UnsafeRawBufferPointer) -> Step {
    var progress = Progress()
    return step(bytes, &progress)
  }

  /// - Parameters:
  ///   - bytes: the stream from where the last step ended.
  ///   - progress: what the last step left; a new one where bytes are missing in front of these.
  public static func step(_ bytes: UnsafeRawBufferPointer, _ progress: inout Progress) -> Step {
    guard bytes.count >= progress.needed else { return .needMore }
    let step = progress.needed > 0 ? .message(length: progress.needed) : front(SIPText(bytes), &progress)
    switch step {
    case .needMore: break
    case .message: progress = Progress()
    case .keepAlive: progress = Progress(isSeeking: progress.isSeeking)
    case .junk: progress = Progress(isSeeking: true)
    }
    return step
  }

  private static func front(_ text: SIPText, _ progress: inout Progress) -> Step {
    guard progress.headersStart == 0 else { return restOfHead(text, &progress) }
    var start = 0
    while let byte = text[start], byte == 13 || byte == 10 { start += 1 }
    if start > 0 { return .keepAlive(length: start) }
    // Junk is cut at line ends only, so that the rest of a line never passes for its beginning.
    guard let lineFeed = text.slice(0, startLineBytesMax).index(of: 10, from: progress.scanned) else {
      progress.scanned = text.count
      return text.count < startLineBytesMax ? .needMore : .junk(length: startLineBytesMax)
    }
    let line = text.slice(0, lineFeed).trimmedAtEnd
    guard let hidden = StartLineSearch.start(in: line, isSeeking: progress.isSeeking) else {
      return .junk(length: lineFeed + 1)
    }
    guard hidden == 0 else { return .junk(length: hidden) }
    progress.headersStart = lineFeed + 1
    progress.lineStart = lineFeed + 1
    progress.scanned = lineFeed + 1
    return restOfHead(text, &progress)
  }

  /// Looks at each line once, however small the pieces are.
  private static func restOfHead(_ text: SIPText, _ progress: inout Progress) -> Step {
    let head = text.slice(0, headBytesMax)
    while let lineFeed = head.index(of: 10, from: progress.scanned) {
      let start = progress.lineStart
      progress.lineStart = lineFeed + 1
      progress.scanned = lineFeed + 1
      if lineFeed == start || (lineFeed == start + 1 && head[start] == 13) { return body(text, &progress) }
      // Behind a gap, the last line of a message/sipfrag body stands where a start line should.
      if start == progress.headersStart, StartLineSearch.isStartLine(head.slice(start, lineFeed).trimmedAtEnd) {
        return .junk(length: start)
      }
    }
    progress.scanned = head.count
    guard text.count >= headBytesMax else { return .needMore }
    return .junk(length: StartLineSearch.lastStart(in: head, from: progress.headersStart))
  }

  private static func body(_ text: SIPText, _ progress: inout Progress) -> Step {
    let head = SIPMessage.head(of: text.slice(0, progress.scanned), headersStart: progress.headersStart)
    let length = head.hotValue(.contentLength)?.decimal.map(Int.init) ?? 0
    guard length <= bodyBytesMax else { return .message(length: head.headLength) }
    progress.needed = head.headLength + length
    return text.count >= progress.needed ? .message(length: progress.needed) : .needMore
  }
}
