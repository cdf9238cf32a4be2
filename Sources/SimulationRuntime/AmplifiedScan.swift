public import PBXModel
public import PacketCapture
public import Primitives
public import Simulation
import HeapModule
import PacketFormats
import SIPCapture

/// One pass over traces that are read several times at once, each copy a while later, with extensions and calls of its
/// own: what they show, in the order of time, for one appliance to carry.
public struct AmplifiedScan {
  /// Captures open at once at most: a process has not many more file handles.
  public static let openCapturesMax = 512

  /// The traces, which are opened once for every copy and must be readable more than once.
  public let scan: TraceScan
  /// What became of the copies, at their numbers; of a pass that has not run, nothing.
  public private(set) var models: [TraceModel]
  private let overlay: TrafficOverlay

  /// - Parameters:
  ///   - scan: of sources that can be read twice.
  ///   - site: the site of the trace; the appliance wants `Site.amplified(by:)` of it.
  public init(_ scan: TraceScan, site: Site, pbx: PBXAddresses, overlay: TrafficOverlay) {
    self.scan = scan
    self.overlay = overlay
    models = (0..<overlay.copies).map { TraceModel(site: site, pbx: pbx, copy: TraceCopy($0)) }
  }

  /// How many copies of so many traces can be open at once.
  public static func copiesMax(traces: Int) -> Int {
    openCapturesMax / min(max(1, traces), MergedTraceReader.openCaptureCount)
  }

  /// The reading of one copy.
  fileprivate struct Reading {
    var reader: MergedTraceReader
    var extractor: MessageExtractor
    var frame: Frame?
    var framesRead = 0
    var last: Instant?
    var fingerprint = TraceFingerprint()
  }

  /// Copies by the time of what they show next. At one time, the frame that comes first in the trace, of every copy.
  private struct Next: Comparable {
    let due: Instant
    let frame: Int
    let copy: Int
    static func < (left: Next, right: Next) -> Bool {
      (left.due, left.frame, left.copy) < (right.due, right.frame, right.copy)
    }
  }

  /// Reads every copy to its end.
  ///
  /// - Parameters:
  ///   - moment: hears the time of each message before what it means.
  ///   - event: what a copy shows, and when by its own time.
  /// - Returns: account and fingerprint of one copy, and the failures of all; `last` is the end of the last copy.
  /// - Throws: when a trace cannot be opened as often as there are copies.
  public mutating func run(
    progress: ((TraceScan.Progress) -> Bool)? = nil, moment: (Instant) -> Void = { _ in },
    event: (TraceModel.Event, _ copy: Int, Instant) -> Void
  ) throws(TraceError) -> TraceScan.Outcome {
    var readings: [Reading] = []
    var heads = Heap<Next>()
    for copy in models.indices {
      var reading = Reading(
        reader: try MergedTraceReader(scan.sources, filter: scan.filter),
        extractor: MessageExtractor(
          duplicates: scan.duplicates, keyLog: scan.keyLog, cryptography: scan.cryptography, readsHeadersAhead: true))
      reading.advance()
      if let due = due(reading, copy) { heads.insert(due) }
      readings.append(reading)
    }
    let first = readings.first?.frame?.time
    var frames = 0
    while let head = heads.popMin() {
      let copy = head.copy
      guard readings[copy].frame != nil else { continue }
      deliver(&readings[copy], copy, moment, event)
      readings[copy].advance()
      if let due = due(readings[copy], copy) {
        heads.insert(due)
      } else {
        finish(&readings[copy], copy, moment, event)
      }
      frames += 1
      if let progress, frames % Self.framesPerReport == 0, !progress(Self.progress(readings, frames)) { break }
    }
    return outcome(readings, first: first)
  }

  private static let framesPerReport = 0x4000

  private func due(_ reading: Reading, _ copy: Int) -> Next? {
    reading.frame.map { Next(due: $0.time + overlay.offset(of: copy), frame: reading.framesRead, copy: copy) }
  }

  private mutating func deliver(
    _ reading: inout Reading, _ copy: Int, _ moment: (Instant) -> Void,
    _ event: (TraceModel.Event, Int, Instant) -> Void
  ) {
    guard let frame = reading.frame else { return }
    let now = frame.time + overlay.offset(of: copy)
    reading.last = max(reading.last ?? now, now)
    reading.extractor.receive(
      frame.bytes, number: frame.number, file: frame.file, time: now, linkType: frame.linkType
    ) { captured in
      moment(captured.time)
      models[copy].receive(captured) { event($0, copy, captured.time) }
    }
    // That of one copy is that of the trace.
    if copy == 0 { reading.fingerprint.add(frame.bytes, reading.extractor.packetMark, at: frame.time) }
  }

  private mutating func finish(
    _ reading: inout Reading, _ copy: Int, _ moment: (Instant) -> Void,
    _ event: (TraceModel.Event, Int, Instant) -> Void
  ) {
    guard let end = reading.last else { return }
    reading.extractor.finish(frame: reading.framesRead, file: 0, at: end) { captured in
      moment(captured.time)
      models[copy].receive(captured) { event($0, copy, captured.time) }
    }
    moment(end)
    models[copy].finish(at: end) { event($0, copy, end) }
  }

  private static func progress(_ readings: [Reading], _ frames: Int) -> TraceScan.Progress {
    let copies = Int64(readings.count)
    let sizes = readings.first?.reader.size.map { $0.multipliedReportingOverflow(by: copies).partialValue }
    let positions = readings.map(\.reader.position)
    let position = positions.contains(nil) ? nil : positions.reduce(0) { $0 &+ ($1 ?? 0) }
    return TraceScan.Progress(frames: frames, position: position, size: sizes)
  }

  private func outcome(_ readings: [Reading], first: Instant?) -> TraceScan.Outcome {
    var outcome = TraceScan.Outcome()
    outcome.first = first
    outcome.last = readings.compactMap(\.last).max()
    if let one = readings.first {
      outcome.account = one.extractor.account
      outcome.fingerprint = one.fingerprint
      outcome.notices = one.reader.notices
      outcome.captureNames = one.reader.names
    }
    for reading in readings {
      for failure in reading.reader.failures
      where !outcome.failures.contains(where: { $0.description == failure.description }) {
        outcome.failures.append(failure)
      }
    }
    return outcome
  }
}

extension AmplifiedScan.Reading {
  /// Takes the next frame, and the key logs that stand before it.
  fileprivate mutating func advance() {
    frame = reader.next()
    if frame != nil { framesRead += 1 }
    if reader.hasSecrets { for log in reader.takeSecrets() { extractor.addKeyLog(log) } }
  }
}
