import JSON
import RunComparison

/// The lines of two runs' journals and CRM traffic, of which only what one of them lacks is read.
enum RunLines {
  /// A file of lines, read whole.
  struct File {
    /// As messages call it.
    let path: String
    let bytes: [UInt8]
  }

  static func journal(_ before: File, _ after: File) throws -> (before: [JournalLine], after: [JournalLine]) {
    // Which call a row is of shows in the lines that begin calls.
    try lines(before, after, "a journal", keeps: { $0.contains(startMember) }, JournalLine.init)
  }

  static func requests(_ before: File, _ after: File) throws -> (before: [RequestLine], after: [RequestLine]) {
    try lines(before, after, "CRM requests", keeps: { _ in false }, RequestLine.init)
  }

  private static let startMember = Array("\"start\":".utf8)

  private static func lines<Line>(
    _ before: File, _ after: File, _ kind: String, keeps: (ArraySlice<UInt8>) -> Bool, _ make: (JSONValue) -> Line?
  ) throws -> ([Line], [Line]) {
    let differing = DifferingLines(before.bytes, after.bytes, keeps: keeps)
    return (try read(differing.before, of: before, kind, make), try read(differing.after, of: after, kind, make))
  }

  private static func read<Line>(
    _ lines: [DifferingLines.Line], of file: File, _ kind: String, _ make: (JSONValue) -> Line?
  ) throws -> [Line] {
    try lines.map { line in
      guard let made = JSONValue(parsing: Array(line.bytes)).flatMap(make) else {
        throw Complaint(
          "\(file.path):\(line.number): is no line of \(kind); the file was changed or cut after the run",
          .unusableInput)
      }
      return made
    }
  }
}
