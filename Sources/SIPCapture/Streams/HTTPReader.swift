import SIP

/// Reads heads of HTTP/1.1 until one turns the connection into WebSocket (RFC 6455 section 4).
struct HTTPReader {
  enum Step {
    case took(Int)
    case needMore
    /// A handshake of that many bytes; frames follow.
    case upgrade(Int)
    /// Nothing that leads to WebSocket.
    case other
  }

  /// Longest head waited for.
  static let headBytesMax = 16 * 1024
  private var scanned = 0
  private var lineStart = 0
  private var bodyLeft = 0

  /// - Parameter isUpgradeAsked: whether the other direction asked for WebSocket: an answer that refuses may be
  ///   followed by another try, with credentials.
  mutating func read(_ bytes: UnsafeRawBufferPointer, isUpgradeAsked: Bool) -> Step {
    if bodyLeft > 0 {
      let length = min(bodyLeft, bytes.count)
      bodyLeft -= length
      return .took(length)
    }
    let text = SIPText(bytes).slice(0, Self.headBytesMax)
    while let lineFeed = text.index(of: 10, from: scanned) {
      let isBlank = lineFeed == lineStart || (lineFeed == lineStart + 1 && text[lineStart] == 13)
      scanned = lineFeed + 1
      lineStart = lineFeed + 1
      if isBlank { return head(text.slice(0, lineFeed + 1), isUpgradeAsked) }
    }
    scanned = text.count
    return bytes.count < Self.headBytesMax ? .needMore : .other
  }

  private mutating func head(_ head: SIPText, _ isUpgradeAsked: Bool) -> Step {
    scanned = 0
    lineStart = 0
    if head.hasPrefixIgnoringCase("HTTP/1.1 101") { return .upgrade(head.count) }
    let isResponse = head.hasPrefixIgnoringCase("HTTP/1.")
    let upgrade = value("upgrade", in: head)
    if !isResponse, upgrade?.containsIgnoringCase("websocket") == true { return .upgrade(head.count) }
    guard isResponse, isUpgradeAsked else { return .other }
    bodyLeft = value("content-length", in: head)?.decimal.map(Int.init) ?? 0
    return .took(head.count)
  }

  private func value(_ name: StaticString, in head: SIPText) -> SIPText? {
    var start = 0
    while let lineFeed = head.index(of: 10, from: start) {
      let line = head.slice(start, lineFeed)
      if let colon = line.index(of: UInt8(ascii: ":")), line.slice(0, colon).trimmed.equalsIgnoringCase(name) {
        return line.slice(colon + 1, line.count).trimmed
      }
      start = lineFeed + 1
    }
    return nil
  }
}
