import PacketFormats
import SIP

/// Reads the frames of one direction of a WebSocket connection: each message is one SIP message (RFC 7118 section 5).
struct WebSocketReader {
  /// Longest message put together from fragments, or taken in one frame.
  static let messageBytesMax = StreamFraming.headBytesMax + StreamFraming.bodyBytesMax

  private enum Kind {
    case none
    case plain
    /// Compressed, or too long: its fragments are left out.
    case skipped
  }

  private var assembled: [UInt8] = []
  private var message = Kind.none
  private var skipLeft = 0
  /// A frame is being looked for: the stream was joined in its middle, or something is missing.
  private var isSeeking = false
  private var hasOther = false

  var heldByteCount: Int { assembled.count }

  /// Bytes are missing.
  mutating func lose() {
    assembled = []
    message = .none
    skipLeft = 0
    isSeeking = true
  }

  mutating func read(
    _ bytes: UnsafeRawBufferPointer, at site: StreamSite, _ account: inout CaptureAccount,
    _ fate: inout CaptureAccount.Fate, _ report: (CapturedMessage) -> Void
  ) -> StreamReader.Step {
    if skipLeft > 0 {
      let length = min(skipLeft, bytes.count)
      skipLeft -= length
      return junk(length, at: site, &account, &fate)
    }
    if isSeeking {
      switch StreamRecognition.webSocket(bytes) {
      case .content: isSeeking = false
      case .needMore: return .needMore
      case .unknown: return resume(bytes, at: site, &account, &fate)
      }
    }
    switch WebSocketFrame.read(bytes) {
    case .needMore: return .needMore
    case .invalid: return resume(bytes, at: site, &account, &fate)
    case .frame(let frame):
      if frame.payloadLength > Self.messageBytesMax { return skip(frame, at: site, &account, &fate) }
      guard bytes.count >= frame.length else { return .needMore }
      if !frame.opcode.isControl { return take(frame, bytes, at: site, &account, &fate, report) }
      account.keepAlives += 1
      if fate == .kept { fate = .keepAlive }
      return .took(frame.length)
    }
  }

  private mutating func take(
    _ frame: WebSocketFrame, _ bytes: UnsafeRawBufferPointer, at site: StreamSite, _ account: inout CaptureAccount,
    _ fate: inout CaptureAccount.Fate, _ report: (CapturedMessage) -> Void
  ) -> StreamReader.Step {
    if frame.opcode != .continuation {
      begin(frame, at: site, &account)
    } else if message == .none {
      // The beginning of this message is not in the trace.
      return junk(frame.length, at: site, &account, &fate)
    }
    defer { if frame.isFinal { message = .none } }
    guard message == .plain else {
      if fate == .kept { fate = .otherStream }
      return .took(frame.length)
    }
    if frame.isFinal, assembled.isEmpty, frame.mask == nil {
      deliverMessage(
        UnsafeRawBufferPointer(rebasing: bytes[frame.headerLength..<frame.length]), at: site, &account, &fate, report)
      return .took(frame.length)
    }
    frame.appendPayload(of: bytes, to: &assembled)
    if frame.isFinal {
      let whole = assembled
      assembled = []
      whole.withUnsafeBytes { deliverMessage($0, at: site, &account, &fate, report) }
    } else if assembled.count > Self.messageBytesMax {
      account.note(.streamUnfinished, at: site.position, count: assembled.count)
      assembled = []
      message = .skipped
    }
    return .took(frame.length)
  }

  private mutating func begin(_ frame: WebSocketFrame, at site: StreamSite, _ account: inout CaptureAccount) {
    if !assembled.isEmpty { account.note(.streamUnfinished, at: site.position, count: assembled.count) }
    assembled = []
    message = frame.isCompressed ? .skipped : .plain
    if frame.isCompressed { account.note(.compressedWebSocket, at: site.position) }
  }

  private mutating func deliverMessage(
    _ bytes: UnsafeRawBufferPointer, at site: StreamSite, _ account: inout CaptureAccount,
    _ fate: inout CaptureAccount.Fate, _ report: (CapturedMessage) -> Void
  ) {
    let refused = deliver(bytes, as: site.isSecure ? .wss : .ws, at: site, &account, &fate, report)
    guard refused == .notSIP, !hasOther else { return }
    hasOther = true
    account.note(.otherStream, at: site.position)
  }

  /// Leaves out a frame that is longer than any message.
  private mutating func skip(
    _ frame: WebSocketFrame, at site: StreamSite, _ account: inout CaptureAccount, _ fate: inout CaptureAccount.Fate
  ) -> StreamReader.Step {
    message = frame.isFinal ? .none : .skipped
    assembled = []
    skipLeft = frame.payloadLength
    return junk(frame.headerLength, at: site, &account, &fate)
  }

  /// Skips to where a SIP message may begin.
  private mutating func resume(
    _ bytes: UnsafeRawBufferPointer, at site: StreamSite, _ account: inout CaptureAccount,
    _ fate: inout CaptureAccount.Fate
  ) -> StreamReader.Step {
    lose()
    var length = 1
    while length < bytes.count,
      StreamRecognition.webSocket(UnsafeRawBufferPointer(rebasing: bytes[length...])) == .unknown
    { length += 1 }
    return junk(length, at: site, &account, &fate)
  }

  private func junk(
    _ length: Int, at site: StreamSite, _ account: inout CaptureAccount, _ fate: inout CaptureAccount.Fate
  ) -> StreamReader.Step {
    account.note(.streamJunk, at: site.position, count: length)
    if fate == .kept { fate = .junk }
    return .took(length)
  }
}
