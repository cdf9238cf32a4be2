import PacketFormats
import SIP

/// Reads one direction of a byte stream, be it TCP's own or what TLS carried.
///
/// Holds what it must remember of the stream; bytes it does not take are handed to it again by whoever keeps them.
struct StreamReader {
  /// What the stream carries, as far as is known.
  enum Content: Hashable {
    case undecided
    case sip
    /// Requests or responses of HTTP, of which one may turn the connection into WebSocket.
    case http
    case webSocket
    case hep
    case tls
    /// A protocol that does not carry SIP.
    case other
  }

  /// What became of the bytes at the front.
  enum Step {
    case took(Int)
    case needMore
    /// Nothing more is wanted.
    case done
  }

  var content = Content.undecided
  private var framing = StreamFraming.Progress()
  /// Nothing was taken yet, and nothing is known to be missing.
  private var isFirst = true
  /// The first bytes, joined in the middle, wait for one more segment: the network may have swapped them.
  private var isJoined = false
  private var searched = 0
  private var http = HTTPReader()
  private var webSocket = WebSocketReader()

  /// What it keeps of the stream itself.
  var heldByteCount: Int { webSocket.heldByteCount }

  /// Drops what it keeps, for want of room.
  mutating func giveUp() { webSocket.lose() }

  /// - Parameter peer: what the other direction carries.
  mutating func read(
    _ bytes: UnsafeRawBufferPointer, _ continuity: TCPReassembler.Continuity, peer: Content, at site: StreamSite,
    _ account: inout CaptureAccount, _ fate: inout CaptureAccount.Fate, _ report: (CapturedMessage) -> Void
  ) -> TCPReassembler.Consumption {
    var mayWait = false
    switch continuity {
    case .continued: break
    case .joined, .restarted:
      mayWait = continuity == .joined
      self = StreamReader()
      isJoined = true
      framing.isSeeking = true
    case .behindGap(let count):
      // What a TLS stream lacks was counted where it was missing.
      if !site.isSecure { account.note(.streamGap, at: site.position, count: count) }
      lose()
    case .beforeStart, .late:
      var apart = StreamReader()
      apart.content = content == .sip ? .sip : .undecided
      apart.framing.isSeeking = true
      apart.isJoined = true
      var end = bytes.count
      if case .late(let known) = continuity { end -= known }
      return apart.read(bytes, upTo: end, mayWait: false, peer: peer, at: site, &account, &fate, report)
    case .unfinished(let isCut):
      return finish(bytes, isCut: isCut, at: site, &account, &fate, report)
    }
    return read(bytes, upTo: bytes.count, mayWait: mayWait, peer: peer, at: site, &account, &fate, report)
  }

  /// - Parameter end: where nothing of the stream's contents may begin any more.
  private mutating func read(
    _ bytes: UnsafeRawBufferPointer, upTo end: Int, mayWait: Bool, peer: Content, at site: StreamSite,
    _ account: inout CaptureAccount, _ fate: inout CaptureAccount.Fate, _ report: (CapturedMessage) -> Void
  ) -> TCPReassembler.Consumption {
    var taken = 0
    while taken < end, content != .tls {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[taken...])
      switch step(rest, peer: peer, mayWait: mayWait && taken == 0, at: site, &account, &fate, report) {
      case .took(let count):
        taken += count
        if count > 0 { isFirst = false }
      case .needMore: return .consumed(taken)
      case .done: return .ignoreDirection
      }
    }
    return .consumed(taken)
  }

  /// The last bytes before a gap or an end: a message whose head is whole is taken with as much of its body as there
  /// is, as a datagram that is cut off is.
  ///
  /// - Parameter isCut: whether the capture cut them off; then a start line suffices, for nothing will bring the rest.
  private mutating func finish(
    _ bytes: UnsafeRawBufferPointer, isCut: Bool, at site: StreamSite, _ account: inout CaptureAccount,
    _ fate: inout CaptureAccount.Fate, _ report: (CapturedMessage) -> Void
  ) -> TCPReassembler.Consumption {
    guard content == .sip || content == .undecided,
      let start = startOfMessage(in: bytes, headMayBeCut: isCut)
    else { return .consumed(0) }
    framing = StreamFraming.Progress(isSeeking: true)
    account.note(.streamJunk, at: site.position, count: start)
    deliver(
      UnsafeRawBufferPointer(rebasing: bytes[start...]), isCut: isCut, as: transport(site), at: site, &account, &fate,
      report)
    return .consumed(bytes.count)
  }

  /// Where a message begins that goes on behind these bytes, and of which they hold the head, or its first line.
  private func startOfMessage(in bytes: UnsafeRawBufferPointer, headMayBeCut: Bool) -> Int? {
    var progress = framing
    var offset = 0
    while offset < bytes.count {
      switch StreamFraming.step(UnsafeRawBufferPointer(rebasing: bytes[offset...]), &progress) {
      case .needMore: return progress.isInBody || progress.isInHead && headMayBeCut ? offset : nil
      case .message(let length), .keepAlive(let length), .junk(let length): offset += length
      }
    }
    return nil
  }

  /// Bytes are missing: what was known of a message in the making is void.
  private mutating func lose() {
    framing = StreamFraming.Progress(isSeeking: true)
    isFirst = false
    isJoined = false
    searched = 0
    webSocket.lose()
    if content == .http { content = .undecided }
  }

  private mutating func step(
    _ bytes: UnsafeRawBufferPointer, peer: Content, mayWait: Bool, at site: StreamSite,
    _ account: inout CaptureAccount, _ fate: inout CaptureAccount.Fate, _ report: (CapturedMessage) -> Void
  ) -> Step {
    switch content {
    case .undecided:
      return undecided(bytes, peer: peer, mayWait: mayWait, at: site, &account, &fate, report)
    case .sip: return sip(bytes, at: site, &account, &fate, report)
    case .http: return readHTTP(bytes, peer: peer, at: site, &account, &fate)
    case .webSocket:
      if peer == .http, bytes.first == UInt8(ascii: "G") {
        // A handshake that was refused is tried again, with credentials.
        guard bytes.count >= 4 else { return .needMore }
        if SIPText(bytes).hasPrefixIgnoringCase("GET ") {
          content = .http
          return .took(0)
        }
      }
      return webSocket.read(bytes, at: site, &account, &fate, report)
    case .hep: return HEPReader.read(bytes, at: site, &account, &fate, report)
    case .tls: return .needMore
    case .other:
      account.note(.otherStream, at: site.position)
      if fate == .kept { fate = .otherStream }
      return .done
    }
  }

  private mutating func undecided(
    _ bytes: UnsafeRawBufferPointer, peer: Content, mayWait: Bool, at site: StreamSite,
    _ account: inout CaptureAccount, _ fate: inout CaptureAccount.Fate, _ report: (CapturedMessage) -> Void
  ) -> Step {
    switch StreamRecognition.front(bytes, isFirst: isFirst, peer: peer) {
    case .content(let found):
      // TLS within TLS is nothing SIP is carried in.
      content = found == .tls && site.isSecure ? .other : found
      if found == .webSocket, !isFirst || isJoined { webSocket.lose() }
      return .took(0)
    case .needMore: return .needMore
    case .unknown: break
    }
    if mayWait, mayBeTail(bytes, peer: peer) { return .needMore }
    switch StreamFraming.step(bytes, &framing) {
    case .message(let length):
      content = .sip
      deliver(
        UnsafeRawBufferPointer(rebasing: bytes[..<length]), as: transport(site), at: site, &account, &fate, report)
      return .took(length)
    case .keepAlive(let length): return keepAlive(length, &account, &fate)
    case .junk(let length):
      let found = StreamRecognition.search(bytes, min(max(searched, 1), length)..<length, peer: peer)
      return junk(found ?? length, at: site, &account, &fate)
    case .needMore:
      guard !StreamRecognition.isText(bytes) else { return .needMore }
      let unsearched = min(max(searched, 1), bytes.count)..<bytes.count
      guard let found = StreamRecognition.search(bytes, unsearched, peer: peer) else {
        // The name of HEP may be cut.
        searched = bytes.count - 3
        return .needMore
      }
      // Records and frames may go on without a line end. HEP waits for the end of the line, which may yet prove to hold
      // the start of a message in front of it.
      if bytes[found] != UInt8(ascii: "H") { return junk(found, at: site, &account, &fate) }
      searched = found
      return .needMore
    }
  }

  /// Whether the first bytes of a joined stream may be the end of a message whose front comes late: what they begin
  /// with is no message, and there is none behind it.
  private func mayBeTail(_ bytes: UnsafeRawBufferPointer, peer: Content) -> Bool {
    var progress = framing
    var offset = 0
    while offset < bytes.count {
      switch StreamFraming.step(UnsafeRawBufferPointer(rebasing: bytes[offset...]), &progress) {
      case .message: return false
      case .needMore: return StreamRecognition.search(bytes, 1..<bytes.count, peer: peer) == nil
      case .keepAlive(let length), .junk(let length): offset += length
      }
    }
    return bytes.contains { $0 != 13 && $0 != 10 }
      && StreamRecognition.search(bytes, 1..<bytes.count, peer: peer) == nil
  }

  private mutating func sip(
    _ bytes: UnsafeRawBufferPointer, at site: StreamSite, _ account: inout CaptureAccount,
    _ fate: inout CaptureAccount.Fate, _ report: (CapturedMessage) -> Void
  ) -> Step {
    switch StreamFraming.step(bytes, &framing) {
    case .needMore: return .needMore
    case .keepAlive(let length): return keepAlive(length, &account, &fate)
    case .junk(let length): return junk(length, at: site, &account, &fate)
    case .message(let length):
      deliver(
        UnsafeRawBufferPointer(rebasing: bytes[..<length]), as: transport(site), at: site, &account, &fate, report)
      return .took(length)
    }
  }

  private mutating func readHTTP(
    _ bytes: UnsafeRawBufferPointer, peer: Content, at site: StreamSite, _ account: inout CaptureAccount,
    _ fate: inout CaptureAccount.Fate
  ) -> Step {
    switch http.read(bytes, isUpgradeAsked: peer == .webSocket) {
    case .needMore: return .needMore
    case .took(let length): return .took(length)
    case .upgrade(let length):
      content = .webSocket
      if fate == .kept { fate = .handshake }
      return .took(length)
    case .other:
      content = .other
      return .took(0)
    }
  }

  private func keepAlive(
    _ length: Int, _ account: inout CaptureAccount, _ fate: inout CaptureAccount.Fate
  ) -> Step {
    account.keepAlives += 1
    if fate == .kept { fate = .keepAlive }
    return .took(length)
  }

  private mutating func junk(
    _ length: Int, at site: StreamSite, _ account: inout CaptureAccount, _ fate: inout CaptureAccount.Fate
  ) -> Step {
    account.note(.streamJunk, at: site.position, count: length)
    if fate == .kept { fate = .junk }
    framing = StreamFraming.Progress(isSeeking: true)
    searched = max(0, searched - length)
    return .took(length)
  }

  private func transport(_ site: StreamSite) -> SIPTransport { site.isSecure ? .tls : .tcp }
}
