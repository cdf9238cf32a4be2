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
/// - Returns: the reason the parser gave, nil when there was a message.
@discardableResult
func deliver(
  _ bytes: UnsafeRawBufferPointer, as transport: SIPTransport, at site: StreamSite, _ account: inout CaptureAccount,
  _ fate: inout CaptureAccount.Fate, _ report: (CapturedMessage) -> Void
) -> SIPParseError.Reason? {
  do throws(SIPParseError) {
    let message = try SIPMessage.parse(bytes)
    if message.isCut { account.note(.messageCut, at: site.position) }
    account.messages += 1
    fate = .message
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
    case .startLineCut, .badStatus, .badVersion:
      account.note(.unreadableMessage(error.reason.rawValue), at: site.position)
      if fate == .kept { fate = .unreadable(error.reason) }
    }
    return error.reason
  }
}
