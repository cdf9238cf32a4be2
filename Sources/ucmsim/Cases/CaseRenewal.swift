import Cases
import Foundation
import SimulationRuntime

/// Writes anew what cases keep of earlier runs: goldens, and the counts and numbers that are written without quotes.
struct CaseRenewal {
  /// What was changed, as a diff shows it; empty for nothing.
  private(set) var changes = ""
  /// What could not be renewed and why.
  private(set) var refusals: [String] = []

  private var edits: [String: [ExpectationResult.Renewal]] = [:]
  private var written: [String: [UInt8]] = [:]

  /// Lines shown of each side of a golden.
  private static let linesMax = 20

  /// Takes in what one cell came to.
  mutating func add(_ cell: Cell, _ result: CellResult, _ collector: RunCollector) throws {
    for renewal in result.failures.compactMap(\.renewal) { addEdit(renewal, to: cell.folder.file) }
    guard let golden = cell.folder.testCase.golden else { return }
    for file in golden.files {
      try write(collector.bytes(of: file), to: cell.goldenFolder + "/" + file.rawValue)
    }
    guard golden.format != RunFormat.version else { return }
    addEdit(golden.formatPlace, old: String(golden.format), new: String(RunFormat.version), in: cell.folder.file)
    if let place = golden.recordedByPlace {
      addEdit(place, old: golden.recordedBy, new: UCMSim.version, in: cell.folder.file)
    }
  }

  private mutating func addEdit(_ place: SourcePlace, old: String, new: String, in file: String) {
    addEdit(.init(line: place.line, column: place.column, old: old, new: new), to: file)
  }

  private mutating func addEdit(_ renewal: ExpectationResult.Renewal, to file: String) {
    if let other = edits[file]?.first(where: { ($0.line, $0.column) == (renewal.line, renewal.column) }) {
      if other.new != renewal.new {
        refusals.append(
          "\(file):\(renewal.line):\(renewal.column): one cell comes to \(other.new), another to \(renewal.new); write "
            + "a comparison, or a case for each")
      }
      return
    }
    edits[file, default: []].append(renewal)
  }

  private mutating func write(_ bytes: [UInt8], to path: String) throws {
    let old = try? ConfigurationText.bytes(path, atMost: RunCollector.defaultBytesMax, taking: "a golden")
    guard old != bytes else { return }
    try CaseFiles.write(bytes, to: path)
    let difference = LineDifference(old ?? [], bytes)
    changes += "\(path)\(old == nil ? " (new)" : "") from line \(difference.firstLine) on:\n"
    changes += difference.lines(max: Self.linesMax).map { $0 + "\n" }.joined()
  }

  /// Writes the edits of the case files.
  mutating func finish() throws {
    for file in edits.keys.sorted() {
      let refused = Set(refusals.filter { $0.hasPrefix(file + ":") })
      let wanted = (edits[file] ?? []).filter { edit in
        !refused.contains { $0.hasPrefix("\(file):\(edit.line):\(edit.column):") }
      }
      try apply(wanted, to: file)
    }
  }

  /// From the end of the file to its beginning, so that no edit moves another.
  private mutating func apply(_ edits: [ExpectationResult.Renewal], to file: String) throws {
    var lines = try ConfigurationText.read(file).split(separator: "\n", omittingEmptySubsequences: false)
      .map { Array($0.unicodeScalars) }
    var shown: [(line: Int, text: String)] = []
    for edit in edits.sorted(by: { ($1.line, $1.column) < ($0.line, $0.column) }) {
      let start = edit.column - 1
      guard lines.indices.contains(edit.line - 1), let range = Self.range(of: edit.old, in: lines[edit.line - 1], start)
      else {
        refusals.append("\(file):\(edit.line):\(edit.column): cannot be renewed as it is written; change it by hand")
        continue
      }
      let before = String(String.UnicodeScalarView(lines[edit.line - 1]))
      lines[edit.line - 1].replaceSubrange(range, with: Array(edit.new.unicodeScalars))
      let after = String(String.UnicodeScalarView(lines[edit.line - 1]))
      shown.append((edit.line, "- \(before)\n+ \(after)\n"))
    }
    guard !shown.isEmpty else { return }
    let text = lines.map { String(String.UnicodeScalarView($0)) }.joined(separator: "\n")
    try CaseFiles.write(Array(text.utf8), to: file)
    changes += shown.sorted { $0.line < $1.line }.map { "\(file):\($0.line):\n\($0.text)" }.joined()
  }

  /// Where the text stands, at the place or behind one quote.
  private static func range(of text: String, in line: [Unicode.Scalar], _ start: Int) -> Range<Int>? {
    let wanted = Array(text.unicodeScalars)
    for first in [start, start + 1] where first >= 0 && first + wanted.count <= line.count {
      if Array(line[first..<(first + wanted.count)]) == wanted { return first..<(first + wanted.count) }
    }
    return nil
  }
}
