import PacketFormats
import SIP

/// What TCP connections carry: cuts the bytes of each direction into messages.
struct StreamContents {
  /// What became of the frame being read, as far as its stream tells.
  var fate = CaptureAccount.Fate.kept

  /// Reads the bytes at the front of one direction.
  mutating func read(
    _ direction: TCPReassembler.Direction, _ bytes: UnsafeRawBufferPointer, gapBefore: Int, at place: FramePlace,
    _ account: inout CaptureAccount, _ report: (CapturedMessage) -> Void
  ) -> TCPReassembler.Consumption {
    if gapBefore > 0 { account.note(.streamGap, at: place.position, count: gapBefore) }
    if let other = foreignProtocol(bytes, isBehindGap: gapBefore > 0) {
      account.note(other, at: place.position)
      fate = other == .encryptedStream ? .encrypted : .otherStream
      return .ignoreDirection
    }
    var consumed = 0
    while consumed < bytes.count {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[consumed...])
      switch StreamFraming.step(rest) {
      case .needMore: return .consumed(consumed)
      case .keepAlive(let length):
        account.keepAlives += 1
        if fate == .kept { fate = .keepAlive }
        consumed += length
      case .junk(let length):
        account.note(.streamJunk, at: place.position, count: length)
        if fate == .kept { fate = .junk }
        consumed += length
      case .message(let length):
        deliver(UnsafeRawBufferPointer(rebasing: rest[..<length]), direction, place, &account, report)
        consumed += length
      }
    }
    return .consumed(consumed)
  }

  private mutating func deliver(
    _ bytes: UnsafeRawBufferPointer, _ direction: TCPReassembler.Direction, _ place: FramePlace,
    _ account: inout CaptureAccount, _ report: (CapturedMessage) -> Void
  ) {
    do throws(SIPParseError) {
      let message = try SIPMessage.parse(bytes)
      if message.isCut { account.note(.messageCut, at: place.position) }
      account.messages += 1
      fate = .message
      report(
        CapturedMessage(
          frame: place.frame, time: place.time, transport: .tcp, source: direction.source,
          destination: direction.destination, message: message))
    } catch {
      account.note(.unreadableMessage(error.reason.rawValue), at: place.position)
      if fate == .kept { fate = .unreadable(error.reason) }
    }
  }

  /// What a stream carries when its first bytes can be neither SIP nor the middle of it.
  private func foreignProtocol(
    _ bytes: UnsafeRawBufferPointer, isBehindGap: Bool
  ) -> CaptureAccount.Diagnostic? {
    guard bytes.count >= 3 else { return nil }
    // A TLS record: content type, then version 3.x (RFC 8446 section 5.1).
    if (20...23).contains(bytes[0]), bytes[1] == 3, bytes[2] <= 4 { return .encryptedStream }
    // Behind a gap a line of a message's body may begin as a greeting does.
    guard !isBehindGap else { return nil }
    let text = SIPText(bytes)
    // The handshake of RFC 6455 section 4; SIP may follow in WebSocket frames (RFC 7118).
    let isUpgrade = text.hasPrefixIgnoringCase("GET ") && text.containsIgnoringCase("upgrade: websocket")
    if isUpgrade || text.hasPrefixIgnoringCase("HTTP/1.1 101") { return .webSocketStream }
    let other: [StaticString] = ["HTTP/1.", "SSH-2.0-", "220 ", "RTSP/1."]
    return other.contains { text.hasPrefixIgnoringCase($0) } ? .otherStream : nil
  }
}
