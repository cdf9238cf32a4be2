public import Primitives

/// Puts the two directions of TCP connections back in order, one contiguous run of bytes at a time.
///
/// Works from the middle of a connection as well as from its SYN. Bytes that arrive in order are handed on from the
/// frame without a copy; only what the consumer leaves is kept. Each byte of a direction is handed on once, whatever
/// was sent again or overlaps (the first copy counts). Segments beyond a hole wait until the hole is filled, or until
/// it is clear that the trace won't fill it: the peer has acknowledged past it, the connection ends, or a limit is
/// reached. Sequence numbers as in RFC 9293, section 3.4.
public struct TCPReassembler: Sendable {
  /// One way of one connection.
  public struct Direction: Hashable, Sendable {
    /// The sender.
    public let source: IPEndpoint
    /// The receiver.
    public let destination: IPEndpoint
    /// Counts the connections seen, from 1, so that endpoints used again for a new connection are another direction.
    public let connection: Int
    /// The place of this direction among those remembered: 2n or 2n + 1 for the two of one connection, with n below
    /// the number of connections remembered at most. Used again when a connection was forgotten.
    public let stream: Int

    /// Takes all four as they are.
    public init(source: IPEndpoint, destination: IPEndpoint, connection: Int, stream: Int) {
      self.source = source
      self.destination = destination
      self.connection = connection
      self.stream = stream
    }
  }

  /// What lies in front of the bytes handed over.
  public enum Continuity: Hashable, Sendable {
    /// What the consumer has taken, without a byte between; in front of the first bytes of a connection, its SYN.
    case continued
    /// Nobody knows what: the trace begins in the middle of this connection, and these are its first bytes.
    case joined
    /// So many bytes that the trace lacks, or that the consumer left and that can't be completed any more.
    case behindGap(Int)
    /// Nothing: these are the first bytes of the direction after all, followed by all that was handed over before, of
    /// which nothing was taken yet.
    case restarted
    /// Unknown bytes: these come from in front of the first that was handed over, in a connection whose SYN isn't in
    /// the trace. They stand apart; what isn't taken of them is dropped.
    case beforeStart
    /// What came too late: a hole of the stream filled after it was given up, with what was left in front of it and
    /// what was handed over behind it, the `known` bytes at the end. They stand apart; what isn't taken is dropped.
    case late(known: Int)
    /// Nothing new: these are all bytes that were left, and what would follow them is missing for good. What isn't
    /// taken of them is dropped. `isCut` where the capture left off the end of their segment.
    case unfinished(isCut: Bool)
  }

  /// What became of the bytes handed over.
  public enum Consumption: Hashable, Sendable {
    /// So many bytes are done with; the rest is handed over again, in front of the bytes that follow.
    case consumed(Int)
    /// No further bytes of this direction are wanted.
    case ignoreDirection
  }

  /// Takes the bytes of one direction in order, starting where its last consumption ended.
  ///
  /// A gap is told once, with the first bytes after it, so consumed bytes plus gaps are the position in the stream.
  /// Where a sequence number jumps so far that the distance says nothing, one byte stands for the unknown number.
  public typealias Consumer = (Direction, UnsafeRawBufferPointer, Continuity) -> Consumption

  /// Where a segment went.
  public struct Acceptance: Hashable, Sendable {
    /// `Direction.connection` of its direction.
    public let connection: Int
    /// `Direction.stream` of its direction.
    public let stream: Int
    /// Whether the consumer had said before that it wants nothing of this direction.
    public let isIgnored: Bool
  }

  /// Bounds on memory. Past each of them something is given up and counted.
  public struct Limits: Hashable, Sendable {
    /// Past it the least recently active connection is forgotten.
    public var connectionsMax: Int
    /// Bytes left by the consumer and bytes waiting behind holes.
    public var bufferedBytesPerDirectionMax: Int
    /// The same over all connections. Past it the least recently active connections are forgotten.
    public var bufferedBytesMax: Int
    /// Segments waiting behind holes of one direction.
    public var outOfOrderSegmentsMax: Int
    /// A connection without a segment for longer than this is forgotten.
    public var idle: Instant.Span

    /// Bounds with their defaults: 16,384 connections, 256 KiB and 256 segments a direction, 64 MiB in all, an hour
    /// idle. A `connectionsMax` below 1 counts as 1.
    public init(
      connectionsMax: Int = 16_384, bufferedBytesPerDirectionMax: Int = 256 * 1024,
      bufferedBytesMax: Int = 64 * 1024 * 1024, outOfOrderSegmentsMax: Int = 256, idle: Instant.Span = .seconds(3600)
    ) {
      self.connectionsMax = connectionsMax
      self.bufferedBytesPerDirectionMax = bufferedBytesPerDirectionMax
      self.bufferedBytesMax = bufferedBytesMax
      self.outOfOrderSegmentsMax = outOfOrderSegmentsMax
      self.idle = idle
    }
  }

  /// The bounds given at the start.
  public let limits: Limits
  /// What was met and given up so far.
  public private(set) var counts = TCPCounts()
  /// Where the latest segment went.
  public private(set) var latest = Acceptance(connection: 0, stream: 0, isIgnored: false)
  /// Connections forgotten or replaced by the latest `accept`: `Direction.connection` and n of `Direction.stream`.
  public private(set) var forgotten: [(connection: Int, place: Int)] = []
  private var table = TCPConnectionTable()
  private var bufferedByteCount = 0

  /// Begins without any connection.
  public init(limits: Limits = Limits()) {
    self.limits = limits
  }

  /// Connections remembered at this moment.
  public var connectionCount: Int { table.count }

  /// Takes in one segment and hands on what it makes contiguous.
  ///
  /// Connections that reach a limit are flushed on the way, so `consume` may be called for other directions too.
  /// - Parameter frame: the bytes that `segment.payload` refers to.
  public mutating func accept(
    _ segment: TCPSegment, frame: UnsafeRawBufferPointer, at now: Instant, consume: Consumer
  ) {
    counts.segments += 1
    if !forgotten.isEmpty { forgotten = [] }
    forgetIdle(at: now, consume)
    let place = place(of: segment, at: now, consume)
    if segment.flags.contains(.syn), table.streams[place.own].restarts(withSYN: segment.sequence) {
      restart(place.connection, consume)
    }
    let before = buffered(place.connection)
    let direction = table.direction(ofStream: place.own)
    latest = Acceptance(
      connection: direction.connection, stream: place.own, isIgnored: table.streams[place.own].isIgnored)
    let payload = UnsafeRawBufferPointer(rebasing: frame[segment.payload.clamped(to: 0..<frame.count)])
    table.streams[place.own].accept(segment, payload, direction, limits, &counts, consume)
    if segment.flags.contains(.ack) {
      table.streams[place.peer].acknowledge(
        segment.acknowledgment, table.direction(ofStream: place.peer), limits, &counts, consume)
    }
    end(place, segment.flags, consume)
    bufferedByteCount += buffered(place.connection) - before
    while bufferedByteCount > max(0, limits.bufferedBytesMax), let oldest = table.oldest {
      counts.connectionsForgottenForMemory += 1
      forget(oldest, consume)
    }
  }

  /// Hands on what waits behind holes, for the end of the trace, and forgets all connections.
  public mutating func finish(consume: Consumer) {
    while let oldest = table.oldest {
      forget(oldest, consume)
    }
    table = TCPConnectionTable()
  }
}

extension TCPReassembler {
  private struct Place {
    let connection: Int
    let own: Int
    let peer: Int
  }

  private mutating func place(of segment: TCPSegment, at now: Instant, _ consume: Consumer) -> Place {
    let key = TCPConnectionTable.Key(segment.source, segment.destination)
    let connection: Int
    if let known = table.find(key) {
      connection = known
      table.touch(known, at: now)
    } else {
      if table.count >= max(1, limits.connectionsMax), let oldest = table.oldest {
        if !table.isClosed(oldest) { counts.connectionsForgottenForTableSize += 1 }
        forget(oldest, consume)
      }
      counts.connections += 1
      connection = table.insert(key, number: counts.connections, at: now)
    }
    let side = key.lower == segment.source ? 0 : 1
    return Place(connection: connection, own: connection * 2 + side, peer: connection * 2 + 1 - side)
  }

  private func buffered(_ connection: Int) -> Int {
    table.streams[connection * 2].bufferedByteCount + table.streams[connection * 2 + 1].bufferedByteCount
  }

  private mutating func end(_ place: Place, _ flags: TCPFlags, _ consume: Consumer) {
    if flags.contains(.rst) {
      close(place.connection, consume)
      table.close(place.connection)
    } else if flags.contains(.fin) {
      table.close(place.connection)
      // The sender may still repeat what was lost, and the peer's acknowledgments tell when it need not.
      // With only one direction in the trace nothing will ever tell.
      if !table.streams[place.peer].isSeen {
        table.streams[place.own].skipHoles(table.direction(ofStream: place.own), limits, &counts, consume)
      }
    }
  }

  private mutating func close(_ connection: Int, _ consume: Consumer) {
    for stream in connection * 2...connection * 2 + 1 {
      table.streams[stream].close(table.direction(ofStream: stream), limits, &counts, consume)
    }
  }

  private mutating func restart(_ connection: Int, _ consume: Consumer) {
    bufferedByteCount -= buffered(connection)
    close(connection, consume)
    forgotten.append((table.direction(ofStream: connection * 2).connection, connection))
    counts.restarts += 1
    counts.connections += 1
    table.restart(connection, number: counts.connections)
  }

  private mutating func forget(_ connection: Int, _ consume: Consumer) {
    bufferedByteCount -= buffered(connection)
    close(connection, consume)
    forgotten.append((table.direction(ofStream: connection * 2).connection, connection))
    table.remove(connection)
  }

  private mutating func forgetIdle(at now: Instant, _ consume: Consumer) {
    while let oldest = table.oldest, now - table.lastActive(oldest) > limits.idle {
      if !table.isClosed(oldest) { counts.connectionsForgottenIdle += 1 }
      forget(oldest, consume)
    }
  }
}
