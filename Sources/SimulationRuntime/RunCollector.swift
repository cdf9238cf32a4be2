public import JSON
public import PBXModel
public import Primitives
public import Reports
public import Simulation

/// Keeps a replay's results in memory, byte for byte as `RunDirectory` would write them.
///
/// It holds no more than `bytesMax` bytes over all files; past that nothing more is kept and `isWhole` is false.
/// Without `hasRowFiles` the rows are kept as `sessions` alone: `csv` and `json` are those of a run without rows then,
/// and `rows` is empty.
public final class RunCollector: RunOutput {
  /// Bytes of all files together, by default.
  public static let defaultBytesMax = 256 << 20

  /// Nothing is in a directory.
  public var directoryPath: String? { nil }
  /// What `cdr.csv` would hold.
  public private(set) var csv: [UInt8] = []
  /// What `cdr.json` would hold.
  public private(set) var json: [UInt8] = []
  /// What `events.jsonl` would hold.
  public private(set) var events: [UInt8] = []
  /// What `crm.jsonl` would hold.
  public private(set) var exchanges: [UInt8] = []
  /// What `summary.json` would hold; empty before the run's end.
  public private(set) var summary: [UInt8] = []
  /// The rows in the order they were written, each with the texts of the model's columns.
  public private(set) var rows: [[String]] = []
  /// False once something did not fit.
  public private(set) var isWhole = true
  /// The columns of `rows`.
  public let columns: [CDRField]

  /// The rows of each call, in the order they were written.
  public private(set) var sessions: [CDRSession] = []
  /// What a row counts for where none of its texts are kept.
  private static let rowBytes = 1024
  private let hasRowFiles: Bool
  private var rowCount = 0
  private let timeZone: SiteTimeZone
  private let bytesMax: Int
  private let layout: CDRLayout
  private var csvRows: CDRCSV
  private var jsonRows: CDRJSON
  private var texts: CDRRowTexts

  /// Nothing kept yet.
  ///
  /// - Parameters:
  ///   - layout: the model's.
  ///   - hasRowFiles: whether the rows are kept as texts, too.
  ///   - bytesMax: bytes kept at most, over all files.
  public init(
    layout: CDRLayout, timeZone: SiteTimeZone, hasRowFiles: Bool = true, bytesMax: Int = RunCollector.defaultBytesMax
  ) {
    self.bytesMax = bytesMax
    self.hasRowFiles = hasRowFiles
    self.layout = layout
    self.timeZone = timeZone
    columns = Array(layout.schema.fields)
    csvRows = CDRCSV(layout: layout, timeZone: timeZone)
    jsonRows = CDRJSON(layout: layout, timeZone: timeZone)
    texts = CDRRowTexts(timeZone: timeZone)
    csvRows.start(&csv)
    jsonRows.start(&json)
  }

  /// Whether there is room for more; once there is none, nothing is kept any more.
  private func hasRoom() -> Bool {
    let rowBytes = hasRowFiles ? csv.count + json.count : rowCount * Self.rowBytes
    if isWhole, rowBytes + events.count + exchanges.count > bytesMax { isWhole = false }
    return isWhole
  }

  /// Keeps the rows of a call.
  public func write(_ session: CDRSession) {
    guard hasRoom() else { return }
    sessions.append(session)
    rowCount += 1 + session.others.count
    keep(session)
  }

  /// Forgets calls whose last row began before the cleaner's interval.
  public func clean(_ cleaning: CDRCleaning, at now: Instant) {
    let oldest = now + .seconds(-86_400 * Int64(cleaning.intervalDays))
    sessions.removeAll { session in session.rows.allSatisfy { $0.start < oldest } }
    rowCount = sessions.reduce(0) { $0 + 1 + $1.others.count }
    (csv, json, rows) = ([], [], [])
    csvRows.start(&csv)
    jsonRows = CDRJSON(layout: layout, timeZone: timeZone)
    jsonRows.start(&json)
    for session in sessions { keep(session) }
  }

  private func keep(_ session: CDRSession) {
    guard hasRowFiles else { return }
    texts.fill(with: session.first)
    jsonRows.startSession(session, first: texts, to: &json)
    keepTexts()
    for row in session.others {
      texts.fill(with: row)
      keepTexts()
    }
    jsonRows.finishSession(&json)
  }

  private func keepTexts() {
    csvRows.append(texts, to: &csv)
    jsonRows.appendRow(texts, to: &json)
    rows.append(columns.indices.map { layout.text(texts, at: $0) })
  }

  /// Keeps a line of the journal.
  public func write(_ entry: JournalEntry) {
    guard hasRoom() else { return }
    JournalReport.append(entry, to: &events)
  }

  /// Keeps a line of CRM traffic.
  public func writeExchange(_ line: JSONValue) {
    guard hasRoom() else { return }
    line.write(to: &exchanges)
    exchanges.append(UInt8(ascii: "\n"))
  }

  /// Keeps the summary, and ends `cdr.json`.
  public func close(summary value: JSONValue) {
    jsonRows.finish(&json)
    value.write(.indented, to: &summary)
    summary.append(UInt8(ascii: "\n"))
  }

  /// Ends `cdr.json`; there is no summary.
  public func abandon() { jsonRows.finish(&json) }
}
