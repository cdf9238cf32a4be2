/// One direction of a connection: what comes next, what the consumer left, what waits behind holes.
struct TCPStream: Sendable {
  private struct Waiting {
    let start: UInt32
    let bytes: [UInt8]
    /// Bytes the segment had on the wire.
    let length: Int
  }

  /// A distance no sender bridges: beyond it a segment is neither a repetition nor ahead of a hole, but the sign of a
  /// connection whose SYN isn't in the trace. RFC 7323 allows windows of up to 1 GiB; SIP comes nowhere near this.
  static let jumpMax = 1 << 26

  /// How far in front of a stream joined in its middle a segment may lie that the network brought too late.
  static let earlyBytesMax = 1 << 16

  /// The sequence number of the first byte not handed over yet.
  private var next: UInt32 = 0
  private var isSynchronised = false
  /// The sequence number of the first byte behind the SYN; nil when the SYN wasn't seen.
  private var first: UInt32?
  private var end: UInt32?
  private var acknowledged: UInt32?
  /// The sequence number of the first byte handed over, where that was not the first of the connection.
  private var origin: UInt32?
  /// The consumer wants nothing more.
  private(set) var isIgnored = false
  private var left: [UInt8] = []
  private var gap = 0
  /// What the capture cut off the segment handed over last, until bytes behind it come.
  private var cut: (start: UInt32, length: Int)?
  private var waiting: [Waiting] = []
  private var waitingByteCount = 0
  /// The hole given up last.
  private var lapse: TCPLapse?
  /// A segment of this direction was seen, be it empty.
  private(set) var isSeen = false

  var bufferedByteCount: Int { left.count + waitingByteCount + (lapse?.byteCount ?? 0) }

  /// Whether a SYN with this sequence number begins another connection than the one being followed.
  func restarts(withSYN sequence: UInt32) -> Bool {
    isSynchronised && first != sequence &+ 1
  }

  mutating func accept(
    _ segment: TCPSegment, _ bytes: UnsafeRawBufferPointer, _ direction: TCPReassembler.Direction,
    _ limits: TCPReassembler.Limits, _ counts: inout TCPCounts, _ consume: TCPReassembler.Consumer
  ) {
    isSeen = true
    let isSYN = segment.flags.contains(.syn)
    let start = isSYN ? segment.sequence &+ 1 : segment.sequence
    if isSYN, !isSynchronised {
      next = start
      first = start
      isSynchronised = true
    }
    guard !isIgnored else { return }
    // What a RST carries is a message to the peer's stack, not data (RFC 9293, section 3.5.2).
    let length = segment.flags.contains(.rst) ? 0 : max(segment.lengthOnWire, bytes.count)
    if segment.flags.contains(.fin) { end = start &+ UInt32(truncatingIfNeeded: length) }
    if length > 0 {
      if !isSynchronised {
        next = start
        origin = start
        isSynchronised = true
      }
      place(bytes, from: start, length: length, direction, limits, &counts, consume)
    }
    abandonAtEnd(direction, &counts, consume)
  }

  /// Notes that the peer has everything before `number`; a hole in front of that won't be filled any more.
  mutating func acknowledge(
    _ number: UInt32, _ direction: TCPReassembler.Direction, _ limits: TCPReassembler.Limits,
    _ counts: inout TCPCounts, _ consume: TCPReassembler.Consumer
  ) {
    acknowledged = number
    guard !waiting.isEmpty else { return }
    skipAcknowledgedHoles(direction, limits, &counts, consume)
    abandonAtEnd(direction, &counts, consume)
  }

  mutating func skipHoles(
    _ direction: TCPReassembler.Direction, _ limits: TCPReassembler.Limits, _ counts: inout TCPCounts,
    _ consume: TCPReassembler.Consumer
  ) {
    while !waiting.isEmpty { skipHole(direction, limits, &counts, consume) }
    abandonAtEnd(direction, &counts, consume)
  }

  /// Hands on what waits and drops what the consumer left: nothing will complete it.
  mutating func close(
    _ direction: TCPReassembler.Direction, _ limits: TCPReassembler.Limits, _ counts: inout TCPCounts,
    _ consume: TCPReassembler.Consumer
  ) {
    skipHoles(direction, limits, &counts, consume)
    abandon(direction, &counts, consume)
    lapse = nil
  }
}

extension TCPStream {
  private func distance(_ sequence: UInt32) -> Int {
    Int(Int32(bitPattern: sequence &- next))
  }

  private mutating func place(
    _ bytes: UnsafeRawBufferPointer, from start: UInt32, length: Int, _ direction: TCPReassembler.Direction,
    _ limits: TCPReassembler.Limits, _ counts: inout TCPCounts, _ consume: TCPReassembler.Consumer
  ) {
    if abs(distance(start)) > Self.jumpMax {
      counts.jumps += 1
      close(direction, limits, &counts, consume)
      gap += 1
      next = start
      first = nil
      origin = start
    }
    if let origin, origin != start, hasRoom(from: start, to: origin) {
      takeEarly(bytes, from: start, to: origin, direction, limits, &counts, consume)
      if length <= Int(origin &- start) { return }
    }
    if distance(start) > 0 {
      wait(bytes, from: start, length: length, &counts)
      skipAcknowledgedHoles(direction, limits, &counts, consume)
      while !waiting.isEmpty, isOverLimit(limits) {
        counts.holesOverLimit += 1
        skipHole(direction, limits, &counts, consume)
      }
    } else {
      take(bytes, from: start, length: length, direction, limits, &counts, consume)
      drain(direction, limits, &counts, consume)
    }
  }

  private func hasRoom(from start: UInt32, to origin: UInt32) -> Bool {
    (1...Self.earlyBytesMax).contains(Int(Int32(bitPattern: origin &- start)))
      && (0...Self.earlyBytesMax).contains(Int(Int32(bitPattern: next &- origin)))
  }

  /// Hands on what lies in front of a stream joined in its middle: its first segments may have changed places.
  private mutating func takeEarly(
    _ bytes: UnsafeRawBufferPointer, from start: UInt32, to origin: UInt32, _ direction: TCPReassembler.Direction,
    _ limits: TCPReassembler.Limits, _ counts: inout TCPCounts, _ consume: TCPReassembler.Consumer
  ) {
    let distance = Int(origin &- start)
    let early = UnsafeRawBufferPointer(rebasing: bytes[..<min(distance, bytes.count)])
    self.origin = start
    guard !early.isEmpty else { return }
    counts.outOfOrder += 1
    if early.count == distance, gap == 0, left.count == Int(next &- origin) {
      // Nothing was taken yet, so both are one piece.
      left.insert(contentsOf: early, at: 0)
      offerLeft(.restarted, direction, limits, &counts, consume)
      return
    }
    switch consume(direction, early, .beforeStart) {
    case .consumed(let count): counts.bytesAbandoned += max(0, early.count - count)
    case .ignoreDirection: ignore()
    }
  }

  private func isOverLimit(_ limits: TCPReassembler.Limits) -> Bool {
    waiting.count > limits.outOfOrderSegmentsMax
      || left.count + waitingByteCount > limits.bufferedBytesPerDirectionMax
  }

  private mutating func wait(
    _ bytes: UnsafeRawBufferPointer, from start: UInt32, length: Int, _ counts: inout TCPCounts
  ) {
    let ahead = distance(start)
    var index = waiting.count
    while index > 0, distance(waiting[index - 1].start) > ahead { index -= 1 }
    if index > 0, distance(waiting[index - 1].start) + waiting[index - 1].length >= ahead + length {
      counts.retransmitted += 1
      return
    }
    counts.outOfOrder += 1
    waiting.insert(Waiting(start: start, bytes: Array(bytes), length: length), at: index)
    waitingByteCount += bytes.count
  }

  private mutating func skipAcknowledgedHoles(
    _ direction: TCPReassembler.Direction, _ limits: TCPReassembler.Limits, _ counts: inout TCPCounts,
    _ consume: TCPReassembler.Consumer
  ) {
    guard let acknowledged else { return }
    while let first = waiting.first, distance(first.start) <= distance(acknowledged),
      distance(acknowledged) <= Self.jumpMax
    {
      skipHole(direction, limits, &counts, consume)
    }
  }

  private mutating func skipHole(
    _ direction: TCPReassembler.Direction, _ limits: TCPReassembler.Limits, _ counts: inout TCPCounts,
    _ consume: TCPReassembler.Consumer
  ) {
    guard let first = waiting.first else { return }
    let hole = (start: next, end: first.start)
    let front = lack(distance(first.start), isCut: false, direction, &counts, consume)
    lapse = TCPLapse(front: front, hole: hole, behind: bytesBehindHole)
    drain(direction, limits, &counts, consume)
  }

  /// The bytes that wait without a hole between them, as far as a lapse keeps them.
  private var bytesBehindHole: [UInt8] {
    guard var end = waiting.first?.start else { return [] }
    var bytes: [UInt8] = []
    for segment in waiting {
      let known = Int(Int32(bitPattern: end &- segment.start))
      guard known >= 0, bytes.count < TCPLapse.bytesMax else { break }
      bytes += segment.bytes.dropFirst(known)
      guard segment.bytes.count == segment.length else { break }
      end &+= UInt32(truncatingIfNeeded: max(0, segment.length - known))
    }
    return bytes
  }

  private mutating func drain(
    _ direction: TCPReassembler.Direction, _ limits: TCPReassembler.Limits, _ counts: inout TCPCounts,
    _ consume: TCPReassembler.Consumer
  ) {
    while let first = waiting.first, distance(first.start) <= 0 {
      waiting.removeFirst()
      waitingByteCount -= first.bytes.count
      first.bytes.withUnsafeBytes {
        take($0, from: first.start, length: first.length, direction, limits, &counts, consume)
      }
    }
  }

  /// Hands on what is new of a segment that starts at or before `next`.
  private mutating func take(
    _ bytes: UnsafeRawBufferPointer, from start: UInt32, length: Int, _ direction: TCPReassembler.Direction,
    _ limits: TCPReassembler.Limits, _ counts: inout TCPCounts, _ consume: TCPReassembler.Consumer
  ) {
    if let cut, cut.start == start, !bytes.isEmpty { takeBack(cut.length, &counts) }
    let known = -distance(start)
    guard known < length else {
      if !fillLapse(bytes, from: start, direction, consume) { counts.retransmitted += 1 }
      return
    }
    if known > 0 { counts.overlapping += 1 }
    let fresh = UnsafeRawBufferPointer(rebasing: bytes[min(known, bytes.count)...])
    if !fresh.isEmpty {
      next &+= UInt32(truncatingIfNeeded: fresh.count)
      handOver(fresh, direction, limits, &counts, consume)
    }
    // The capture cut the segment: a repetition would be cut at the same place, so nothing fills this hole.
    let missing = length - max(known, bytes.count)
    if missing > 0 {
      cut = (next, missing)
      _ = lack(missing, isCut: true, direction, &counts, consume)
    }
  }

  /// The sender goes on where the bytes of its last segment ended: that one was not cut, its IP length was wrong.
  private mutating func takeBack(_ missing: Int, _ counts: inout TCPCounts) {
    cut = nil
    next &-= UInt32(truncatingIfNeeded: missing)
    gap -= missing
    counts.gaps -= 1
    counts.bytesSkipped -= missing
  }

  /// Hands on, apart from the stream, what a segment that came too late makes whole.
  /// - Returns: whether it brought anything.
  private mutating func fillLapse(
    _ bytes: UnsafeRawBufferPointer, from start: UInt32, _ direction: TCPReassembler.Direction,
    _ consume: TCPReassembler.Consumer
  ) -> Bool {
    guard let before = lapse?.byteCount, let behind = lapse?.knownByteCount else { return false }
    guard let whole = lapse?.fill(bytes, from: start) else { return (lapse?.byteCount ?? 0) > before }
    lapse = nil
    whole.withUnsafeBytes { _ = consume(direction, $0, .late(known: behind)) }
    return true
  }

  private mutating func handOver(
    _ fresh: UnsafeRawBufferPointer, _ direction: TCPReassembler.Direction, _ limits: TCPReassembler.Limits,
    _ counts: inout TCPCounts, _ consume: TCPReassembler.Consumer
  ) {
    guard !isIgnored else { return }
    cut = nil
    let isFirst = origin == next &- UInt32(truncatingIfNeeded: fresh.count)
    let continuity: TCPReassembler.Continuity = gap > 0 ? .behindGap(gap) : isFirst ? .joined : .continued
    gap = 0
    guard left.isEmpty else {
      left.append(contentsOf: fresh)
      return offerLeft(continuity, direction, limits, &counts, consume)
    }
    switch consume(direction, fresh, continuity) {
    case .consumed(let count): left = Array(fresh[max(0, min(count, fresh.count))...])
    case .ignoreDirection: ignore()
    }
    giveUpOverLimit(direction, limits, &counts, consume)
  }

  private mutating func offerLeft(
    _ continuity: TCPReassembler.Continuity, _ direction: TCPReassembler.Direction, _ limits: TCPReassembler.Limits,
    _ counts: inout TCPCounts, _ consume: TCPReassembler.Consumer
  ) {
    switch left.withUnsafeBytes({ consume(direction, $0, continuity) }) {
    case .consumed(let count) where count >= left.count: left = []
    case .consumed(let count): left.removeFirst(max(0, count))
    case .ignoreDirection: ignore()
    }
    giveUpOverLimit(direction, limits, &counts, consume)
  }

  private mutating func giveUpOverLimit(
    _ direction: TCPReassembler.Direction, _ limits: TCPReassembler.Limits, _ counts: inout TCPCounts,
    _ consume: TCPReassembler.Consumer
  ) {
    guard left.count > limits.bufferedBytesPerDirectionMax else { return }
    counts.leftBytesOverLimit += 1
    abandon(direction, &counts, consume)
  }

  /// - Returns: the bytes dropped in front of what is missing.
  private mutating func lack(
    _ count: Int, isCut: Bool, _ direction: TCPReassembler.Direction, _ counts: inout TCPCounts,
    _ consume: TCPReassembler.Consumer
  ) -> [UInt8] {
    let dropped = abandon(isCut: isCut, direction, &counts, consume)
    counts.gaps += 1
    counts.bytesSkipped += count
    gap += count
    next &+= UInt32(truncatingIfNeeded: count)
    return dropped
  }

  /// Offers what the consumer left for the last time.
  /// - Returns: the bytes dropped.
  @discardableResult
  private mutating func abandon(
    isCut: Bool = false, _ direction: TCPReassembler.Direction, _ counts: inout TCPCounts,
    _ consume: TCPReassembler.Consumer
  ) -> [UInt8] {
    guard !left.isEmpty else { return [] }
    var dropped = left
    left = []
    switch dropped.withUnsafeBytes({ consume(direction, $0, .unfinished(isCut: isCut)) }) {
    case .consumed(let count): dropped.removeFirst(max(0, min(count, dropped.count)))
    case .ignoreDirection: ignore()
    }
    counts.bytesAbandoned += dropped.count
    gap += dropped.count
    return dropped
  }

  private mutating func abandonAtEnd(
    _ direction: TCPReassembler.Direction, _ counts: inout TCPCounts, _ consume: TCPReassembler.Consumer
  ) {
    if isSynchronised, end == next { abandon(direction, &counts, consume) }
  }

  private mutating func ignore() {
    isIgnored = true
    left = []
    waiting = []
    waitingByteCount = 0
    lapse = nil
  }
}
