public import JSON
import Primitives

/// What a run came to, ready to be held against expectations.
public struct RunRecords: Sendable {
  /// The columns its rows have.
  public let columns: [String]
  /// In the order they were written.
  public let rows: [RunRecord]
  /// The journal, in the order of time.
  public let events: [RunRecord]
  /// CRM traffic, in the order of the answers.
  public let requests: [RunRecord]
  /// What `summary.json` says.
  public let summary: JSONValue
  /// What stands in the way of looking at everything; nil for nothing.
  public let obstacle: String?

  /// - Parameters:
  ///   - rows: texts in the order of `columns`.
  ///   - events: the bytes of `events.jsonl`.
  ///   - exchanges: the bytes of `crm.jsonl`.
  ///   - isWhole: whether the run kept everything.
  public init(
    columns: [String], rows: [[String]], events: [UInt8], exchanges: [UInt8], summary: JSONValue, isWhole: Bool = true
  ) {
    self.columns = columns
    self.summary = summary
    obstacle = isWhole ? nil : "the run has more results than are kept in memory for a case; use a shorter trace"
    self.events = Self.lines(of: events).enumerated().map { Self.event($1, number: $0 + 1) }
    requests = Self.lines(of: exchanges).enumerated().map { Self.request($1, number: $0 + 1) }
    var calls: [String: Int64] = [:]
    for event in self.events {
      if let call = event.call, let session = Self.session(of: event) { calls[session] = call }
    }
    self.rows = rows.enumerated().map { number, texts in
      var row = RunRecord(label: "row \(number + 1)")
      for (name, text) in zip(columns, texts) { row.add(name, text) }
      row.call = row["session"].flatMap { calls[$0] }
      return row
    }
  }

  /// The records of a kind.
  public func records(_ kind: Expectation.RecordKind) -> [RunRecord] {
    switch kind {
    case .cdr: rows
    case .events: events
    case .crm: requests
    case .display: events.filter { $0["event"] == "display" }
    case .systemEvents: events.filter { $0["event"] == "systemEvent" }
    }
  }

  private static func lines(of bytes: [UInt8]) -> [JSONValue] {
    bytes.split(separator: UInt8(ascii: "\n")).compactMap { JSONValue(parsing: Array($0)) }
  }

  private static func event(_ line: JSONValue, number: Int) -> RunRecord {
    var record = RunRecord(label: "event \(number)")
    if case .integer(let call)? = line["call"] { record.call = call }
    for member in line.members ?? [] { record.add(member.name, member.value) }
    return record
  }

  private static func request(_ line: JSONValue, number: Int) -> RunRecord {
    var record = RunRecord(label: "request \(number)")
    for member in line.members ?? [] {
      switch member.name {
      case "path":
        let parts = (member.value.string ?? "").split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        record.add("path", String(parts.first ?? ""))
        if parts.count > 1 { add(form: parts[1], as: "query", to: &record) }
      case "body", "answer":
        let text = member.value.string ?? ""
        record.add(member.name, text)
        if let value = JSONValue(parsing: Array(text.utf8)) {
          if value.string == nil { record.add(member.name, value) }
        } else if member.name == "body" {
          add(form: text[...], as: "body", to: &record)
        }
      default: record.add(member.name, member.value)
      }
    }
    return record
  }

  private static func add(form: Substring, as name: String, to record: inout RunRecord) {
    for pair in form.split(separator: "&") {
      let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard halves.count == 2 else { continue }
      let texts = halves.map { half in
        PercentEncoding.decode(half.utf8.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: " ") : $0 })
      }
      record.add("\(name).\(texts[0])", texts[1])
      // A form may carry JSON in a field, as SugarCRM's rest_data.
      if texts[1].hasPrefix("{"), let value = JSONValue(parsing: Array(texts[1].utf8)) {
        record.add("\(name).\(texts[0])", value)
      }
    }
  }

  /// The session of the call that begins with this line, as rows have it (reference section 5.1).
  private static func session(of event: RunRecord) -> String? {
    guard let start = event["start"].flatMap(Double.init), let caller = event["caller"], start.magnitude < 1e15 else {
      return nil
    }
    let seconds = start.rounded(.down)
    return "\(Int64(seconds))\(Int64(((start - seconds) * 1e6).rounded()))-\(caller)"
  }
}
