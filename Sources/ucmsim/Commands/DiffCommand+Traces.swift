import Reports
import RunComparison

extension DiffCommand {
  /// The same traces on two models or firmwares.
  func compareSides() throws {
    let sides = try sides.both()
    let isArchive = inputs.count > 1 || inputs.contains(where: CasePath.isDirectory)
    let traces = try TraceFolder.search(inputs)
    guard isArchive else {
      let pair = try compare(inputs, named: nil, sides)
      return try concludeAfterPrinting(pair.failures) {
        try print(
          RunDifferenceText(pair.difference, from: pair.before, to: pair.after, showsAll: all).text,
          pair.difference.json, pair.difference.isEmpty)
      }
    }
    if let twice = Dictionary(grouping: traces, by: \.path).first(where: { $0.value.count > 1 }) {
      throw Complaint("\(twice.key) is named twice; each trace of an archive is a run of its own", .usage)
    }
    var runs: [ArchiveDifference.Run] = []
    var failures: [String] = []
    for trace in traces {
      do {
        let pair = try compare([trace.path], named: trace.name, sides)
        runs.append(ArchiveDifference.Run(name: trace.name, difference: pair.difference))
        failures += pair.failures
      } catch let complaint as Complaint where complaint.exit == .unusableInput && traces.count > 1 {
        // The others of a long archive are worth having; the exit code says that one is missing.
        failures.append(complaint.message)
      }
    }
    let difference = ArchiveDifference(runs: runs, onlyBefore: [], onlyAfter: [])
    try concludeAfterPrinting(failures) {
      try print(ArchiveDifferenceText(difference, showsAll: all).text, difference.json, difference.isEmpty)
    }
  }

  private struct Pair {
    let before: RecordedRun
    let after: RecordedRun
    let difference: RunDifference
    let failures: [String]
  }

  /// - Parameter name: of the trace, to say whose notices these are; nil where there is one only.
  private func compare(
    _ traces: [String], named name: String?, _ sides: (before: ReplayedSide, after: ReplayedSide)
  ) throws -> Pair {
    var input = TraceOptions()
    input.traces = traces
    input.reading = self.sides.reading
    let reading = try TraceReading(input: input, site: self.sides.site, readsTwice: true, named: name)
    try reading.check()
    var one = try sides.before.replay(reading, input: input)
    var other = try sides.after.replay(reading, input: input)
    (one.run.journal, other.run.journal) = try RunLines.journal(one.journal, other.journal)
    (one.run.requests, other.run.requests) = try RunLines.requests(one.requests, other.requests)
    for notice in one.notices { StandardError.note(name.map { "\($0): \(notice)" } ?? notice) }
    return Pair(
      before: one.run, after: other.run, difference: RunDifference(from: one.run, to: other.run).only(parts),
      failures: one.failures + other.failures.filter { !one.failures.contains($0) })
  }

  /// Findings are less than a trace that could not be read, whose code it then is.
  private func concludeAfterPrinting(_ failures: [String], _ print: () throws -> Void) throws {
    do { try print() } catch let complaint as Complaint where complaint.exit == .findings && !failures.isEmpty {}
    for failure in failures { StandardError.note(failure) }
    if !failures.isEmpty { throw Complaint("", .unusableInput) }
  }
}
