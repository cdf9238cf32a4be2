public import Cases

/// The results of a suite for a person: short where everything passed, everything to go on with where not.
public struct SuiteText {
  private let results: [CellResult]

  /// Results in the order they are told in.
  public init(_ results: [CellResult]) { self.results = results }

  /// All failures, then one line of counts.
  public var text: String {
    results.filter { $0.verdict == .failed || $0.verdict == .unusable }.map(Self.text).joined() + counts + "\n"
  }

  /// `12 passed, 1 failed`, with the others where there are some.
  public var counts: String {
    var parts = ["\(results.count(.passed)) passed", "\(results.count(.failed)) failed"]
    if results.count(.unusable) > 0 { parts.append("\(results.count(.unusable)) unusable") }
    if results.count(.skipped) > 0 { parts.append("\(results.count(.skipped)) skipped") }
    return parts.joined(separator: ", ")
  }

  private static func text(_ cell: CellResult) -> String {
    var lines = ["\(cell.verdict == .failed ? "FAILED" : "UNUSABLE") \(cell.id.text)"]
    if !cell.claim.isEmpty { lines.append("  \(cell.claim)") }
    if !cell.problem.isEmpty { lines += cell.problem.split(separator: "\n").map { "  \($0)" } }
    for failure in cell.failures {
      lines.append("  \(cell.file):\(failure.line):\(failure.column): \(failure.label): \(failure.message)")
      lines += Self.lines(failure).map { "    \($0)" }
    }
    if !cell.commands.isEmpty { lines.append("  again:") }
    lines += cell.commands.map { "    \($0)" }
    return lines.map(DisplayWidth.printable).joined(separator: "\n") + "\n\n"
  }

  /// What an expectation looked at, for a report of any kind.
  static func lines(_ failure: ExpectationResult) -> [String] {
    var lines = ["wanted: \(failure.claim)"]
    lines += failure.looks.map { "looked at \($0.label): \($0.text)" }
    if failure.looksLeftOut > 0 { lines.append("… \(failure.looksLeftOut) more") }
    if let nearest = failure.nearest {
      lines.append("nearest: \(nearest.record.label)")
      lines += nearest.fields.map { field in
        let found = field.found.map { "'\($0)'" } ?? "nothing"
        return field.isMatch ? "    \(field.name): \(found)" : "  ✗ \(field.name): \(found), wanted \(field.wanted)"
      }
    }
    lines += failure.differences
    if !failure.frames.isEmpty { lines.append("frames: \(frames(failure.frames))") }
    return lines
  }

  /// The first of them, with neighbours as ranges: `3-9, 12`.
  private static func frames(_ frames: [Int]) -> String {
    var ranges: [(first: Int, last: Int)] = []
    for frame in frames {
      if let last = ranges.last, last.last + 1 == frame {
        ranges[ranges.count - 1].last = frame
      } else {
        ranges.append((frame, frame))
      }
    }
    let texts = ranges.prefix(20).map { $0.first == $0.last ? "\($0.first)" : "\($0.first)-\($0.last)" }
    return texts.joined(separator: ", ") + (ranges.count > 20 ? ", …" : "")
  }
}
