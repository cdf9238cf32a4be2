public import CRMConnectors
public import Cassettes
public import Primitives

/// A CRM that answers from a cassette: nothing leaves this process.
///
/// A request that was not recorded finds nobody, and is a finding of the run.
public final class CassettePlayback: CRMBackend {
  /// Findings told; the rest is counted.
  static let findingsMax = 20

  private var player: CassettePlayer
  private var findings = FindingList()

  /// At the cassette's beginning.
  public init(_ cassette: Cassette) { player = CassettePlayer(cassette) }

  /// The recorded answer.
  public func begin(_ request: CRMRequest, at now: Instant) -> PendingAnswer {
    switch player.answer(request) {
    case .success(let answer): return PendingAnswer(answer)
    case .failure(let mismatch):
      findings.add(mismatch.description)
      return PendingAnswer(.unreachable(.connectionRefused))
    }
  }

  /// What was asked for and not recorded, and the other way about.
  public func finish() -> CRMTrafficReport {
    if let leftover = player.leftover { findings.add(leftover) }
    var report = CRMTrafficReport()
    report.findings = findings.lines
    return report
  }
}

/// Passes requests on, and holds what comes back against a cassette.
public final class CassetteDifference: CRMBackend {
  private var backend: any CRMBackend
  private var comparison: CassetteComparison
  private var findings = FindingList()

  /// At the cassette's beginning.
  public init(_ backend: any CRMBackend, against cassette: Cassette) {
    self.backend = backend
    comparison = CassetteComparison(cassette)
  }

  /// The live answer.
  public func begin(_ request: CRMRequest, at now: Instant) -> PendingAnswer {
    let ticket = comparison.begin(request)
    let pending = backend.begin(request, at: now)
    return PendingAnswer(of: pending) { [self] in
      let answer = pending.answer()
      for difference in comparison.differences(answer, to: ticket) { findings.add(difference) }
      return answer
    }
  }

  /// Where live and recorded answers differ.
  public func finish() -> CRMTrafficReport {
    var report = backend.finish()
    if let leftover = comparison.leftover { findings.add(leftover) }
    report.findings += findings.lines
    return report
  }
}

/// Findings within bounds.
private struct FindingList {
  private var told: [String] = []
  private var untold = 0

  mutating func add(_ finding: String) {
    if told.count < CassettePlayback.findingsMax { told.append(finding) } else { untold += 1 }
  }

  var lines: [String] { untold == 0 ? told : told + ["… and \(untold) more"] }
}
