public import PacketCapture
public import PacketFormats
public import Primitives
public import SIPCapture

/// One pass over one or more traces, message by message, in the order of time.
public struct TraceScan: Sendable {
  /// The traces, merged by the times of their frames; at least one, or there is nothing to read.
  public let sources: [TraceSource]
  /// In libpcap's filter language; nil for every frame.
  public let filter: String?
  /// How packets recorded twice are recognised; nil to take each for one of its own.
  public let duplicates: DuplicateFilter.Settings?

  /// Secrets of TLS connections in the traces.
  public let keyLog: TLSKeyLog
  /// Opens TLS with them; nil to report every TLS connection as encrypted.
  public let cryptography: (any TLSCryptography)?

  /// Added to the time of every frame; nothing unless traces are compared with others of another time.
  public var timeShift = Instant.Span.zero

  /// Takes all as they are; whether the traces can be read shows in `run`.
  public init(
    sources: [TraceSource], filter: String? = nil, duplicates: DuplicateFilter.Settings? = DuplicateFilter.Settings(),
    keyLog: TLSKeyLog = TLSKeyLog(), cryptography: (any TLSCryptography)? = nil
  ) {
    self.sources = sources
    self.filter = filter
    self.duplicates = duplicates
    self.keyLog = keyLog
    self.cryptography = cryptography
  }

  /// What a pass saw.
  public struct Outcome: Sendable {
    /// What became of each frame, up to where the pass stopped.
    public internal(set) var account = CaptureAccount()
    /// Traces that broke off; what came before the break has been read.
    public internal(set) var failures: [TraceError] = []
    /// What the reading of the trace files went past.
    public internal(set) var notices: [TraceNotice] = []
    /// The names of the captures, at the index that `CapturedMessage.file` gives; those in a bundle have one each.
    public internal(set) var captureNames: [String] = []
    /// Time of the first frame read; nil when there was none.
    public internal(set) var first: Instant?
    /// Latest time of a frame; nil when there was none.
    public internal(set) var last: Instant?
    /// A mark of the frames read; that of no frame unless `run` was asked for fingerprints.
    public internal(set) var fingerprint = TraceFingerprint()
  }

  /// Frames at least between two calls of `progress`.
  private static let framesPerReport = 0x4000

  /// Where a pass stands, for a progress bar.
  public struct Progress: Sendable {
    /// Frames read so far, over all traces.
    public let frames: Int
    /// Bytes read so far, over all traces; nil when one is a pipe.
    public let position: Int64?
    /// Bytes of all traces together; nil when one is a pipe.
    public let size: Int64?
  }

  /// Opens and closes every trace, so that one that cannot be read is known before anything is written.
  ///
  /// Pipes are left alone: they can be opened once only.
  public func check() throws(TraceError) {
    for source in sources where source.canBeReadTwice { _ = try MergedTraceReader([source], filter: filter) }
  }

  /// Reads everything. A message is valid only during the call that hands it over; `message` returns false to stop.
  ///
  /// `progress` too returns false to stop.
  ///
  /// - Parameters:
  ///   - fingerprints: whether the outcome gets a mark of the frames read.
  ///   - readsHeadersAhead: false if hardly any message will be asked for its headers.
  /// - Throws: when a trace cannot be opened. One that breaks off later is in `failures`.
  public func run(
    fingerprints: Bool = false, readsHeadersAhead: Bool = true, progress: ((Progress) -> Bool)? = nil,
    message: (CapturedMessage) -> Bool
  ) throws(TraceError) -> Outcome {
    var reader = try MergedTraceReader(sources, filter: filter)
    var extractor = MessageExtractor(
      duplicates: duplicates, keyLog: keyLog, cryptography: cryptography,
      readsHeadersAhead: readsHeadersAhead)
    var outcome = Outcome()
    var isWanted = true
    var lastFrame = (number: 0, file: 0)
    var (first, last) = (Instant?.none, Instant(nanoseconds: .min))
    var nextReport = Self.framesPerReport
    while isWanted {
      let isGoingOn = reader.readSome(secrets: { extractor.addKeyLog($0) }) { frame in
        let time = frame.time + timeShift
        if first == nil { first = time }
        if last < time { last = time }
        lastFrame = (frame.number, frame.file)
        extractor.receive(
          frame.bytes, number: frame.number, file: frame.file, time: time, linkType: frame.linkType
        ) {
          if isWanted { isWanted = message($0) }
        }
        if fingerprints { outcome.fingerprint.add(frame.bytes, extractor.packetMark, at: frame.time) }
        return isWanted
      }
      guard isGoingOn else { break }
      if let progress, isWanted, extractor.account.frames >= nextReport {
        nextReport = extractor.account.frames &+ Self.framesPerReport
        isWanted = progress(Progress(frames: extractor.account.frames, position: reader.position, size: reader.size))
      }
    }
    if let first { (outcome.first, outcome.last) = (first, last) }
    if isWanted {
      extractor.finish(frame: lastFrame.number, file: lastFrame.file, at: outcome.last ?? .epoch) { _ = message($0) }
    }
    outcome.account = extractor.account
    outcome.failures = reader.failures
    outcome.notices = reader.notices
    outcome.captureNames = reader.names
    return outcome
  }
}
