public import RunComparison

/// What an upgrade would alter over many runs, as text: the runs that differ, most calls first, then the sum.
public struct ArchiveDifferenceText: Sendable {
  /// Runs listed, unless all are wanted.
  static let runsMax = 50

  private let difference: ArchiveDifference
  private let showsAll: Bool

  /// - Parameter showsAll: list every run that differs.
  public init(_ difference: ArchiveDifference, showsAll: Bool = false) {
    self.difference = difference
    self.showsAll = showsAll
  }

  /// The whole text, with a line end behind each line.
  public var text: String {
    let differing = difference.runs.filter { !$0.difference.isEmpty }.sorted { left, right in
      (-left.difference.callsLoggedOtherwise, left.name) < (-right.difference.callsLoggedOtherwise, right.name)
    }
    let shown = showsAll ? differing : Array(differing.prefix(Self.runsMax))
    var text = ""
    for run in shown {
      text += DisplayWidth.printable(run.name) + "\n"
      for (cause, count) in causes(of: run.difference) {
        text += "  \(RunDifferenceText.calls(count)): \(DisplayWidth.printable(cause))\n"
      }
      if !run.difference.requests.isEmpty { text += "  \(run.difference.requests.count) CRM requests differ\n" }
    }
    if shown.count < differing.count { text += "… \(differing.count - shown.count) runs more; see --all\n" }
    for (title, names) in [("before", difference.onlyBefore), ("after", difference.onlyAfter)] where !names.isEmpty {
      text += "Runs only \(title): \(names.map(DisplayWidth.printable).joined(separator: ", "))\n"
    }
    if !text.isEmpty { text += "\n" }
    return text
      + "\(difference.callsLoggedOtherwise) of \(RunDifferenceText.calls(difference.callCount)) would be logged "
      + "otherwise, in \(differing.count) of \(difference.runs.count) runs.\n"
  }

  private func causes(of difference: RunDifference) -> [(cause: String, count: Int)] {
    var order: [String] = []
    var counts: [String: Int] = [:]
    for call in difference.calls {
      let cause = RunDifferenceWords.cause(of: call)
      if counts[cause] == nil { order.append(cause) }
      counts[cause, default: 0] += 1
    }
    return order.map { ($0, counts[$0] ?? 0) }
  }
}
