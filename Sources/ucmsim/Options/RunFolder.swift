import CDRStorage
import Foundation
import JSON
import PBXModel
import Primitives
import Reports
import RunComparison

/// The folder of a run, as `replay --out` leaves it.
struct RunFolder {
  let path: String

  /// No file of a run that is read whole is longer.
  static let bytesMax = 4 << 30

  init(_ path: String) { self.path = path }

  /// Whether there is a run in it: the summary is written last.
  var hasRun: Bool { access(path + "/summary.json", F_OK) == 0 }

  /// The folders in it that have a run, by name; nil when there is none.
  var runs: [String]? {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    let runs = names.filter { RunFolder("\(path)/\($0)").hasRun }.sorted()
    return runs.isEmpty ? nil : runs
  }

  /// What the two folders say of their runs; of journals and CRM requests only what one of them lacks.
  static func read(_ before: RunFolder, _ after: RunFolder) throws -> (before: RecordedRun, after: RecordedRun) {
    var (one, other) = (try before.run(), try after.run())
    (one.journal, other.journal) = try RunLines.journal(
      try before.file("events.jsonl", "a journal"), try after.file("events.jsonl", "a journal"))
    (one.requests, other.requests) = try RunLines.requests(
      try before.file("crm.jsonl", "CRM requests"), try after.file("crm.jsonl", "CRM requests"))
    return (one, other)
  }

  private func file(_ name: String, _ kind: String) throws -> RunLines.File {
    RunLines.File(path: "\(path)/\(name)", bytes: try bytes(name, kind))
  }

  private func bytes(_ name: String, _ kind: String) throws -> [UInt8] {
    try ConfigurationText.bytes("\(path)/\(name)", atMost: Self.bytesMax, taking: kind)
  }

  private func run() throws -> RecordedRun {
    guard hasRun else {
      var isDirectory: ObjCBool = false
      if FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), !isDirectory.boolValue {
        throw Complaint("\(path): is a file and no run's folder; with --cdr it is compared as a CSV", .unusableInput)
      }
      throw Complaint(
        "\(path): has no summary.json, so no run ended here; give the folder of a 'replay --out'", .unusableInput)
    }
    guard let summary = JSONValue(parsing: try bytes("summary.json", "a summary")) else {
      throw Complaint("\(path)/summary.json: is not JSON; the file was changed or cut after the run", .unusableInput)
    }
    var run = RecordedRun(name: path)
    run.read(summary: summary)
    run.columns = try columns()
    do {
      let archive = try CDRArchive(path: path + "/cdr.sqlite")
      run.timeZone = archive.timeZone
      try archive.forEachCall(matching: CDRQuery()) { call in
        run.calls.append(call)
        return !Interrupt.wasRequested
      }
    } catch let error as CDRStoreError { throw error.complaint }
    if Interrupt.wasRequested { throw Complaint("interrupted; nothing was compared", .interrupted) }
    return run
  }

  /// Those the run's model writes: the first line of its CSV.
  private func columns() throws -> [CDRField] {
    let line = try bytes("cdr.csv", "a CSV").prefix { $0 != UInt8(ascii: "\n") }
    return line.split(separator: UInt8(ascii: ",")).compactMap {
      CDRField(rawValue: String(decoding: $0, as: UTF8.self))
    }
  }
}
