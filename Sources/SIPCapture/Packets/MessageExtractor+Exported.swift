import PacketFormats
import SIP

extension MessageExtractor {
  /// Reads what was exported of a stream: a message, or bytes of a connection with as many as there are in them.
  ///
  /// Nothing is put in order or joined with what other frames hold: whoever exported it has done so. Bytes that are no
  /// whole message yet are exported again with the rest of it, and once more as the message, which is then a copy.
  mutating func take(
    _ exported: ExportedMessage, _ bytes: UnsafeRawBufferPointer, _ place: FramePlace,
    _ report: (CapturedMessage) -> Void
  ) -> CaptureAccount.Fate {
    let transport = SIPTransport(protocolNumber: exported.transport)
    let site = StreamSite(
      direction: TCPReassembler.Direction(
        source: exported.source, destination: exported.destination, connection: 0, stream: 0),
      place: place, isSecure: false)
    var fate = CaptureAccount.Fate.kept
    var rest = UnsafeRawBufferPointer(rebasing: bytes[exported.payload.clamped(to: 0..<bytes.count)])
    repeat {
      let (length, mayBeMessage) = Self.front(of: rest, isStream: transport.isStream)
      if length == nil, !exported.isWhole, !rest.isEmpty { return fate }
      let front = UnsafeRawBufferPointer(rebasing: rest[..<(length ?? rest.count)])
      if mayBeMessage, isCopy(PacketMark(exported, payload: front), place) {
        if fate == .kept { fate = .duplicate }
      } else {
        deliver(front, as: transport, at: site, &account, &fate, report)
      }
      rest = UnsafeRawBufferPointer(rebasing: rest[front.count...])
    } while !rest.isEmpty
    return fate == .kept || fate == .otherStream ? .notCarried(.exportedProtocol) : fate
  }

  /// How many bytes to read as one message; nil where it goes on behind them.
  private static func front(of bytes: UnsafeRawBufferPointer, isStream: Bool) -> (length: Int?, mayBeMessage: Bool) {
    guard isStream else { return (bytes.count, true) }
    switch StreamFraming.step(bytes) {
    case .message(let length): return (min(max(1, length), bytes.count), true)
    case .keepAlive(let length), .junk(let length): return (min(max(1, length), bytes.count), false)
    case .needMore: return (nil, true)
    }
  }
}
