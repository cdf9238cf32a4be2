public import CRMConnectors
public import Cassettes
public import Primitives

/// Passes requests on and records what comes back.
///
/// The cassette is in its place when the run ends; what it held before stays until then.
public final class CassetteRecorder: CRMBackend {
  private var backend: any CRMBackend
  private var redaction: CassetteRedaction
  private let file: CassetteFile
  /// What was recorded before.
  private var known: CassettePlayer?

  /// - Parameters:
  ///   - path: where the cassette is to be.
  ///   - earlier: what stands there already; only what it does not hold is added. nil to record everything anew.
  public init(
    _ backend: any CRMBackend, to path: String, people: CassetteRedaction.People, after earlier: Cassette? = nil
  ) throws(RunDirectoryError) {
    self.backend = backend
    redaction = CassetteRedaction(people: people)
    file = try CassetteFile(path: path)
    file.append(Cassette.head(people))
    for entry in earlier?.entries ?? [] { file.append(Cassette.line(entry.request, entry.answer)) }
    known = earlier.map { CassettePlayer($0) }
  }

  /// The live answer; it is recorded when it is taken.
  public func begin(_ request: CRMRequest, at now: Instant) -> PendingAnswer {
    let own = redaction.request(request)
    let isKnown = known?.entry(for: own) != nil
    let pending = backend.begin(request, at: now)
    return PendingAnswer(of: pending) { [self] in
      let answer = pending.answer()
      let recorded = redaction.answer(answer)
      if !isKnown { file.append(Cassette.line(own, recorded)) }
      return answer
    }
  }

  /// Puts the cassette in its place.
  public func finish() -> CRMTrafficReport {
    var report = backend.finish()
    do throws(RunDirectoryError) { try file.close() } catch { report.failures.append(error.description) }
    return report
  }
}
