import PacketFormats
import SIP

/// Tells what a stream carries from the bytes at its front.
///
/// SIP is text, so the bytes TLS records and WebSocket frames begin with cannot begin a line of it: those two are
/// looked for wherever a stream is taken up, other protocols at the start of a connection only.
enum StreamRecognition {
  enum Verdict: Hashable {
    case content(StreamReader.Content)
    /// May become something when more bytes have come.
    case needMore
    case unknown
  }

  /// Longest payload of a TLS record: 2^14 bytes and what encryption may add (RFC 5246 section 6.2.3).
  static let recordBytesMax = 1 << 14 + 2048
  /// Bytes of a WebSocket payload looked at.
  private static let startBytesMax = 48

  /// - Parameters:
  ///   - isFirst: whether nothing lies in front of the bytes that could make them the middle of something.
  ///   - peer: what the other direction of the connection carries.
  static func front(
    _ bytes: UnsafeRawBufferPointer, isFirst: Bool, peer: StreamReader.Content
  ) -> Verdict {
    switch record(bytes, isCertain: isFirst || peer == .tls) {
    case .unknown: break
    case .content(let content): return .content(content)
    case .needMore: return .needMore
    }
    switch webSocket(bytes) {
    case .unknown: break
    case .content(let content): return .content(content)
    case .needMore: return .needMore
    }
    if peer == .webSocket, !isText(bytes) { return .content(.webSocket) }
    if hasPrefix(bytes, "HEP3") { return .content(.hep) }
    return isFirst ? text(SIPText(bytes)) : .unknown
  }

  /// Where behind the front of bytes that are no SIP a TLS record or WebSocket frame begins, or may begin.
  static func search(
    _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, peer: StreamReader.Content
  ) -> Int? {
    for index in range {
      switch bytes[index] {
      case 20...23, 0x01, 0x02, 0x81, 0x82, 0x48: break
      default: continue
      }
      let rest = UnsafeRawBufferPointer(rebasing: bytes[index...])
      if record(rest, isCertain: peer == .tls) != .unknown || webSocket(rest) != .unknown
        || (bytes[index] == 0x48 && hasPrefix(rest, "HEP3"))
      {
        return index
      }
    }
    return nil
  }

  /// A TLS record: content type, version 3.x and length (RFC 8446 section 5.1).
  ///
  /// - Parameter isCertain: whether a header will do; else the next record, or nothing, has to follow.
  static func record(_ bytes: UnsafeRawBufferPointer, isCertain: Bool) -> Verdict {
    guard let first = bytes.first, (20...23).contains(first), bytes.count < 2 || bytes[1] == 3,
      bytes.count < 3 || bytes[2] <= 4
    else { return .unknown }
    guard bytes.count >= 5 else { return .needMore }
    let length = Int(bytes[3]) << 8 | Int(bytes[4])
    guard (1...recordBytesMax).contains(length) else { return .unknown }
    guard !isCertain, bytes.count != 5 + length else { return .content(.tls) }
    guard bytes.count > 5 + length else { return .needMore }
    let next = UnsafeRawBufferPointer(rebasing: bytes[(5 + length)...])
    return record(next, isCertain: true) == .unknown ? .unknown : .content(.tls)
  }

  /// How many bytes lie in front of the next TLS record of a stream; all of them when there is none.
  static func searchRecord(_ bytes: UnsafeRawBufferPointer) -> Int {
    var index = 1
    while index < bytes.count {
      if (20...23).contains(bytes[index]),
        record(UnsafeRawBufferPointer(rebasing: bytes[index...]), isCertain: false) != .unknown
      {
        return index
      }
      index += 1
    }
    return bytes.count
  }

  /// A WebSocket frame that begins a SIP message, for connections whose handshake isn't in the trace.
  static func webSocket(_ bytes: UnsafeRawBufferPointer) -> Verdict {
    guard let first = bytes.first, [0x01, 0x02, 0x81, 0x82].contains(first) else { return .unknown }
    switch WebSocketFrame.read(bytes) {
    case .invalid: return .unknown
    case .needMore: return .needMore
    case .frame(let frame):
      var start: [UInt8] = []
      frame.appendPayload(of: bytes, prefix: startBytesMax, to: &start)
      let isWhole = start.count == min(frame.payloadLength, startBytesMax)
      return start.withUnsafeBytes { beginsMessage(SIPText($0), isWhole: isWhole) }
    }
  }

  /// Whether a text begins as a SIP message does that is asked for by a URI.
  private static func beginsMessage(_ text: SIPText, isWhole: Bool) -> Verdict {
    if text.hasPrefixIgnoringCase("SIP/2.0 ") { return .content(.webSocket) }
    let letters = text.bytes.prefix { (65...90).contains($0) }.count
    guard letters <= 16 else { return .unknown }
    if !isWhole, text.count < 8 || letters == text.count { return .needMore }
    guard letters >= 3, text[letters] == 32 else { return .unknown }
    let uri = text.slice(letters + 1, letters + 6)
    if !isWhole, uri.count < 5 { return .needMore }
    let schemes: [StaticString] = ["sip:", "sips:", "tel:"]
    return schemes.contains { uri.hasPrefixIgnoringCase($0) } ? .content(.webSocket) : .unknown
  }

  /// The greetings and requests of other protocols; HTTP may turn into WebSocket (RFC 6455 section 4).
  private static func text(_ text: SIPText) -> Verdict {
    if text.hasPrefixIgnoringCase("HTTP/1.") { return .content(.http) }
    let other: [StaticString] = ["SSH-2.0-", "220 ", "RTSP/1.", "PRI * HTTP/2.0"]
    if other.contains(where: { text.hasPrefixIgnoringCase($0) }) { return .content(.other) }
    guard let lineFeed = text.slice(0, StreamFraming.startLineBytesMax).index(of: 10) else { return .unknown }
    let line = text.slice(0, lineFeed).trimmed
    let version = line.slice(line.count - 9, line.count - 1)
    if version == " HTTP/1." { return .content(.http) }
    return version == " RTSP/1." ? .content(.other) : .unknown
  }

  static func isText(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard let first = bytes.first else { return true }
    return (32..<127).contains(first) || first == 13 || first == 10
  }

  private static func hasPrefix(_ bytes: UnsafeRawBufferPointer, _ prefix: StaticString) -> Bool {
    SIPText(bytes).slice(0, prefix.utf8CodeUnitCount) == prefix
  }
}
