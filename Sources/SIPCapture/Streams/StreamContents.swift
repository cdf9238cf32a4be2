import PacketFormats
import SIP

/// What TCP connections carry: cuts the bytes of each direction into messages.
struct StreamContents {
  /// What became of the frame being read, as far as its stream tells.
  var fate = CaptureAccount.Fate.kept

  private static let encryptedMark: UInt8 = 1

  /// The fate of a segment in a direction that was left alone.
  static func fate(ofMark mark: UInt8) -> CaptureAccount.Fate { mark == encryptedMark ? .encrypted : .otherStream }

  /// Reads the bytes at the front of one direction.
  mutating func read(
    _ direction: TCPReassembler.Direction, _ bytes: UnsafeRawBufferPointer, gapBefore: Int, at place: FramePlace,
    _ account: inout CaptureAccount, _ report: (CapturedMessage) -> Void
  ) -> TCPReassembler.Consumption {
    if gapBefore > 0 { account.note(.streamGap, at: place.position, count: gapBefore) }
    if let other = foreignProtocol(bytes, isBehindGap: gapBefore > 0) {
      account.note(other, at: place.position)
      let mark: UInt8 = other == .encryptedStream ? Self.encryptedMark : 0
      if fate == .kept { fate = Self.fate(ofMark: mark) }
      return .ignoreDirectionAs(mark: mark)
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
      account.messages += 1
      // A fate says what is worst about its frame, and a remark what it cannot say besides.
      if case .unreadable(let reason) = fate { account.note(.unreadableMessage(reason.rawValue), at: place.position) }
      if message.isCut { fate = .cutMessage } else if fate != .cutMessage { fate = .message }
      report(
        CapturedMessage(
          frame: place.frame, time: place.time, transport: .tcp, source: direction.source,
          destination: direction.destination, message: message))
    } catch {
      switch fate {
      case .kept, .keepAlive, .junk, .segmentWithoutPayload: fate = .unreadable(error.reason)
      case .message, .cutMessage, .notSIP, .duplicate, .retransmission, .otherStream, .encrypted,
        .notCarried, .malformed, .unreadable:
        account.note(.unreadableMessage(error.reason.rawValue), at: place.position)
      }
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
