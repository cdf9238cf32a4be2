import Primitives

/// The fragments of one datagram so far: pieces in order that do not overlap.
struct UnfinishedDatagram: Sendable {
  private struct Piece {
    let range: Range<Int>
    /// As many of the range's bytes as were captured.
    let bytes: [UInt8]
  }

  enum Addition {
    case added, repeated, contradiction
  }

  /// The frame of the first fragment to come.
  let first: CapturePlace
  let begun: Instant
  private(set) var fragmentCount = 0
  /// Bytes it is taken to keep in memory.
  private(set) var cost = 0
  private var pieces: [Piece] = []
  /// Bytes covered by pieces.
  private var covered = 0
  /// Known once the last fragment has come.
  private var length: Int?
  /// What the fragment at offset 0 says.
  private var protocolNumber: UInt8?

  init(first: CapturePlace, at begun: Instant) {
    self.first = first
    self.begun = begun
  }

  mutating func add(_ fragment: IPFragment, _ payload: UnsafeRawBufferPointer, piecesMax: Int) -> Addition {
    let range = fragment.offset..<fragment.offset + fragment.lengthOnWire
    if isBeyondEnd(range, fragment.hasMore) { return .contradiction }
    // The first piece that ends behind the fragment's start.
    let position = partition { $0.range.upperBound <= range.lowerBound }
    let isFree = position == pieces.count || pieces[position].range.lowerBound >= range.upperBound
    if !isFree {
      if pieces[position].range == range, Self.isSame(pieces[position].bytes, payload) { return .repeated }
      if fragment.source.family == .v6 { return .contradiction }
    }
    let fresh = isFree ? [range] : holes(in: range, from: position)
    let isEnd = !fragment.hasMore && length == nil
    guard fresh.contains(where: { !$0.isEmpty }) || isEnd else { return .repeated }
    guard pieces.count + fresh.count <= piecesMax else { return .contradiction }
    for hole in fresh where !hole.isEmpty { insert(hole, of: fragment, payload) }
    if isEnd { length = range.upperBound }
    if fragment.offset == 0 { protocolNumber = fragment.protocolNumber }
    fragmentCount += 1
    return .added
  }

  /// The datagram, when nothing is missing.
  func whole(_ key: FragmentReassembler.Key, protocolNumber latest: UInt8) -> IPDatagram? {
    guard let length, covered == length else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(length)
    for piece in pieces {
      bytes += piece.bytes
      if piece.bytes.count < piece.range.count { break }
    }
    return IPDatagram(
      source: key.source, destination: key.destination, protocolNumber: protocolNumber ?? latest,
      identification: key.identification, bytes: bytes, lengthOnWire: length)
  }

  private func isBeyondEnd(_ range: Range<Int>, _ hasMore: Bool) -> Bool {
    if let length {
      return range.upperBound > length || (!hasMore && range.upperBound != length)
    }
    guard !hasMore, let last = pieces.last else { return false }
    return last.range.upperBound > range.upperBound
  }

  private func holes(in range: Range<Int>, from position: Int) -> [Range<Int>] {
    var holes: [Range<Int>] = []
    var offset = range.lowerBound
    for piece in pieces[position...] {
      if piece.range.lowerBound >= range.upperBound { break }
      if piece.range.lowerBound > offset { holes.append(offset..<piece.range.lowerBound) }
      offset = max(offset, piece.range.upperBound)
    }
    if offset < range.upperBound { holes.append(offset..<range.upperBound) }
    return holes
  }

  private mutating func insert(_ range: Range<Int>, of fragment: IPFragment, _ payload: UnsafeRawBufferPointer) {
    let captured = (range.lowerBound - fragment.offset..<range.upperBound - fragment.offset)
      .clamped(to: 0..<payload.count)
    let piece = Piece(range: range, bytes: Array(payload[captured]))
    pieces.insert(piece, at: partition { $0.range.lowerBound < range.lowerBound })
    covered += range.count
    cost += piece.bytes.count + FragmentReassembler.pieceOverhead
  }

  /// The number of pieces, from the start, that fulfil a condition which no piece behind another one does.
  private func partition(_ isBefore: (Piece) -> Bool) -> Int {
    // Most come in order.
    guard let last = pieces.last, !isBefore(last) else { return pieces.count }
    var low = 0
    var high = pieces.count
    while low < high {
      let middle = (low + high) / 2
      if isBefore(pieces[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Equal as far as both were captured.
  private static func isSame(_ piece: [UInt8], _ payload: UnsafeRawBufferPointer) -> Bool {
    let count = min(piece.count, payload.count)
    return piece[..<count].elementsEqual(payload[..<count])
  }
}
