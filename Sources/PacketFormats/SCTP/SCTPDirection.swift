/// One direction of an association: the chunks seen last, and the pieces that wait for others.
struct SCTPDirection: Sendable {
  struct UserMessage {
    let bytes: [UInt8]
    let isCut: Bool
  }

  private struct Piece {
    let position: UInt32
    let isFirst: Bool
    let isLast: Bool
    let isCut: Bool
    let bytes: [UInt8]
    let place: CapturePlace

    var cost: Int { bytes.count + SCTPAssembler.pieceOverhead }
  }

  private struct Seen {
    let transmission: UInt32
    let fingerprint: UInt64
  }

  /// Chunks remembered to know those sent again; what is in flight at once is fewer.
  private static let seenMax = 128

  private(set) var byteCount = 0
  private(set) var pieceCount = 0
  private var seen: [Seen?] = []
  private var waiting: [SCTPDataChunk.Message: [Piece]] = [:]

  /// Whether the chunk hasn't come before. Its bytes count too, for senders that never raise their numbers.
  mutating func isNew(_ chunk: SCTPDataChunk, _ data: UnsafeRawBufferPointer) -> Bool {
    if seen.isEmpty { seen = [Seen?](repeating: nil, count: Self.seenMax) }
    // FNV-1a.
    var fingerprint: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in data { fingerprint = (fingerprint ^ UInt64(byte)) &* 0x100_0000_01b3 }
    let slot = Int(chunk.transmission % UInt32(Self.seenMax))
    if let known = seen[slot], known.transmission == chunk.transmission, known.fingerprint == fingerprint {
      return false
    }
    seen[slot] = Seen(transmission: chunk.transmission, fingerprint: fingerprint)
    return true
  }

  /// Keeps a piece; the whole message when it was the last one missing.
  mutating func keep(
    _ chunk: SCTPDataChunk, _ data: UnsafeRawBufferPointer, _ place: CapturePlace
  ) -> UserMessage? {
    let piece = Piece(
      position: chunk.position, isFirst: chunk.isFirst, isLast: chunk.isLast, isCut: chunk.isCut,
      bytes: Array(data), place: place)
    var pieces = waiting.removeValue(forKey: chunk.message) ?? []
    // Serial numbers (RFC 1982): the distance tells what comes before what. Most come in order.
    var index = pieces.count
    while index > 0, Int32(bitPattern: piece.position &- pieces[index - 1].position) < 0 { index -= 1 }
    pieces.insert(piece, at: index)
    pieceCount += 1
    byteCount += piece.cost
    let run = Self.run(around: index, of: pieces)
    var message: UserMessage?
    if let run {
      message = Self.join(pieces[run])
      byteCount -= pieces[run].reduce(0) { $0 + $1.cost }
      pieceCount -= run.count
      pieces.removeSubrange(run)
    }
    if !pieces.isEmpty { waiting[chunk.message] = pieces }
    return message
  }

  /// Drops the pieces that wait.
  mutating func giveUp() -> SCTPAssembler.Loss? {
    // The least of all, whatever the order of the dictionary.
    let places = waiting.values.lazy.flatMap { $0.lazy.map(\.place) }
    guard let first = places.min(by: { ($0.file, $0.frame) < ($1.file, $1.frame) }) else { return nil }
    let loss = SCTPAssembler.Loss(pieces: pieceCount, first: first)
    waiting = [:]
    pieceCount = 0
    byteCount = 0
    return loss
  }

  /// The pieces of a whole message that one at `index` is part of: from a first to a last one without a hole.
  private static func run(around index: Int, of pieces: [Piece]) -> Range<Int>? {
    var start = index
    while !pieces[start].isFirst {
      guard start > 0, pieces[start - 1].position &+ 1 == pieces[start].position else { return nil }
      start -= 1
    }
    var end = index
    while !pieces[end].isLast {
      guard end + 1 < pieces.count, pieces[end + 1].position == pieces[end].position &+ 1 else { return nil }
      end += 1
    }
    return start..<end + 1
  }

  private static func join(_ pieces: ArraySlice<Piece>) -> UserMessage {
    var bytes: [UInt8] = []
    for piece in pieces {
      bytes += piece.bytes
      // What is behind a cut would not stand where it belongs.
      if piece.isCut { return UserMessage(bytes: bytes, isCut: true) }
    }
    return UserMessage(bytes: bytes, isCut: false)
  }
}
