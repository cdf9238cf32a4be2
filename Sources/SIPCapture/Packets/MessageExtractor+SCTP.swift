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
      fate = fate.map { account.worse(of: $0, and: own, at: place.position) } ?? own
    } lost: {
      account.note($0)
    }
    let known = fate ?? (reading.kept > 0 ? .kept : nil)
    if let error = reading.error {
      if known == nil {
        faultByte = place.byte(error.offset)
        return .malformed(error.layer)
      }
      account.note(.malformedChunk, at: place.position(byte: place.byte(error.offset)))
    }
    if let known { return known }
    return reading.repeated > 0 ? .retransmission : .segmentWithoutPayload
  }
}

extension CaptureAccount {
  /// The fate of a frame with two: that of a packet which could not be got at, or else that of its messages. What it
  /// does not say is noted.
  mutating func worse(of one: Fate, and other: Fate, at position: Position) -> Fate {
    let ranked: [Fate] = [.cutMessage, .message]
    let fate = [one, other].first(where: \.hidesPacket) ?? ranked.first { $0 == one || $0 == other } ?? one
    for case .unreadable(let reason) in [one, other] where fate != .unreadable(reason) {
      note(.unreadableMessage(reason.rawValue), at: position)
    }
    return fate
  }

  fileprivate mutating func take(
    _ payload: UnsafeRawBufferPointer, isCut: Bool, of packet: SCTPPacket, _ place: FramePlace,
    _ report: (CapturedMessage) -> Void
  ) -> Fate {
    do throws(SIPParseError) {
      let message = try SIPMessage.parse(payload, isCut: isCut)
      messages += 1
      report(
        CapturedMessage(
          frame: place.frame, time: place.time, transport: .sctp, source: packet.source,
          destination: packet.destination, message: message))
      return isCut || message.isCut ? .cutMessage : .message
    } catch {
      switch error.reason {
      case .notSIP:
        datagramsWithoutSIP += 1
        return .notSIP(Payload(payload))
      case .keepAlive:
        keepAlives += 1
        return .keepAlive
      case .startLineCut, .badStatus, .badVersion, .badMethod:
        return .unreadable(error.reason)
      }
    }
  }
}
