public import Cases
public import PBXModel
public import PacketCapture
import Primitives

/// Looks for the fewest frames of a trace on which an expectation still fails in the same way.
///
/// Frames without SIP go first, then calls with all their legs, transactions, and single frames. What is left at the
/// end fails, and does so no longer once any one of its frames is left out. The same traces and options give the same
/// end.
public struct TraceShrinking {
  /// Why there is nothing to shrink.
  public enum Failure: Error, CustomStringConvertible {
    /// A trace cannot be read again.
    case trace(TraceError)
    /// There is no room for the shorter traces.
    case file(KeptTrace.Failure)
    /// The frames by themselves do not make the expectation fail as the traces do.
    case notInFrames
    /// The search was told to stop before it had anything.
    case stopped
    /// It fails in the same way when there are no frames at all.
    case failsOnNothing

    /// One line: what, and the remedy.
    public var description: String {
      switch self {
      case .trace(let error): error.description
      case .file(let failure): failure.description
      case .stopped: "stopped before anything was found"
      case .notInFrames:
        "it does not fail in the same way on the frames alone: it is about how the trace files are made, such as where "
          + "one breaks off"
      case .failsOnNothing:
        "it misses something, and a trace without any frame misses it just so; name expectations that must go on "
          + "holding with --holding, such as the call's row"
      }
    }
  }

  /// Where the search stands.
  public struct Progress: Sendable {
    /// Runs so far.
    public var runs = 0
    /// Frames that are left.
    public var framesLeft: Int
    /// What is being taken away.
    public var level = TraceUnits.Level.otherFrames
  }

  /// What a search came to.
  public struct Outcome: Sendable {
    /// The frames that are left, by their places among the recorded ones.
    public let frames: [Int]
    /// Runs it took.
    public let runs: Int
    /// Whether the search came to its end: no frame can be left out by itself.
    public let isMinimal: Bool
    /// In which way the expectation fails on these frames.
    public let mark: FailureMark
    /// Calls, and Call-IDs outside of calls, that frames are left of.
    public let callsLeft: Int
    /// The same in the whole trace.
    public let calls: Int
  }

  private let recorded: RecordedFrames
  private let trial: ShrinkTrial
  private let runsMax: Int
  private let trace: KeptTrace

  /// - Parameters:
  ///   - name: of the shorter trace.
  ///   - runsMax: runs after which the best so far has to do; at least 2, for the first two only look whether there is
  ///     something to shrink.
  public init(_ recorded: RecordedFrames, _ trial: ShrinkTrial, name: String, runsMax: Int) throws(Failure) {
    self.recorded = recorded
    self.trial = trial
    self.runsMax = runsMax
    do throws(KeptTrace.Failure) { trace = try KeptTrace(name: name) } catch { throw .file(error) }
  }

  /// Searches.
  ///
  /// - Parameter goesOn: sees each step, and returns false to make do with the best so far.
  public func run(goesOn: @escaping (Progress) -> Bool) throws(Failure) -> Outcome {
    var kept = Array(recorded.frames.indices)
    var progress = Progress(framesLeft: kept.count)
    guard let whole = try mark(on: kept, { goesOn(progress) }) else {
      throw goesOn(progress) ? .notInFrames : .stopped
    }
    let units = try units(kept.count)
    if try mark(on: [], { true })?.isPart(of: whole) == true { throw .failsOnNothing }
    progress.runs = 2
    var last = whole
    var isStopped = !goesOn(progress)
    var isMinimal = false
    for level in TraceUnits.Level.allCases where !isStopped {
      let groups = units.units(level, among: kept)
      let fixed = Set(kept).subtracting(groups.joined())
      var search = ShrinkSearch(count: groups.count)
      while let proposal = search.proposal {
        progress.level = level
        guard progress.runs < runsMax, goesOn(progress) else {
          isStopped = true
          break
        }
        let frames = (proposal.flatMap { groups[$0] } + fixed).sorted()
        guard !frames.isEmpty else {
          search.take(isFailing: false)
          continue
        }
        progress.runs += 1
        let found = try mark(on: frames) { goesOn(progress) }
        // A run that was ended early says nothing.
        guard found != nil || goesOn(progress) else {
          isStopped = true
          break
        }
        let isFailing = found?.isPart(of: whole) == true
        search.take(isFailing: isFailing)
        if isFailing, let found { (kept, last, progress.framesLeft) = (frames, found, frames.count) }
      }
      isMinimal = search.isMinimal && level == .frames
    }
    return Outcome(
      frames: kept, runs: progress.runs, isMinimal: isMinimal, mark: last,
      callsLeft: units.units(.calls, among: kept).count, calls: units.callCount)
  }

  /// What belongs together in the whole trace, which was written last.
  private func units(_ frameCount: Int) throws(Failure) -> TraceUnits {
    var units = TraceUnits(frameCount: frameCount, site: trial.options.site, pbx: trial.options.pbx.addresses)
    do throws(TraceError) {
      let outcome = try trial.scan(of: trace.source).run { captured in
        units.receive(captured)
        return true
      }
      units.finish(at: outcome.last ?? .epoch)
    } catch { throw .trace(error) }
    return units
  }

  private func mark(on places: [Int], _ goesOn: @escaping () -> Bool) throws(Failure) -> FailureMark? {
    do throws(KeptTrace.Failure) { try trace.write(recorded.document(of: places).bytes) } catch { throw .file(error) }
    return trial.mark(on: trace.source, goesOn: goesOn)
  }
}
