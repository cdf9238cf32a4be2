public import Primitives

/// Puts IP datagrams together from their fragments, in any order (RFC 791 section 3.2, RFC 8200 section 4.5).
///
/// A fragment that comes again is known by its bytes and changes nothing. Other overlaps: an IPv6 datagram is dropped
/// as a whole, with what still comes of it (RFC 5722); in an IPv4 datagram the bytes that came first count, and what is
/// new of the later fragment fills the holes. Fragments that disagree about the end make either kind be dropped.
/// Of a fragment cut by the capture, the datagram has the bytes up to the cut and none behind it.
public struct FragmentReassembler: Sendable {
  /// Payload bytes that offsets and lengths of fragments can reach (RFC 791 section 3.1).
  public static let datagramLengthMax = 65_535

  /// Bounds on memory and time. Past each of them a datagram is given up.
  public struct Limits: Hashable, Sendable {
    /// Past it the datagram begun first is forgotten.
    public var datagramsMax: Int
    /// Captured bytes kept over all datagrams, with `pieceOverhead` for each piece. Past it the datagrams begun first
    /// are forgotten.
    public var bufferedBytesMax: Int
    /// Pieces of one datagram: 65,535 bytes in the 48 that the least MTU of IPv4 leaves make 1,366.
    public var piecesPerDatagramMax: Int
    /// A datagram that isn't whole so long after its first fragment is forgotten, on the trace's clock.
    public var timeout: Instant.Span
    /// For so long a fragment of a datagram made whole may come again, as it does where a mirror sees it twice.
    /// Shorter than the first timer of a SIP retransmission, 500 ms (RFC 3261 section 17.1.1.1).
    public var repetition: Instant.Span

    /// Bounds with their defaults: 1,024 datagrams, 8 MiB, 2,048 pieces a datagram, 30 s, 200 ms. `datagramsMax` below
    /// 1 counts as 1.
    public init(
      datagramsMax: Int = 1024, bufferedBytesMax: Int = 8 * 1024 * 1024, piecesPerDatagramMax: Int = 2048,
      timeout: Instant.Span = .seconds(30), repetition: Instant.Span = .milliseconds(200)
    ) {
      self.datagramsMax = datagramsMax
      self.bufferedBytesMax = bufferedBytesMax
      self.piecesPerDatagramMax = piecesPerDatagramMax
      self.timeout = timeout
      self.repetition = repetition
    }
  }

  /// What became of one fragment.
  public enum Outcome: Hashable, Sendable {
    /// It is kept until the others come.
    case waiting
    /// It brought nothing new: a copy of one that came before.
    case repeated
    /// It contradicts others of its datagram, is one too many, or belongs to a datagram dropped for that.
    case dropped
    /// It was the last one missing.
    case complete(IPDatagram)
  }

  /// A datagram given up: fragments are missing, or there was no room.
  public struct Loss: Hashable, Sendable {
    /// Fragments that had been kept.
    public let fragments: Int
    /// The frame of the first of them.
    public let first: CapturePlace

    /// Takes both as they are.
    public init(fragments: Int, first: CapturePlace) {
      self.fragments = fragments
      self.first = first
    }
  }

  struct Key: Hashable {
    let source: IPAddress
    let destination: IPAddress
    let identification: UInt32
    /// 0 over IPv6, where it is no part of a datagram's identity.
    let protocolNumber: UInt8

    init(_ fragment: IPFragment) {
      source = fragment.source
      destination = fragment.destination
      identification = fragment.identification
      protocolNumber = fragment.source.family == .v4 ? fragment.protocolNumber : 0
    }
  }

  /// What one piece is taken to cost beside its bytes.
  static let pieceOverhead = 64

  /// The bounds given at the start.
  public let limits: Limits
  private var open = AgeOrderedTable<Key, UnfinishedDatagram>()
  private var finished = FinishedDatagrams()
  private var bufferedByteCount = 0

  /// Begins without any fragment.
  public init(limits: Limits = Limits()) {
    self.limits = limits
  }

  /// Datagrams of which some, not all fragments have come.
  public var openCount: Int { open.count }

  /// Takes in one fragment.
  /// - Parameters:
  ///   - frame: the bytes that `fragment.payload` refers to.
  ///   - lost: is told the datagrams given up on the way, the oldest first.
  public mutating func accept(
    _ fragment: IPFragment, frame: UnsafeRawBufferPointer, at now: Instant, from place: CapturePlace,
    lost: (Loss) -> Void
  ) -> Outcome {
    forgetOld(at: now, lost)
    let payload = UnsafeRawBufferPointer(rebasing: frame[fragment.payload.clamped(to: 0..<frame.count)])
    let key = Key(fragment)
    let index: Int
    if let known = open.find(key) {
      index = known
    } else {
      if let outcome = finished.outcome(of: fragment, payload, key, at: now, limits) { return outcome }
      while open.count >= max(1, limits.datagramsMax), let oldest = open.oldest { forget(oldest, lost) }
      index = open.insert(UnfinishedDatagram(first: place, at: now), for: key)
    }
    let costBefore = open[index].cost
    let addition = open[index].add(fragment, payload, piecesMax: limits.piecesPerDatagramMax)
    bufferedByteCount += open[index].cost - costBefore
    switch addition {
    case .repeated: return .repeated
    case .contradiction:
      forget(index, lost)
      finished.remember(nil, key, at: now)
      return .dropped
    case .added: break
    }
    if let datagram = open[index].whole(key, protocolNumber: fragment.protocolNumber) {
      remove(index)
      finished.remember(datagram, key, at: now)
      return .complete(datagram)
    }
    while bufferedByteCount > max(0, limits.bufferedBytesMax), let oldest = open.oldest { forget(oldest, lost) }
    return .waiting
  }

  /// Gives up all that is open, for the end of the trace.
  public mutating func finish(lost: (Loss) -> Void) {
    while let oldest = open.oldest { forget(oldest, lost) }
  }

  private mutating func forgetOld(at now: Instant, _ lost: (Loss) -> Void) {
    while let oldest = open.oldest, now - open[oldest].begun > limits.timeout { forget(oldest, lost) }
  }

  private mutating func forget(_ index: Int, _ lost: (Loss) -> Void) {
    let loss = Loss(fragments: open[index].fragmentCount, first: open[index].first)
    remove(index)
    if loss.fragments > 0 { lost(loss) }
  }

  private mutating func remove(_ index: Int) {
    bufferedByteCount -= open[index].cost
    open.remove(index, leaving: UnfinishedDatagram(first: open[index].first, at: open[index].begun))
  }
}
