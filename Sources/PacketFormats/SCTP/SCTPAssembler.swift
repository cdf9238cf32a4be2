import Primitives

/// Hands on the user messages of SCTP packets, put together where they were sent in pieces (RFC 9260, RFC 8260).
///
/// A message is handed on when its last missing piece has come, without regard to the order of streams. Chunks that
/// were sent again are known by their transmission number and bytes. Directions are told apart by addresses, ports and
/// verification tag, so that what an association of several addresses sends again another way counts anew.
public struct SCTPAssembler: Sendable {
  /// Bounds on memory. Past each of them pieces are given up.
  public struct Limits: Hashable, Sendable {
    /// Directions of associations; past it the least recently active one is forgotten.
    public var directionsMax: Int
    /// Pieces of messages that wait in one direction; past it all of them are given up.
    public var piecesPerDirectionMax: Int
    /// Their bytes, with `pieceOverhead` for each.
    public var bytesPerDirectionMax: Int
    /// Their bytes over all directions; past it the least recently active directions are forgotten.
    public var bytesMax: Int

    /// Bounds with their defaults: 1,024 directions, 512 pieces and 256 KiB each, 8 MiB in all. `directionsMax` below
    /// 1 counts as 1.
    public init(
      directionsMax: Int = 1024, piecesPerDirectionMax: Int = 512, bytesPerDirectionMax: Int = 256 * 1024,
      bytesMax: Int = 8 * 1024 * 1024
    ) {
      self.directionsMax = directionsMax
      self.piecesPerDirectionMax = piecesPerDirectionMax
      self.bytesPerDirectionMax = bytesPerDirectionMax
      self.bytesMax = bytesMax
    }
  }

  /// What one packet brought.
  public struct Reading: Hashable, Sendable {
    /// User messages handed on.
    public internal(set) var messages = 0
    /// Pieces that wait for others.
    public internal(set) var kept = 0
    /// Chunks of user data that had come before.
    public internal(set) var repeated = 0
    /// A chunk that doesn't fit; what is behind it was not read.
    public internal(set) var error: FrameError?

    /// Nothing.
    public init() {}
  }

  /// Pieces given up.
  public struct Loss: Hashable, Sendable {
    /// How many.
    public let pieces: Int
    /// The frame of the first to come.
    public let first: CapturePlace

    /// Takes both as they are.
    public init(pieces: Int, first: CapturePlace) {
      self.pieces = pieces
      self.first = first
    }
  }

  struct Key: Hashable {
    let source: IPEndpoint
    let destination: IPEndpoint
    let tag: UInt32
  }

  /// What one piece is taken to cost beside its bytes.
  static let pieceOverhead = 64

  /// The bounds given at the start.
  public let limits: Limits
  private var directions = AgeOrderedTable<Key, SCTPDirection>()
  private var bufferedByteCount = 0

  /// Begins without any association.
  public init(limits: Limits = Limits()) {
    self.limits = limits
  }

  /// Takes in one packet.
  /// - Parameters:
  ///   - frame: the bytes that `packet.chunks` refers to.
  ///   - message: takes the bytes of one user message, valid only during the call, and whether it was cut.
  ///   - lost: is told the pieces given up on the way.
  public mutating func accept(
    _ packet: SCTPPacket, frame: UnsafeRawBufferPointer, from place: CapturePlace,
    message: (UnsafeRawBufferPointer, Bool) -> Void, lost: (Loss) -> Void
  ) -> Reading {
    var reading = Reading()
    var chunks = SCTPChunkReader(packet, frame: frame)
    var direction: Int?
    while true {
      switch chunks.next() {
      case .end: return reading
      case .other: continue
      case .malformed(let error):
        reading.error = error
        return reading
      case .data(let chunk):
        let index = direction ?? self.direction(of: packet, lost)
        direction = index
        take(chunk, UnsafeRawBufferPointer(rebasing: frame[chunk.data]), index, place, &reading, message, lost)
        if bufferedByteCount > max(0, limits.bytesMax) {
          // May forget this one too.
          while bufferedByteCount > max(0, limits.bytesMax), let oldest = directions.oldest { forget(oldest, lost) }
          direction = nil
        }
      }
    }
  }

  /// Gives up all pieces that wait, for the end of the trace.
  public mutating func finish(lost: (Loss) -> Void) {
    while let oldest = directions.oldest { forget(oldest, lost) }
  }

  private mutating func take(
    _ chunk: SCTPDataChunk, _ data: UnsafeRawBufferPointer, _ index: Int, _ place: CapturePlace,
    _ reading: inout Reading, _ message: (UnsafeRawBufferPointer, Bool) -> Void, _ lost: (Loss) -> Void
  ) {
    guard directions[index].isNew(chunk, data) else {
      reading.repeated += 1
      return
    }
    if chunk.isFirst, chunk.isLast {
      reading.messages += 1
      message(data, chunk.isCut)
      return
    }
    let before = directions[index].byteCount
    if let whole = directions[index].keep(chunk, data, place) {
      reading.messages += 1
      whole.bytes.withUnsafeBytes { message($0, whole.isCut) }
    } else {
      reading.kept += 1
    }
    let isOverLimit =
      directions[index].pieceCount > limits.piecesPerDirectionMax
      || directions[index].byteCount > limits.bytesPerDirectionMax
    if isOverLimit, let loss = directions[index].giveUp() { lost(loss) }
    bufferedByteCount += directions[index].byteCount - before
  }

  private mutating func direction(of packet: SCTPPacket, _ lost: (Loss) -> Void) -> Int {
    let key = Key(source: packet.source, destination: packet.destination, tag: packet.verificationTag)
    if let known = directions.find(key) {
      directions.touch(known)
      return known
    }
    while directions.count >= max(1, limits.directionsMax), let oldest = directions.oldest { forget(oldest, lost) }
    return directions.insert(SCTPDirection(), for: key)
  }

  private mutating func forget(_ index: Int, _ lost: (Loss) -> Void) {
    bufferedByteCount -= directions[index].byteCount
    if let loss = directions[index].giveUp() { lost(loss) }
    directions.remove(index, leaving: SCTPDirection())
  }
}
