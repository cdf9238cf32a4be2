import PBXModel
import Primitives

/// The calls of two runs, matched by session, else by parties and start.
struct CallComparison {
  /// Calls that differ, in the order of time.
  private(set) var changes: [RunDifference.CallChange] = []
  /// Calls that have rows in at least one of the runs.
  private(set) var callCount = 0
  /// Journal lines of no call that has rows, of the first run.
  private(set) var looseBefore: [JournalLine] = []
  /// The same of the second run.
  private(set) var looseAfter: [JournalLine] = []

  private let before: RecordedRun
  private let after: RecordedRun
  private let columns: [CDRField]

  init(_ before: RecordedRun, _ after: RecordedRun) {
    self.before = before
    self.after = after
    let others = Set(after.columns)
    columns = before.columns.filter { others.contains($0) && !RowComparison.numbering.contains($0) }
    var journals = (JournalBySession(before), JournalBySession(after))
    let pairing = Pairing(before.calls, after.calls, by: [{ $0.first.session }, Self.partiesAndStart, Self.parties])
    callCount = pairing.pairs.count + pairing.onlyBefore.count + pairing.onlyAfter.count
    for pair in pairing.pairs { add(before.calls[pair.before], after.calls[pair.after], &journals) }
    for place in pairing.onlyBefore { add(before.calls[place], nil, &journals) }
    for place in pairing.onlyAfter { add(nil, after.calls[place], &journals) }
    addWithoutRows(&journals)
    (looseBefore, looseAfter) = (journals.0.loose, journals.1.loose)
    changes = changes.enumerated().sorted { left, right in
      (left.element.start ?? .distantFuture, left.offset) < (right.element.start ?? .distantFuture, right.offset)
    }.map(\.element)
  }

  private static func parties(_ call: CDRSession) -> String { "\(call.first.src) \(call.first.dst)" }
  private static func partiesAndStart(_ call: CDRSession) -> String {
    "\(parties(call)) \(call.first.start.seconds)"
  }

  private mutating func add(
    _ one: CDRSession?, _ other: CDRSession?, _ journals: inout (JournalBySession, JournalBySession)
  ) {
    guard let shown = one ?? other else { return }
    let rows = RowComparison(columns: columns, zones: (before.timeZone, after.timeZone))
      .changes(one?.rows ?? [], other?.rows ?? [])
    let lines = JournalComparison.changes(
      one.map { journals.0.take($0.first.session) } ?? [], other.map { journals.1.take($0.first.session) } ?? [])
    guard !rows.isEmpty || !lines.isEmpty else { return }
    changes.append(
      RunDifference.CallChange(
        session: shown.first.session, start: shown.first.start, parties: "\(shown.first.src) to \(shown.first.dst)",
        rows: rows, journal: lines))
  }

  /// Calls that have no rows in either run, as those that were up when the trace ended.
  private mutating func addWithoutRows(_ journals: inout (JournalBySession, JournalBySession)) {
    let sessions = journals.0.sessions + journals.1.sessions.filter { !journals.0.has($0) }
    for session in sessions {
      let lines = JournalComparison.changes(journals.0.take(session), journals.1.take(session))
      guard !lines.isEmpty else { continue }
      changes.append(
        RunDifference.CallChange(session: session, start: nil, parties: "", rows: [], journal: lines))
    }
  }
}

/// A run's journal, by the session of the call each line is of.
private struct JournalBySession {
  /// Lines of no call whose beginning the journal has.
  private(set) var loose: [JournalLine] = []
  /// In the order begun.
  private var order: [String] = []
  private var lines: [String: [JournalLine]] = [:]

  init(_ run: RecordedRun) {
    var sessions: [Int64: String] = [:]
    for line in run.journal {
      if let (call, text) = line.session {
        sessions[call] = text
        order.append(text)
      }
      if let session = line.call.flatMap({ sessions[$0] }) {
        lines[session, default: []].append(line)
      } else {
        loose.append(line)
      }
    }
  }

  /// Of calls whose lines were not taken yet.
  var sessions: [String] { order.filter { lines[$0] != nil } }
  func has(_ session: String) -> Bool { lines[session] != nil }
  mutating func take(_ session: String) -> [JournalLine] { lines.removeValue(forKey: session) ?? [] }
}
