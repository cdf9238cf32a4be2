import PBXModel
public import Primitives

/// Reads a file of CDRs that Asterisk or an appliance wrote, piece by piece.
///
/// ```swift
/// var reader = CDRTableReader()
/// while let piece = next() { try reader.read(piece) }
/// let table = try reader.finish(siteZone: zone, clock: nil)
/// ```
public struct CDRTableReader: Sendable {
  /// Rows of one file at most.
  public static let rowsMax = 2_000_000

  private struct Draft {
    var row: ComparableRow
    var start: WallClock.Reading
    var answer: WallClock.Reading?
    var end: WallClock.Reading?
    var epoch: Int64?
  }

  private var records = CSVRecordReader()
  private var layout: CDRLayout?
  private var drafts: [Draft] = []

  /// A reader at the start of a file.
  public init() {}

  /// Takes the next bytes of the file.
  public mutating func read(_ bytes: UnsafeRawBufferPointer) throws(CDRTableError) {
    var records = self.records
    try records.read(bytes) { record throws(CDRTableError) in try take(record) }
    self.records = records
  }

  /// The rows, once the whole file is read.
  ///
  /// - Parameters:
  ///   - siteZone: the clock of the run's site.
  ///   - clock: whose clock the file's times are on; nil to find out by the channels' ids, which count seconds of UTC.
  public mutating func finish(siteZone: SiteTimeZone, clock: CDRTable.Clock?) throws(CDRTableError) -> CDRTable {
    if let record = try records.finish() { try take(record) }
    // A header alone is the file of a system that carried no call.
    guard let layout else { throw CDRTableError(.empty, at: CSVPlace(line: 1, column: 1)) }
    let clock = clock ?? likelyClock(siteZone)
    let zone = clock == .utc ? SiteTimeZone.utc : siteZone
    let rows = drafts.map { draft in
      var row = draft.row
      row.start = Self.second(draft.start, near: draft.epoch, in: zone)
      row.answer = draft.answer.map { Self.second($0, near: row.start, in: zone) }
      row.end = draft.end.map { Self.second($0, near: row.start + row.duration, in: zone) }
      return row
    }
    var table = CDRTable(rows: rows, layout: layout)
    table.clock = clock
    table.unknownColumns = layout.unknownNames
    return table
  }

  /// Where a put-back clock shows a time twice, the one nearer to what else the row says; without that the first.
  private static func second(_ reading: WallClock.Reading, near other: Int64?, in zone: SiteTimeZone) -> Int64 {
    switch reading {
    case .absolute(let seconds): return seconds
    case .local(let local):
      let range = zone.seconds(showing: local)
      guard let other, other - range.lowerBound > range.upperBound - other else { return range.lowerBound }
      return range.upperBound
    }
  }

  /// A row begins when its channel is made, or later, so the right clock brings most rows next to their channels.
  private func likelyClock(_ zone: SiteTimeZone) -> CDRTable.Clock {
    func near(_ zone: SiteTimeZone) -> Int {
      drafts.count { draft in
        guard let epoch = draft.epoch else { return false }
        return (-2...120).contains(Self.second(draft.start, near: epoch, in: zone) - epoch)
      }
    }
    return near(.utc) > near(zone) ? .utc : .site
  }

  private mutating func take(_ record: CSVRecordReader.Record) throws(CDRTableError) {
    guard let layout else {
      if let header = try CDRLayout.header(record) {
        layout = header
        return
      }
      let headless = try CDRLayout.headless(record)
      layout = headless
      return try append(record, headless)
    }
    try append(record, layout)
  }

  private mutating func append(_ record: CSVRecordReader.Record, _ layout: CDRLayout) throws(CDRTableError) {
    guard drafts.count < Self.rowsMax else {
      throw CDRTableError(.manyRows, at: CSVPlace(line: record.line, column: 1))
    }
    let record = try CDRRecordFields(record, layout)
    var row = ComparableRow(line: record.line)
    for field in CDRField.allCases { if let text = record[.field(field)] { row[field] = text } }
    guard let start = try record.time(.start) else { throw record.error(.start, "a time as 2026-11-20 22:41:12") }
    // Without ids (`loguniqueid=no`) a channel's name tells it from others until Asterisk starts anew.
    row.uniqueid = row[.uniqueid].isEmpty ? row[.channel] : row[.uniqueid]
    row.call = record[.linkedID] ?? row[.session]
    if row.call.isEmpty { row.call = row.uniqueid }
    row.party = ChannelName(row[.channel]).party
    row.dstParty = ChannelName(row[.dstchannel]).party
    row.duration = try record.length(.duration) ?? 0
    row.billsec = try record.length(.billsec) ?? 0
    row.disposition = try record.disposition()
    drafts.append(
      Draft(
        row: row, start: start, answer: try record.time(.answer), end: try record.time(.end),
        epoch: WallClock.epoch(ofUniqueID: row[.uniqueid])))
  }
}

/// The fields of one record under the names of its columns.
private struct CDRRecordFields {
  let line: Int
  private let fields: [String]
  private let places: [CSVPlace]
  private let layout: CDRLayout

  init(_ record: CSVRecordReader.Record, _ layout: CDRLayout) throws(CDRTableError) {
    line = record.line
    self.layout = layout
    let extra = record.fields.count - layout.columnCount
    guard extra != 0 else {
      (fields, places) = (record.fields, record.places)
      return
    }
    // The export of 2013 has no quotes around `SIP/5301,60`: what is too much belongs to `lastdata`.
    guard extra > 0, let data = layout.positions[.field(.lastdata)], let start = layout.positions[.field(.start)],
      start == data + 1, record.fields.indices.contains(start + extra), WallClock.isTime(record.fields[start + extra])
    else {
      throw CDRTableError(.fieldCount(record.fields.count, expected: layout.columnCount), at: record.end)
    }
    let joined = record.fields[data...(data + extra)].joined(separator: ",")
    fields = record.fields[..<data] + [joined] + record.fields[(data + extra + 1)...]
    places = Array(record.places[...data] + record.places[(data + extra + 1)...])
  }

  subscript(column: CDRLayout.Column) -> String? {
    layout.positions[column].flatMap { fields.indices.contains($0) ? fields[$0] : nil }
  }

  func error(_ field: CDRField, _ expected: String) -> CDRTableError {
    let place = layout.positions[.field(field)].flatMap { places.indices.contains($0) ? places[$0] : nil }
    return CDRTableError(
      .value(column: field.rawValue, expected: expected), at: place ?? CSVPlace(line: line, column: 1))
  }

  /// nil where the field is empty or absent; all zeros are empty too: databases export `0000-00-00 00:00:00`, and
  /// Asterisk writes `0.000000` with its resolution of microseconds.
  func time(_ field: CDRField) throws(CDRTableError) -> WallClock.Reading? {
    guard let text = self[.field(field)], text.contains(where: { !"0-: .".contains($0) }) else {
      return nil
    }
    guard let reading = WallClock.reading(text) else { throw error(field, "a time as 2026-11-20 22:41:12") }
    return reading
  }

  func length(_ field: CDRField) throws(CDRTableError) -> Int64? {
    guard let text = self[.field(field)], !text.isEmpty else { return nil }
    guard let seconds = WallClock.length(text) else { throw error(field, "a number of seconds") }
    return seconds
  }

  func disposition() throws(CDRTableError) -> String {
    let text = (self[.field(.disposition)] ?? "").uppercased()
    let known = Disposition.allCases.map(\.rawValue) + ["CONGESTION"]
    guard known.contains(text) else { throw error(.disposition, "one of " + known.joined(separator: ", ")) }
    return text
  }
}
