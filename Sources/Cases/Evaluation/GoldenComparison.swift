/// Holds a file of a run against the one kept with a case.
public enum GoldenComparison {
  /// Lines shown of each side.
  public static let linesMax = 10

  /// - Parameters:
  ///   - kept: nil where there is no such file.
  ///   - shownPath: the golden's path, for messages.
  ///   - renewal: the command that writes it anew.
  public static func result(
    of file: RunFormat.File, kept: [UInt8]?, found: [UInt8], golden: Golden, shownPath: String, renewal: String
  ) -> ExpectationResult {
    var result = ExpectationResult(
      label: "golden.\(file.rawValue)", place: golden.place, claim: "\(file.rawValue) is the kept one, byte for byte")
    guard golden.format == RunFormat.version else {
      (result.line, result.column) = (golden.formatPlace.line, golden.formatPlace.column)
      result.verdict = .notEvaluated
      result.message =
        "the golden is of format \(golden.format) (recorded by ucmsim \(golden.recordedBy)), this version writes "
        + "format \(RunFormat.version); look at the differences and renew it with `\(renewal)`"
      return result
    }
    guard let kept else {
      result.verdict = .notEvaluated
      result.message = "\(shownPath) is missing; record it with `\(renewal)`"
      return result
    }
    guard kept != found else { return result }
    let difference = LineDifference(kept, found)
    result.verdict = .failed
    result.message =
      "\(shownPath) differs from line \(difference.firstLine) on: \(difference.removed.count) lines there, "
      + "\(difference.added.count) in the run"
    result.differences = difference.lines(max: linesMax)
    return result
  }
}

/// What two texts have not in common: the lines between their common beginning and end.
public struct LineDifference: Hashable, Sendable {
  /// Counted from 1.
  public let firstLine: Int
  /// Lines of the first text only.
  public let removed: [String]
  /// Lines of the second text only.
  public let added: [String]

  /// Compares two texts; bytes that are no UTF-8 are shown as replacement characters.
  public init(_ before: [UInt8], _ after: [UInt8]) {
    let (one, other) = (Self.split(before), Self.split(after))
    var start = 0
    while start < min(one.count, other.count), one[start] == other[start] { start += 1 }
    var end = 0
    while end < min(one.count, other.count) - start, one[one.count - 1 - end] == other[other.count - 1 - end] {
      end += 1
    }
    firstLine = start + 1
    removed = one[start..<(one.count - end)].map { String(decoding: $0, as: UTF8.self) }
    added = other[start..<(other.count - end)].map { String(decoding: $0, as: UTF8.self) }
  }

  /// A text without bytes has no line.
  private static func split(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    bytes.isEmpty ? [] : bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
  }

  /// As a diff shows them: `- ` and `+ `, so many of each side, cut to a line's length.
  public func lines(max: Int) -> [String] {
    Self.shown(removed, "- ", max) + Self.shown(added, "+ ", max)
  }

  private static func shown(_ lines: [String], _ sign: String, _ max: Int) -> [String] {
    let shown = lines.prefix(max).map { line in
      sign + (line.count > 300 ? String(line.prefix(300)) + "…" : line)
    }
    return lines.count > max ? shown + ["\(sign)… \(lines.count - max) more"] : shown
  }
}
