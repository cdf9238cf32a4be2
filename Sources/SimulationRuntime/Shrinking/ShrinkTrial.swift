public import Cases
public import PacketCapture
import HardwareProfiles
import PBXModel
import Reports
import Simulation

/// Runs a case's first expectation on other traces than the case's.
public struct ShrinkTrial {
  /// As `TestCase.focused(on:holding:)` makes it.
  public let testCase: TestCase
  /// What the runs depend on; traces are taken from the trials.
  public let options: Replay.Options

  /// Nothing has run yet.
  public init(_ testCase: TestCase, _ options: Replay.Options) {
    self.testCase = testCase
    self.options = options
  }

  /// How the expectation fails on the trace; nil where it holds, cannot be evaluated, or another one does not hold.
  ///
  /// - Parameter goesOn: asked now and then; once it returns false the run ends and says nothing.
  public func mark(on source: TraceSource, goesOn: @escaping () -> Bool = { true }) -> FailureMark? {
    var options = self.options
    options.scan = scan(of: source)
    options.inputNames = [source.description]
    let collector = RunCollector(layout: CDRLayout(options.profile.traits), timeZone: options.site.timeZone)
    var replay = Replay(options, into: collector)
    do throws(Replay.Failure) { _ = try replay.run { _ in goesOn() } } catch { return nil }
    guard goesOn() else { return nil }
    let records = RunRecords(collector)
    let others = Evaluation.results(of: testCase.expectations, against: records).dropFirst()
    guard others.allSatisfy(\.hasPassed) else { return nil }
    return FailureMark(ofFirst: testCase.expectations, in: records)
  }

  /// The trace read as the case's are.
  public func scan(of source: TraceSource) -> TraceScan {
    TraceScan(
      sources: [source], filter: options.scan.filter, duplicates: options.scan.duplicates, keyLog: options.scan.keyLog,
      cryptography: options.scan.cryptography)
  }
}
