import PacketFormats
import SIP

/// A TLS connection within a TCP connection: its records are opened, and what they hold is a stream again.
struct TLSConnection {
  /// What is kept of a direction's plaintext; past it the message in the making is given up.
  private static let bufferedBytesMax = 256 * 1024

  private struct Side {
    var reader = StreamReader()
    /// Plaintext the reader left.
    var left: [UInt8] = []
    /// Bytes on the wire whose plaintext is missing in front of what comes next.
    var lost = 0
    var isIgnored = false
    /// Obstacles said of this direction, each once.
    var said: Set<TLSObstacle> = []
  }

  private var session = TLSSession()
  private var sides = [Side(), Side()]

  /// Whether what the direction holds is of no interest, though it could be opened.
  func carriesOther(side: Int) -> Bool { sides.indices.contains(side) && sides[side].isIgnored }

  /// What it keeps of both directions.
  var heldByteCount: Int {
    sides.reduce(session.heldByteCount) { $0 + $1.left.count + $1.reader.heldByteCount }
  }

  /// Drops what it keeps, for want of room.
  mutating func giveUp() {
    for side in sides.indices {
      session.lose(side: side)
      sides[side].lost += sides[side].left.count
      sides[side].left = []
      sides[side].reader.giveUp()
    }
  }

  /// Reads the records at the front of a direction.
  mutating func read(
    _ bytes: UnsafeRawBufferPointer, lost: Int, side: Int, keyLog: TLSKeyLog, _ cryptography: any TLSCryptography,
    at site: StreamSite, _ account: inout CaptureAccount, _ fate: inout CaptureAccount.Fate,
    _ report: (CapturedMessage) -> Void
  ) -> TCPReassembler.Consumption {
    guard sides.indices.contains(side) else { return .ignoreDirection }
    if lost > 0 { lose(lost, side: side) }
    var taken = 0
    while taken < bytes.count {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[taken...])
      switch StreamRecognition.record(rest, isCertain: sides[side].lost == 0) {
      case .needMore: return .consumed(taken)
      case .unknown:
        let length = StreamRecognition.searchRecord(rest)
        account.note(.streamJunk, at: site.position, count: length)
        if fate == .kept { fate = .junk }
        lose(length, side: side)
        taken += length
      case .content:
        let length = 5 + Int(rest[3]) << 8 + Int(rest[4])
        guard rest.count >= length else { return .consumed(taken) }
        let record = UnsafeRawBufferPointer(rebasing: rest[..<length])
        let outcome = session.read(record, side: side, keyLog: keyLog, cryptography)
        guard take(outcome, length, side: side, at: site, &account, &fate, report) else { return .ignoreDirection }
        taken += length
      }
    }
    return .consumed(taken)
  }

  /// - Returns: whether more of the direction is wanted.
  private mutating func take(
    _ outcome: TLSSession.Outcome, _ length: Int, side: Int, at site: StreamSite, _ account: inout CaptureAccount,
    _ fate: inout CaptureAccount.Fate, _ report: (CapturedMessage) -> Void
  ) -> Bool {
    switch outcome {
    case .control:
      if fate == .kept { fate = .handshake }
      return true
    case .missed(let obstacle):
      say(obstacle, side: side, at: site, &account, &fate)
      sides[side].lost += length
      return true
    case .closed(let obstacle):
      say(obstacle, side: side, at: site, &account, &fate)
      return false
    case .data(let plaintext):
      guard !plaintext.isEmpty else { return true }
      return read(plaintext, side: side, at: site, &account, &fate, report)
    }
  }

  /// - Returns: whether more of the direction is wanted.
  private mutating func read(
    _ plaintext: [UInt8], side: Int, at site: StreamSite, _ account: inout CaptureAccount,
    _ fate: inout CaptureAccount.Fate, _ report: (CapturedMessage) -> Void
  ) -> Bool {
    let site = StreamSite(direction: site.direction, place: site.place, isSecure: true)
    let peer = sides[1 - side].reader.content
    let lost = sides[side].lost
    sides[side].lost = 0
    var left = lost > 0 ? [] : sides[side].left
    sides[side].left = []
    left += plaintext
    let consumption = left.withUnsafeBytes {
      sides[side].reader.read(
        $0, lost > 0 ? .behindGap(lost) : .continued, peer: peer, at: site, &account, &fate, report)
    }
    switch consumption {
    case .consumed(let count) where count >= left.count: return true
    case .consumed(let count): left.removeFirst(max(0, count))
    case .ignoreDirection:
      sides[side].isIgnored = true
      return false
    }
    if left.count > Self.bufferedBytesMax { sides[side].lost = left.count } else { sides[side].left = left }
    return true
  }

  private mutating func lose(_ count: Int, side: Int) {
    session.lose(side: side)
    sides[side].lost += count
  }

  private mutating func say(
    _ obstacle: TLSObstacle, side: Int, at site: StreamSite, _ account: inout CaptureAccount,
    _ fate: inout CaptureAccount.Fate
  ) {
    if sides[side].said.insert(obstacle).inserted { account.note(.encrypted(obstacle), at: site.position) }
    if fate == .kept { fate = .encrypted }
  }
}
