public import PacketFormats
public import Primitives
import SIP

/// Frames in, SIP messages out, on any port: SIP is known by its content.
///
/// UDP datagrams are read where they lie in the frame; TCP is put back in order and cut at Content-Length, or, where
/// WebSocket frames lie in it, at their ends (RFC 7118). TLS is read with the secrets of a key log. What HEP wraps is
/// reported with its inner endpoints.
public struct MessageExtractor {
  /// What became of every frame received so far; streams still open are in it only as far as they were read.
  public internal(set) var account = CaptureAccount()
  private var streams: TCPReassembler
  private var connections: StreamContents
  private var duplicates: DuplicateFilter?
  private let headers: SIPMessage.HeaderReading
  /// Offset in the frame being read of what is wrong with it.
  var faultByte: Int?
  /// What the latest frame's packet is recognised by if it is recorded again: a hash of its ends, its IPv4
  /// identification and its payload, of TCP with numbers and flags. nil for a frame nobody looks for copies of: a
  /// datagram without SIP, a segment without data, anything but UDP, TCP and what was exported of a stream.
  public private(set) var packetMark: UInt64?
  private var losses = StreamLosses()
  var fragments = FragmentReassembler()
  var associations = SCTPAssembler()

  /// An extractor that has seen no frame.
  ///
  /// - Parameters:
  ///   - limits: of TCP reassembly; what WebSocket and TLS keep of messages in the making has the same bound on bytes.
  ///   - duplicates: how packets recorded twice are recognised; nil to take each for one of its own.
  ///   - keyLog: secrets of TLS connections.
  ///   - cryptography: opens TLS with them; without it every TLS connection is reported as encrypted.
  ///   - readsHeadersAhead: false if hardly any message will be asked for its headers.
  public init(
    limits: TCPReassembler.Limits = TCPReassembler.Limits(),
    duplicates: DuplicateFilter.Settings? = DuplicateFilter.Settings(), keyLog: TLSKeyLog = TLSKeyLog(),
    cryptography: (any TLSCryptography)? = nil, readsHeadersAhead: Bool = true
  ) {
    headers = readsHeadersAhead ? .ahead : .onDemand
    streams = TCPReassembler(limits: limits)
    self.duplicates = duplicates.map { DuplicateFilter($0) }
    connections = StreamContents(
      heldBytesMax: limits.bufferedBytesMax, keyLog: keyLog, cryptography: cryptography)
  }

  /// Takes in more secrets of TLS connections, from the trace itself.
  ///
  /// They serve connections whose first record that needs them is still to come: the first with data in TLS 1.2, the
  /// first behind the server's hello in TLS 1.3. A connection given up for want of a key stays so.
  /// - Returns: lines that say nothing.
  @discardableResult
  public mutating func addKeyLog(_ text: [UInt8]) -> [TLSKeyLog.Problem] { connections.keyLog.add(text) }

  /// What putting TCP in order met and gave up so far, connections forgotten at a limit included.
  public var tcpCounts: TCPCounts { streams.counts }

  /// Reads one frame; a message handed to `report` is valid only during that call.
  ///
  /// - Parameter file: index of the frame's trace among those read together.
  public mutating func receive(
    _ frame: UnsafeRawBufferPointer, number: Int, file: Int = 0, time: Instant, linkType: LinkType,
    report: (CapturedMessage) -> Void
  ) {
    let place = FramePlace(frame: number, file: file, time: time)
    let messagesBefore = account.messages
    faultByte = nil
    packetMark = nil
    account.frames += 1
    account.bytes += frame.count
    let fate =
      if let datagram = FrameDecoder.plainDatagram(in: frame, linkType: linkType) {
        take(datagram, frame, place, report)
      } else {
        take(FrameDecoder.decode(frame, linkType: linkType), frame, place, report)
      }
    account.fateTable.add(
      fate, bytes: frame.count, messages: account.messages - messagesBefore, at: place.position(byte: faultByte))
  }

  /// The end of the trace: reads what waited behind holes in TCP streams.
  ///
  /// - Parameters:
  ///   - frame: number of the last frame read, where what only the end brought to light is said to be.
  ///   - file: index of that frame's trace.
  public mutating func finish(frame: Int, file: Int = 0, at time: Instant, report: (CapturedMessage) -> Void) {
    let place = FramePlace(frame: frame, file: file, time: time)
    finishPackets()
    let messagesBefore = account.messages
    streams.finish { connections.read($0, $1, $2, at: place, &account, report) }
    account.messagesAtEnd += account.messages - messagesBefore
    losses.look(at: streams.counts, place, &account)
    losses.finish(&account)
    account.note(.duplicatesNotCompared, at: place.position, count: duplicates?.forgotten ?? 0)
  }

  /// So many packets were dropped before anybody could read them, told with the last frame that was read.
  public mutating func noteNotCaptured(_ count: Int, frame: Int, file: Int = 0) {
    account.note(.notCaptured, at: CaptureAccount.Position(file: file, frame: frame), count: count)
  }

  /// Reads what a frame, or the datagram its fragments make, carries.
  mutating func take(
    _ content: FrameContent, _ bytes: UnsafeRawBufferPointer, _ place: FramePlace,
    _ report: (CapturedMessage) -> Void
  ) -> CaptureAccount.Fate {
    switch content {
    case .udp(let datagram): return take(datagram, bytes, place, report)
    case .tcp(let segment): return take(segment, bytes, place, report)
    case .sctp(let packet): return take(packet, bytes, place, report)
    case .fragment(let fragment): return take(fragment, bytes, place, report)
    case .exported(let message): return take(message, bytes, place, report)
    case .aggregate(let aggregate): return take(aggregate, bytes, place, report)
    case .other(let reason): return .notCarried(reason)
    case .malformed(let error):
      faultByte = place.byte(error.offset)
      return .malformed(error.layer)
    }
  }

  private mutating func take(
    _ datagram: UDPDatagram, _ bytes: UnsafeRawBufferPointer, _ place: FramePlace,
    _ report: (CapturedMessage) -> Void
  ) -> CaptureAccount.Fate {
    account.datagrams += 1
    let payload = UnsafeRawBufferPointer(rebasing: bytes[datagram.payload.clamped(to: 0..<bytes.count)])
    // Read where it is handed over from: each copy of a message is felt.
    var captured = CapturedMessage(
      frame: place.frame, time: place.time, transport: .udp, source: datagram.source,
      destination: datagram.destination, message: SIPMessage())
    do throws(SIPParseError) {
      try captured.message.read(payload, headers: headers, isCut: datagram.isCut)
      if isCopy(PacketMark(datagram, payload: payload), place) { return .duplicate }
      account.messages += 1
      report(captured)
      return datagram.isCut || captured.message.isCut ? .cutMessage : .message
    } catch {
      if error.reason != .notSIP, isCopy(PacketMark(datagram, payload: payload), place) { return .duplicate }
      switch error.reason {
      case .notSIP:
        if let fate = HEPReader.read(datagram: payload, at: place, &account, report) {
          if fate != .message { account.datagramsWithoutSIP += 1 }
          return fate
        }
        account.datagramsWithoutSIP += 1
        return .notSIP(CaptureAccount.Payload(payload))
      case .keepAlive:
        account.keepAlives += 1
        return .keepAlive
      case .startLineCut, .badStatus, .badVersion, .badMethod:
        faultByte = place.byte(datagram.payload.lowerBound + error.offset)
        return .unreadable(error.reason)
      }
    }
  }

  private mutating func take(
    _ segment: TCPSegment, _ bytes: UnsafeRawBufferPointer, _ place: FramePlace,
    _ report: (CapturedMessage) -> Void
  ) -> CaptureAccount.Fate {
    account.segments += 1
    let payload = UnsafeRawBufferPointer(rebasing: bytes[segment.payload.clamped(to: 0..<bytes.count)])
    // Many a segment without data looks like the one before, and none of them tells anything twice.
    if !payload.isEmpty, isCopy(PacketMark(segment, payload: payload), place) { return .duplicate }
    let repeatedBefore = streams.counts.retransmitted
    connections.fate = segment.payload.isEmpty ? .segmentWithoutPayload : .kept
    streams.accept(segment, frame: bytes, at: place.time) {
      connections.read($0, $1, $2, at: place, &account, report)
    }
    for (connection, place) in streams.forgotten { connections.forget(connection: connection, place: place) }
    losses.look(at: streams.counts, place, &account)
    guard connections.fate == .kept else { return connections.fate }
    if streams.latest.isIgnored { return connections.fate(ofIgnored: streams.latest) }
    return streams.counts.retransmitted > repeatedBefore ? .retransmission : .kept
  }

  mutating func isCopy(_ mark: PacketMark, _ place: FramePlace) -> Bool {
    packetMark = mark.value
    return duplicates?.isCopy(mark.value, at: place.time) ?? false
  }
}

extension CaptureAccount.Payload {
  init(_ bytes: UnsafeRawBufferPointer) {
    guard let first = bytes.first else {
      self = .other
      return
    }
    let cookie: [UInt8] = [0x21, 0x12, 0xa4, 0x42]
    switch first {
    case 0x80...0xbf where bytes.count >= 8: self = .media
    case 0x00...0x03 where bytes.count >= 20 && bytes[4..<8].elementsEqual(cookie): self = .stun
    case 20...25 where bytes.count >= 13 && bytes[1] == 0xfe: self = .dtls
    default: self = .other
    }
  }
}

/// The frame being read.
struct FramePlace {
  let frame: Int
  let file: Int
  let time: Instant
  /// How many times over its bytes are not the frame's, but those of a datagram whose last fragment it brought.
  var reassemblies = 0

  var position: CaptureAccount.Position { CaptureAccount.Position(file: file, frame: frame) }
  /// An offset in the frame; nil where the bytes being read are not the frame's.
  func byte(_ offset: Int) -> Int? { reassemblies == 0 ? offset : nil }
  func position(byte: Int?) -> CaptureAccount.Position {
    CaptureAccount.Position(file: file, frame: frame, byte: byte)
  }
}
