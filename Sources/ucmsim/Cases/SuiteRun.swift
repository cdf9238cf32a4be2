import Cases
import Foundation
import SimulationRuntime

/// A result with what the run wrote, where that is still needed.
struct CellOutcome: @unchecked Sendable {
  var result: CellResult
  /// Handed over by the thread that filled it, which does not touch it again.
  let files: RunCollector?
}

/// Runs cells, or takes their results from a cache.
struct SuiteRun: Sendable {
  var entries: [CaseSuite.Entry]
  /// Threads; nil for one for each processor.
  var jobs: Int?
  /// Whether calls are drawn.
  var wantsPictures = false
  /// Whether what the runs wrote is needed after them.
  var keepsFiles = false
  /// Whether nothing is wanted after the first cell that does not pass.
  var isFailFast = false
  /// nil for none, and then every cell runs.
  var cache: CellCache?

  static var processors: Int { ProcessInfo.processInfo.activeProcessorCount }

  /// One for each entry, in their order, each with how long it took.
  func outcomes() throws -> [CellOutcome] {
    let sources = CaseSources()
    var extras = CaseRun.Extras()
    extras.hasLadders = wantsPictures
    let (wanted, isFailFast) = (extras, isFailFast)
    let outcomes = CellWorkers.run(
      count: entries.count, jobs: jobs ?? Self.processors,
      isLast: { (outcome: CellOutcome) in isFailFast && [.failed, .unusable].contains(outcome.result.verdict) }
    ) { index in
      switch entries[index] {
      case .unusable(let result): CellOutcome(result: result, files: nil)
      case .cell(let cell): outcome(of: cell, sources, wanted)
      }
    }
    if Interrupt.wasRequested { throw Complaint("interrupted after \(outcomes.count) cells", .interrupted) }
    return outcomes
  }

  private func outcome(of cell: Cell, _ sources: CaseSources, _ extras: CaseRun.Extras) -> CellOutcome {
    if !keepsFiles, let kept = cache?.result(of: cell, wantsPictures: wantsPictures) {
      return CellOutcome(result: kept, files: nil)
    }
    let start = ContinuousClock.now
    var (result, collector) = cell.run(sources, extras: extras)
    result.durationNanoseconds = Int64((ContinuousClock.now - start) / .nanoseconds(1))
    cache?.keep(result, of: cell, hasPictures: wantsPictures)
    return CellOutcome(result: result, files: keepsFiles ? collector : nil)
  }
}
