import PacketFormats
import SIP

/// What TCP connections carry: cuts the bytes of each direction into messages.
///
/// Remembers as much of each connection as the reassembler does, and forgets it with it.
struct StreamContents {
  /// Secrets of the TLS connections to come; those of one that was given up are of no use any more.
  var keyLog: TLSKeyLog
  private let cryptography: (any TLSCryptography)?
  /// What became of the frame being read, as far as its stream tells.
  var fate = CaptureAccount.Fate.kept
  /// Two to a connection, as `TCPReassembler.Direction.stream` counts.
  private var readers: [StreamReader] = []
  /// `TCPReassembler.Direction.connection` of each; 0 for a place that is free.
  private var connections: [Int] = []
  /// The TLS connections among them.
  private var tls: [Int: TLSConnection] = [:]
  /// What all of them keep of messages in the making; what TCP reassembly keeps comes on top.
  private var heldByteCount = 0
  private let heldBytesMax: Int

  init(heldBytesMax: Int, keyLog: TLSKeyLog, cryptography: (any TLSCryptography)?) {
    self.heldBytesMax = heldBytesMax
    self.keyLog = keyLog
    self.cryptography = cryptography
  }

  /// Reads the bytes at the front of one direction.
  mutating func read(
    _ direction: TCPReassembler.Direction, _ bytes: UnsafeRawBufferPointer, _ continuity: TCPReassembler.Continuity,
    at place: FramePlace, _ account: inout CaptureAccount, _ report: (CapturedMessage) -> Void
  ) -> TCPReassembler.Consumption {
    let stream = direction.stream
    makePlace(for: direction)
    guard readers.indices.contains(stream), readers.indices.contains(stream ^ 1) else { return .ignoreDirection }
    let site = StreamSite(direction: direction, place: place, isSecure: false)
    let before = held(stream / 2)
    let consumption = readStream(bytes, continuity, at: site, &account, report)
    let after = held(stream / 2)
    heldByteCount += after - before
    if after > 0, heldByteCount > heldBytesMax {
      account.note(.streamUnfinished, at: place.position, count: after)
      heldByteCount -= after
      readers[stream].giveUp()
      readers[stream ^ 1].giveUp()
      tls[stream / 2]?.giveUp()
    }
    return consumption
  }

  private func held(_ place: Int) -> Int {
    let readersHold = readers[place * 2].heldByteCount + readers[place * 2 + 1].heldByteCount
    guard readers[place * 2].content == .tls || readers[place * 2 + 1].content == .tls else { return readersHold }
    return readersHold + (tls[place]?.heldByteCount ?? 0)
  }

  private mutating func readStream(
    _ bytes: UnsafeRawBufferPointer, _ continuity: TCPReassembler.Continuity, at site: StreamSite,
    _ account: inout CaptureAccount, _ report: (CapturedMessage) -> Void
  ) -> TCPReassembler.Consumption {
    let stream = site.direction.stream
    guard readers[stream].content != .tls else {
      return readTLS(bytes, continuity, at: site, &account, report)
    }
    let peer = readers[stream ^ 1].content
    let consumption = readers[stream].read(bytes, continuity, peer: peer, at: site, &account, &fate, report)
    guard readers[stream].content == .tls, case .consumed(let taken) = consumption else { return consumption }
    let rest = UnsafeRawBufferPointer(rebasing: bytes[min(taken, bytes.count)...])
    switch readTLS(rest, .continued, at: site, &account, report) {
    case .consumed(let more): return .consumed(taken + more)
    case .ignoreDirection: return .ignoreDirection
    }
  }

  private mutating func readTLS(
    _ bytes: UnsafeRawBufferPointer, _ continuity: TCPReassembler.Continuity, at site: StreamSite,
    _ account: inout CaptureAccount, _ report: (CapturedMessage) -> Void
  ) -> TCPReassembler.Consumption {
    guard let cryptography else {
      account.note(.encrypted(.noKey), at: site.position)
      fate = .encrypted
      return .ignoreDirection
    }
    var lost = 0
    switch continuity {
    case .continued, .joined, .restarted: break
    case .behindGap(let count):
      lost = count
      account.note(.streamGap, at: site.position, count: count)
    case .beforeStart, .late, .unfinished: return .consumed(0)
    }
    let stream = site.direction.stream
    return tls[stream / 2, default: TLSConnection()].read(
      bytes, lost: lost, side: stream & 1, keyLog: keyLog, cryptography, at: site, &account, &fate, report)
  }

  /// What became of a segment whose direction is ignored.
  func fate(ofIgnored segment: TCPReassembler.Acceptance) -> CaptureAccount.Fate {
    guard readers.indices.contains(segment.stream), connections[segment.stream / 2] == segment.connection else {
      return .otherStream
    }
    let isOpen = tls[segment.stream / 2]?.carriesOther(side: segment.stream & 1) ?? false
    return readers[segment.stream].content == .tls && !isOpen ? .encrypted : .otherStream
  }

  /// Drops what is known of a connection.
  mutating func forget(connection: Int, place: Int) {
    guard connections.indices.contains(place), connections[place] == connection else { return }
    clear(place, connection: 0)
  }

  private mutating func makePlace(for direction: TCPReassembler.Direction) {
    let place = direction.stream / 2
    while connections.count <= place {
      connections.append(0)
      readers.append(StreamReader())
      readers.append(StreamReader())
    }
    if connections[place] != direction.connection { clear(place, connection: direction.connection) }
  }

  private mutating func clear(_ place: Int, connection: Int) {
    heldByteCount -= held(place)
    connections[place] = connection
    readers[place * 2] = StreamReader()
    readers[place * 2 + 1] = StreamReader()
    tls[place] = nil
  }
}
