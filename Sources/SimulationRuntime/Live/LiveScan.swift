public import PacketCapture
public import Primitives
public import SIPCapture

/// Frames read as they come, message by message; between them time passes, whether any comes or not.
///
/// The clock is an argument: a source that hands over the same frames at the same moments of the clock gives the same
/// messages and the same passing of time.
public struct LiveScan {
  /// Time passes at least as often.
  public static let interval = Instant.Span.milliseconds(200)
  /// A frame that came is handed over within this. Time passes no further than so long ago, so that no timer goes off
  /// before a message that came in front of it.
  public static let settlingTime = Instant.Span.milliseconds(100)

  private let scan: TraceScan
  private let source: any LiveFrameSource
  private let clock: () -> Instant

  /// - Parameters:
  ///   - scan: how frames are read; its sources and its filter do not count.
  ///   - clock: that of the frames' times.
  public init(_ scan: TraceScan, from source: any LiveFrameSource, clock: @escaping () -> Instant) {
    self.scan = scan
    self.source = source
    self.clock = clock
  }

  /// Reads until somebody says no, or nothing more can come; why is in the outcome's failures then.
  ///
  /// - Parameters:
  ///   - meter: told how it goes.
  ///   - remark: told what should be known at once.
  ///   - pass: time has passed up to there, and everything that came before has been handed over; returns false to
  ///     stop.
  ///   - message: takes a message, valid during that call; returns false to stop.
  public func run(
    meter: CaptureMeter = CaptureMeter(), remark: (CaptureRemark) -> Void = { _ in }, pass: (Instant) -> Bool,
    message: (CapturedMessage) -> Bool
  ) -> TraceScan.Outcome {
    var extractor = MessageExtractor(
      duplicates: scan.duplicates, keyLog: scan.keyLog, cryptography: scan.cryptography)
    var outcome = TraceScan.Outcome()
    outcome.captureNames = [source.name]
    var watch = CaptureWatch()
    var reached = Instant?.none
    var shown = Instant(nanoseconds: .min)
    var lastFrame = 0
    var isWanted = true
    while isWanted {
      let settled = clock() + Instant.Span(nanoseconds: -Self.settlingTime.nanoseconds)
      // As in `Instant.followed(by:)`: a little is no step of the clock.
      let isPutBack = settled < shown && shown.followed(by: settled) == settled
      shown = settled
      do throws(TraceError) {
        let isDrained = try source.read(waiting: Self.interval) { frame in
          guard isWanted else { return }
          reached = reached?.followed(by: frame.time) ?? frame.time
          lastFrame = frame.number
          outcome.note(frame.time)
          extractor.receive(frame.bytes, number: frame.number, time: frame.time, linkType: frame.linkType) {
            if isWanted { isWanted = message($0) }
          }
        }
        watch.look(at: source, extractor.account, now: settled, meter, remark)
        if isDrained { reached = isPutBack ? settled : max(reached ?? settled, settled) }
      } catch {
        outcome.failures.append(error)
        break
      }
      if isWanted, let reached { isWanted = pass(reached) }
    }
    watch.finish(source, &extractor, lastFrame, meter)
    if let last = outcome.last {
      extractor.finish(frame: lastFrame, at: last) { if isWanted { isWanted = message($0) } }
    }
    // The run ends now, however long ago the last frame was.
    if let reached { outcome.last = outcome.last.map { max($0, reached) } ?? reached }
    outcome.account = extractor.account
    return outcome
  }
}

/// Looks now and then at what was lost and whether the interface is up.
private struct CaptureWatch {
  private static let interval = Instant.Span.seconds(1)
  /// Losses are told again after so long without.
  private static let quietTime = Instant.Span.seconds(60)

  private var nextLook = Instant(nanoseconds: .min)
  private var figures = CaptureMeter.Figures()
  private var lastLoss: Instant?

  mutating func look(
    at source: any LiveFrameSource, _ account: CaptureAccount, now: Instant, _ meter: CaptureMeter,
    _ remark: (CaptureRemark) -> Void
  ) {
    count(account)
    // A clock that was put back does not keep it from looking.
    if now >= nextLook || nextLook - now > Self.interval {
      nextLook = now + Self.interval
      let losses = source.losses
      if take(losses) {
        if lastLoss.map({ now - $0 > Self.quietTime }) ?? true { remark(.losing(losses)) }
        lastLoss = now
      }
      let isUp = source.isUp
      if isUp != figures.isUp { remark(isUp ? .up : .down) }
      figures.isUp = isUp
    }
    meter.set(figures)
  }

  mutating func finish(
    _ source: any LiveFrameSource, _ extractor: inout MessageExtractor, _ lastFrame: Int, _ meter: CaptureMeter
  ) {
    _ = take(source.losses)
    extractor.noteNotCaptured(figures.droppedByBuffer + figures.droppedByInterface, frame: lastFrame)
    count(extractor.account)
    meter.set(figures)
  }

  /// Whether there are more of them than before.
  private mutating func take(_ losses: CaptureLosses) -> Bool {
    let before = (figures.droppedByBuffer, figures.droppedByInterface)
    (figures.droppedByBuffer, figures.droppedByInterface) = (losses.byBuffer, losses.byInterface)
    return (losses.byBuffer, losses.byInterface) != before
  }

  private mutating func count(_ account: CaptureAccount) {
    (figures.frames, figures.bytes, figures.messages) = (account.frames, account.bytes, account.messages)
  }
}

extension TraceScan.Outcome {
  fileprivate mutating func note(_ time: Instant) {
    first = first ?? time
    last = last.map { max($0, time) } ?? time
  }
}
