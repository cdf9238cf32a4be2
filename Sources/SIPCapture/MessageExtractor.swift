public import PacketFormats
public import Primitives
import SIP

/// Frames in, SIP messages out, on any port: SIP is known by its content.
///
/// UDP datagrams are read where they lie in the frame; TCP is put back in order and cut at Content-Length.
public struct MessageExtractor {
  /// What became of every frame received so far; streams still open are in it only as far as they were read.
  public private(set) var account = CaptureAccount()
  private var streams = TCPReassembler()

  /// An extractor that has seen no frame, with TCP's default limits.
  public init() {}

  /// What putting TCP in order met and gave up so far, connections forgotten at a limit included.
  public var tcpCounts: TCPCounts { streams.counts }

  /// Reads one frame; a message handed to `report` is valid only during that call.
  public mutating func receive(
    _ frame: UnsafeRawBufferPointer, number: Int, time: Instant, linkType: LinkType,
    report: (CapturedMessage) -> Void
  ) {
    account.frames += 1
    account.bytes += frame.count
    switch FrameDecoder.decode(frame, linkType: linkType) {
    case .udp(let datagram):
      account.datagrams += 1
      receive(datagram, frame, number, time, report)
    case .tcp(let segment):
      account.segments += 1
      streams.accept(segment, frame: frame, at: time) { [streamed = Place(frame: number, time: time)] in
        read($0, $1, gapBefore: $2, at: streamed, &account, report)
      }
    case .fragment: account.note(.ipFragment, frame: number)
    case .other(let reason): account.note(.notCarried(reason.rawValue), frame: number)
    case .malformed(let error): account.note(.malformedFrame(layer: error.layer.rawValue), frame: number)
    }
  }

  /// The end of the trace: reads what waited behind holes in TCP streams.
  public mutating func finish(frame: Int, at time: Instant, report: (CapturedMessage) -> Void) {
    streams.finish { read($0, $1, gapBefore: $2, at: Place(frame: frame, time: time), &account, report) }
    // A gap is told with the bytes behind it; what is left had none.
    let given = account.diagnostics[.streamGap]?.count ?? 0
    let unfinished = streams.counts.bytesSkipped + streams.counts.bytesAbandoned - given
    let forgotten = streams.counts.connectionsForgottenForTableSize + streams.counts.connectionsForgottenForMemory
    if forgotten > 0 { account.note(.streamForgotten, frame: frame, count: forgotten) }
    if unfinished > 0 { account.note(.streamUnfinished, frame: frame, count: unfinished) }
  }

  private mutating func receive(
    _ datagram: UDPDatagram, _ frame: UnsafeRawBufferPointer, _ number: Int, _ time: Instant,
    _ report: (CapturedMessage) -> Void
  ) {
    let payload = UnsafeRawBufferPointer(rebasing: frame[datagram.payload.clamped(to: 0..<frame.count)])
    do throws(SIPParseError) {
      let message = try SIPMessage.parse(payload)
      if datagram.isCut || message.isCut { account.note(.messageCut, frame: number) }
      account.messages += 1
      report(
        CapturedMessage(
          frame: number, time: time, transport: .udp, source: datagram.source, destination: datagram.destination,
          message: message))
    } catch {
      switch error.reason {
      case .notSIP: account.datagramsWithoutSIP += 1
      case .keepAlive: account.keepAlives += 1
      case .startLineCut, .badStatus, .badVersion:
        account.note(.unreadableMessage(error.reason.rawValue), frame: number)
      }
    }
  }
}

extension SIPMessage {
  fileprivate var isCut: Bool { !oddities.isDisjoint(with: [.headersCut, .bodyCut]) }
}

private struct Place {
  let frame: Int
  let time: Instant
}

/// Cuts the bytes of one TCP direction into messages.
private func read(
  _ direction: TCPReassembler.Direction, _ bytes: UnsafeRawBufferPointer, gapBefore: Int, at place: Place,
  _ account: inout CaptureAccount, _ report: (CapturedMessage) -> Void
) -> TCPReassembler.Consumption {
  if gapBefore > 0 { account.note(.streamGap, frame: place.frame, count: gapBefore) }
  if let other = foreignProtocol(bytes, isBehindGap: gapBefore > 0) {
    account.note(other, frame: place.frame)
    return .ignoreDirection
  }
  var consumed = 0
  while consumed < bytes.count {
    let rest = UnsafeRawBufferPointer(rebasing: bytes[consumed...])
    switch StreamFraming.step(rest) {
    case .needMore: return .consumed(consumed)
    case .keepAlive(let length):
      account.keepAlives += 1
      consumed += length
    case .junk(let length):
      account.note(.streamJunk, frame: place.frame, count: length)
      consumed += length
    case .message(let length):
      deliver(UnsafeRawBufferPointer(rebasing: rest[..<length]), direction, place, &account, report)
      consumed += length
    }
  }
  return .consumed(consumed)
}

private func deliver(
  _ bytes: UnsafeRawBufferPointer, _ direction: TCPReassembler.Direction, _ place: Place,
  _ account: inout CaptureAccount, _ report: (CapturedMessage) -> Void
) {
  do throws(SIPParseError) {
    let message = try SIPMessage.parse(bytes)
    if message.isCut { account.note(.messageCut, frame: place.frame) }
    account.messages += 1
    report(
      CapturedMessage(
        frame: place.frame, time: place.time, transport: .tcp, source: direction.source,
        destination: direction.destination, message: message))
  } catch {
    account.note(.unreadableMessage(error.reason.rawValue), frame: place.frame)
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
