import PacketFormats
import SIP

extension MessageExtractor {
  /// Reads the user messages that a packet carries or completes: one SIP message each (RFC 4168 section 5).
  mutating func take(
    _ packet: SCTPPacket, _ bytes: UnsafeRawBufferPointer, _ place: FramePlace, _ report: (CapturedMessage) -> Void
  ) -> CaptureAccount.Fate {
    account.sctpPackets += 1
    var fate: CaptureAccount.Fate?
    let reading = associations.accept(
      packet, frame: bytes, from: CapturePlace(file: place.file, frame: place.frame)
    ) { payload, isCut in
      let own = account.take(payload, isCut: isCut, of: packet, place, report)
      if fate == nil || own == .message { fate = own }
    } lost: {
      account.note($0)
    }
    if let error = reading.error {
      account.note(.malformedFrame(layer: error.layer.rawValue), at: place.position(byte: error.offset))
    }
    if let fate { return fate }
    if reading.kept > 0 { return .kept }
    if let error = reading.error { return .malformed(error.layer) }
    return reading.repeated > 0 ? .retransmission : .segmentWithoutPayload
  }
}

extension CaptureAccount {
  fileprivate mutating func take(
    _ payload: UnsafeRawBufferPointer, isCut: Bool, of packet: SCTPPacket, _ place: FramePlace,
    _ report: (CapturedMessage) -> Void
  ) -> Fate {
    do throws(SIPParseError) {
      let message = try SIPMessage.parse(payload)
      if isCut || message.isCut { note(.messageCut, at: place.position) }
      messages += 1
      report(
        CapturedMessage(
          frame: place.frame, time: place.time, transport: .sctp, source: packet.source,
          destination: packet.destination, message: message))
      return .message
    } catch {
      switch error.reason {
      case .notSIP:
        datagramsWithoutSIP += 1
        return .notSIP(Payload(payload))
      case .keepAlive:
        keepAlives += 1
        return .keepAlive
      case .startLineCut, .badStatus, .badVersion:
        note(.unreadableMessage(error.reason.rawValue), at: place.position)
        return .unreadable(error.reason)
      }
    }
  }
}
