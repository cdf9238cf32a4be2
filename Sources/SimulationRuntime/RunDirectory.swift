public import JSON
public import CDRStorage
import CRMConnectors
import Glibc
public import PBXModel
public import Primitives
public import Reports
public import Simulation

/// The files of a run: `cdr.sqlite`, `cdr.csv`, `cdr.json`, `events.jsonl`, `crm.jsonl`, `summary.json`.
///
/// They hold the numbers and names of the trace and are as confidential as it is; credentials are never among them.
public final class RunDirectory: RunOutput {
  /// The directory as it was given.
  public let path: String
  private let store: CDRStore
  private let csv: OutputFile
  private let json: OutputFile
  private let events: OutputFile
  private let crm: OutputFile
  private let csvRows: CDRCSV
  /// The compiler cannot see that a row is never written from within the writing of another; of `texts` neither.
  @exclusivity(unchecked) private var jsonRows: CDRJSON
  /// Rows went out of the database that stand in the other files.
  private var isCleaned = false
  private let layout: CDRLayout
  private let timeZone: SiteTimeZone
  /// Of the row being written, for every file that has it.
  @exclusivity(unchecked) private var texts: CDRRowTexts

  /// What went wrong with a file of the directory.
  public enum Failure: Error, CustomStringConvertible {
    /// A file could not be made, written or closed.
    case file(RunDirectoryError)
    /// `cdr.sqlite` could not be made, written or closed.
    case store(CDRStoreError)

    /// One line: the file, what went wrong and the remedy.
    public var description: String {
      switch self {
      case .file(let error): error.description
      case .store(let error): error.description
      }
    }
  }

  /// Makes the directory if need be, and the files anew.
  ///
  /// The summary of an earlier run goes: it vouches for none of them.
  /// - Parameter layout: the model's; the database has all columns whatever the model.
  public init(path: String, layout: CDRLayout, timeZone: SiteTimeZone) throws(Failure) {
    self.path = path
    self.layout = layout
    self.timeZone = timeZone
    do throws(RunDirectoryError) {
      try Self.makeDirectory(path)
      if unlink(path + "/summary.json") != 0, errno != ENOENT {
        throw RunDirectoryError(path: path + "/summary.json", action: "remove", code: errno)
      }
      csv = try OutputFile(path: path + "/cdr.csv")
      json = try OutputFile(path: path + "/cdr.json")
      events = try OutputFile(path: path + "/events.jsonl")
      crm = try OutputFile(path: path + "/crm.jsonl")
    } catch { throw .file(error) }
    do throws(CDRStoreError) {
      store = try CDRStore(path: path + "/cdr.sqlite", existing: .replace, timeZone: timeZone, indexes: .whenClosed)
    } catch { throw .store(error) }
    csvRows = CDRCSV(layout: layout, timeZone: timeZone)
    jsonRows = CDRJSON(layout: layout, timeZone: timeZone)
    texts = CDRRowTexts(timeZone: timeZone)
    do throws(RunDirectoryError) {
      try csv.append { csvRows.start(&$0) }
      try json.append { jsonRows.start(&$0) }
    } catch { throw .file(error) }
  }

  /// Makes the directory and those above it; one that is there already is taken as it is.
  private static func makeDirectory(_ path: String) throws(RunDirectoryError) {
    var made = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
      made += made.isEmpty || made.hasSuffix("/") ? String(part) : "/" + part
      if mkdir(made, 0o755) != 0, errno != EEXIST { throw RunDirectoryError(path: made, action: "create", code: errno) }
    }
    var status = stat()
    guard stat(path, &status) == 0 else { throw RunDirectoryError(path: path, action: "create", code: errno) }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      throw RunDirectoryError(path: path, action: "create", code: ENOTDIR)
    }
  }

  /// Where the files are: `path`.
  public var directoryPath: String? { path }

  /// Adds the rows of a call to the database, `cdr.csv` and `cdr.json`.
  public func write(_ session: CDRSession) throws(Failure) {
    do throws(CDRStoreError) { try store.openSession(rows: 1 + session.others.count) } catch { throw .store(error) }
    do throws(RunDirectoryError) {
      try writeFiles(session) { store.add($0, $1) }
    } catch { throw .file(error) }
    do throws(CDRStoreError) { try store.closeSession() } catch { throw .store(error) }
  }

  /// Takes away what the cleaner takes away; the other files follow when the run ends.
  public func clean(_ cleaning: CDRCleaning, at now: Instant) throws(Failure) {
    do throws(CDRStoreError) {
      let removal = try store.clean(cleaning, at: now)
      isCleaned = isCleaned || removal.rows > 0
    } catch { throw .store(error) }
  }

  /// Adds the rows of a call to `cdr.csv` and `cdr.json`, and hands each over with its texts.
  private func writeFiles(
    _ session: CDRSession, _ add: (CDRRecord, CDRRowTexts) -> Void = { _, _ in }
  ) throws(RunDirectoryError) {
    try writeRow(session.first, startOf: session, add)
    for row in session.others { try writeRow(row, startOf: nil, add) }
    jsonRows.finishSession(&json.buffer)
    try json.flushIfFull()
  }

  private func writeRow(
    _ row: CDRRecord, startOf session: CDRSession?, _ add: (CDRRecord, CDRRowTexts) -> Void
  ) throws(RunDirectoryError) {
    texts.fill(with: row)
    // Each look at the property is a copy.
    let texts = texts
    add(row, texts)
    if let session { jsonRows.startSession(session, first: texts, to: &json.buffer) }
    jsonRows.appendRow(texts, to: &json.buffer)
    try json.flushIfFull()
    csvRows.append(texts, to: &csv.buffer)
    try csv.flushIfFull()
  }

  /// Adds a line to `events.jsonl`.
  public func write(_ entry: JournalEntry) throws(Failure) {
    do throws(RunDirectoryError) {
      try events.append { JournalReport.append(entry, to: &$0) }
    } catch { throw .file(error) }
  }

  /// Adds a line to `crm.jsonl`.
  public func writeExchange(_ line: JSONValue) throws(Failure) {
    try self.line(line, to: crm)
  }

  private func line(_ value: JSONValue, to file: OutputFile) throws(Failure) {
    do throws(RunDirectoryError) {
      try file.append {
        value.write(to: &$0)
        $0.append(UInt8(ascii: "\n"))
      }
    } catch { throw .file(error) }
  }

  /// Keeps what was computed when a run has to stop: every file is written as far as it can be, without a summary.
  public func abandon() {
    try? json.append { jsonRows.finish(&$0) }
    for file in [csv, json, events, crm] { try? file.close() }
    try? store.close()
  }

  /// `cdr.csv` and `cdr.json` are what the appliance exports at the end: the rows it still has.
  private func writeRowsAnew() throws(Failure) {
    do throws(RunDirectoryError) {
      try csv.restart()
      try json.restart()
      jsonRows = CDRJSON(layout: layout, timeZone: timeZone)
      try csv.append { csvRows.start(&$0) }
      try json.append { jsonRows.start(&$0) }
    } catch { throw .file(error) }
    do {
      try store.forEachSession { session in
        try writeFiles(session)
      }
    } catch let error as CDRStoreError { throw .store(error) } catch let error as RunDirectoryError {
      throw .file(error)
    } catch { throw .file(RunDirectoryError(path: path, action: "write", code: EIO)) }
  }

  /// Ends every file, and writes the summary last: where it stands, the run is whole.
  public func close(summary: JSONValue) throws(Failure) {
    if isCleaned { try writeRowsAnew() }
    do throws(RunDirectoryError) {
      try json.append { jsonRows.finish(&$0) }
      for file in [csv, json, events, crm] { try file.close() }
    } catch { throw .file(error) }
    do throws(CDRStoreError) { try store.close() } catch { throw .store(error) }
    do throws(RunDirectoryError) {
      let file = try OutputFile(path: path + "/summary.json")
      try file.append {
        summary.write(.indented, to: &$0)
        $0.append(UInt8(ascii: "\n"))
      }
      try file.close()
    } catch { throw .file(error) }
  }
}
