public import PacketCapture
public import Primitives
public import SIPCapture

/// One pass over one or more traces, message by message, in the order of time.
public struct TraceScan: Sendable {
  public let sources: [TraceSource]
  /// In libpcap's filter language; nil for every frame.
  public let filter: String?

  public init(sources: [TraceSource], filter: String? = nil) {
    self.sources = sources
    self.filter = filter
  }

  /// What a pass saw.
  public struct Outcome: Sendable {
    public internal(set) var account = CaptureAccount()
    /// Traces that broke off; what came before the break has been read.
    public internal(set) var failures: [TraceError] = []
    public internal(set) var first: Instant?
    public internal(set) var last: Instant?
    public internal(set) var fingerprint = TraceFingerprint()
  }

  /// Where a pass stands, for a progress bar.
  public struct Progress: Sendable {
    public let frames: Int
    /// Bytes read, and in all; nil when a trace is a pipe.
    public let position: Int64?
    public let size: Int64?
  }

  /// Reads everything. A message is valid only during the call that hands it over; `message` returns false to stop.
  ///
  /// `progress` too returns false to stop.
  ///
  /// - Throws: when a trace cannot be opened. One that breaks off later is in `failures`.
  public func run(
    fingerprints: Bool = false, progress: ((Progress) -> Bool)? = nil, message: (CapturedMessage) -> Bool
  ) throws(TraceError) -> Outcome {
    var reader = try MergedTraceReader(sources, filter: filter)
    var extractor = MessageExtractor()
    var outcome = Outcome()
    var isWanted = true
    var lastFrame = 0
    while isWanted, let frame = reader.next() {
      if outcome.first == nil { outcome.first = frame.time }
      outcome.last = max(outcome.last ?? frame.time, frame.time)
      lastFrame = frame.number
      if fingerprints { outcome.fingerprint.add(frame.bytes, at: frame.time) }
      extractor.receive(frame.bytes, number: frame.number, time: frame.time, linkType: frame.linkType) {
        if isWanted { isWanted = message($0) }
      }
      if let progress, extractor.account.frames & 0x3fff == 0, isWanted {
        isWanted = progress(Progress(frames: extractor.account.frames, position: reader.position, size: reader.size))
      }
    }
    if isWanted {
      extractor.finish(frame: lastFrame, at: outcome.last ?? .epoch) { _ = message($0) }
    }
    outcome.account = extractor.account
    outcome.failures = reader.failures
    return outcome
  }
}
