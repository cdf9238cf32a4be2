import PacketFormats
import Primitives
import SIP

/// Unwraps what capture agents send on: the message inside is reported with the endpoints it had.
///
/// Its time is that of the frame it was found in, not the one the packet gives: all messages of a trace then lie on
/// one clock.
enum HEPReader {
  /// Reads the front of a stream of HEP version 3 packets.
  static func read(
    _ bytes: UnsafeRawBufferPointer, at site: StreamSite, _ account: inout CaptureAccount,
    _ fate: inout CaptureAccount.Fate, _ report: (CapturedMessage) -> Void
  ) -> StreamReader.Step {
    guard let length = HEPPacket.version3Length(bytes) else {
      return bytes.count < 6 && begins(bytes) ? .needMore : resume(bytes, at: site, &account, &fate)
    }
    guard bytes.count >= length else { return .needMore }
    guard let packet = HEPPacket.version3(bytes) else { return resume(bytes, at: site, &account, &fate) }
    unwrap(packet, bytes, at: site.place, &account, &fate, report)
    return .took(length)
  }

  /// Reads a datagram; nil when it is no HEP.
  static func read(
    datagram bytes: UnsafeRawBufferPointer, at place: FramePlace, _ account: inout CaptureAccount,
    _ report: (CapturedMessage) -> Void
  ) -> CaptureAccount.Fate? {
    // Nearly all datagrams without SIP are media: they are turned away by their first byte.
    guard let first = bytes.first, first == UInt8(ascii: "H") || first == 1 || first == 2 else { return nil }
    var fate = CaptureAccount.Fate.notSIP(.other)
    if let packet = HEPPacket.version3(bytes) {
      unwrap(packet, bytes, at: place, &account, &fate, report)
      return fate
    }
    guard let packet = HEPPacket.version1Or2(bytes), case .sip(let range) = packet.payload,
      (try? SIPMessage.parse(UnsafeRawBufferPointer(rebasing: bytes[range]))) != nil
    else { return nil }
    unwrap(packet, bytes, at: place, &account, &fate, report)
    return fate
  }

  private static func unwrap(
    _ packet: HEPPacket, _ bytes: UnsafeRawBufferPointer, at place: FramePlace, _ account: inout CaptureAccount,
    _ fate: inout CaptureAccount.Fate, _ report: (CapturedMessage) -> Void
  ) {
    switch packet.payload {
    case .other, .missing: if fate == .kept { fate = .otherStream }
    case .compressed:
      account.note(.compressedHEP, at: place.position)
      if fate == .kept { fate = .otherStream }
    case .sip(let range):
      guard let source = packet.source, let destination = packet.destination else {
        account.note(.unreadableMessage("hepWithoutAddresses"), at: place.position)
        return
      }
      let site = StreamSite(
        direction: TCPReassembler.Direction(source: source, destination: destination, connection: 0, stream: 0),
        place: place, isSecure: false)
      deliver(
        UnsafeRawBufferPointer(rebasing: bytes[range.clamped(to: 0..<bytes.count)]),
        as: SIPTransport(protocolNumber: packet.transport), at: site, &account, &fate, report)
    }
  }

  /// Skips to the next packet of a stream.
  private static func resume(
    _ bytes: UnsafeRawBufferPointer, at site: StreamSite, _ account: inout CaptureAccount,
    _ fate: inout CaptureAccount.Fate
  ) -> StreamReader.Step {
    var length = 1
    while length < bytes.count, !begins(UnsafeRawBufferPointer(rebasing: bytes[length...])) { length += 1 }
    account.note(.streamJunk, at: site.position, count: length)
    if fate == .kept { fate = .junk }
    return .took(length)
  }

  private static func begins(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.prefix(4).elementsEqual("HEP3".utf8.prefix(bytes.count))
  }
}

extension SIPTransport {
  /// By IANA's number of the protocol; UDP where SIP has no name for it.
  init(protocolNumber: UInt8) {
    switch protocolNumber {
    case 6: self = .tcp
    case 132: self = SIPTransport(rawValue: "sctp") ?? .udp
    default: self = .udp
    }
  }
}
