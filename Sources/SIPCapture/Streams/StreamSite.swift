import PacketFormats
import Primitives
import SIP

/// Where the bytes being read come from.
struct StreamSite {
  let direction: TCPReassembler.Direction
  let place: FramePlace
  /// Whether TLS carried them.
  let isSecure: Bool

  var position: CaptureAccount.Position { place.position }
}

/// Hands one SIP message over, or says why the bytes are none.
///
/// - Parameter isCut: whether the capture left out the bytes that followed.
/// - Returns: the reason the parser gave, nil when there was a message.
@discardableResult
func deliver(
  _ bytes: UnsafeRawBufferPointer, isCut: Bool = false, as transport: SIPTransport, at site: StreamSite,
  _ account: inout CaptureAccount, _ fate: inout CaptureAccount.Fate, _ report: (CapturedMessage) -> Void
) -> SIPParseError.Reason? {
  do throws(SIPParseError) {
    let message = try SIPMessage.parse(bytes, isCut: isCut)
    account.messages += 1
    // A fate says what is worst about its frame, and a remark what it cannot say besides.
    if case .unreadable(let reason) = fate { account.note(.unreadableMessage(reason.rawValue), at: site.position) }
    if message.isCut { fate = .cutMessage } else if fate != .cutMessage { fate = .message }
    report(
      CapturedMessage(
        frame: site.place.frame, time: site.place.time, transport: transport, source: site.direction.source,
        destination: site.direction.destination, message: message))
    return nil
  } catch {
    switch error.reason {
    case .keepAlive:
      account.keepAlives += 1
      if fate == .kept { fate = .keepAlive }
    case .notSIP: if fate == .kept { fate = .otherStream }
    case .startLineCut, .badStatus, .badVersion, .badMethod:
      switch fate {
      case .kept, .keepAlive, .junk, .segmentWithoutPayload, .handshake: fate = .unreadable(error.reason)
      case .message, .cutMessage, .notSIP, .duplicate, .retransmission, .otherStream, .encrypted, .notCarried,
        .malformed, .unreadable:
        account.note(.unreadableMessage(error.reason.rawValue), at: site.position)
      }
    }
    return error.reason
  }
}
