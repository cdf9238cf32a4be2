public import PBXModel

/// What wrote a file of CDRs, and which of its columns holds what.
public struct CDRLayout: Hashable, Sendable {
  /// Who writes such rows.
  public enum Writer: String, Hashable, Sendable, CaseIterable {
    /// Asterisk's `Master.csv`.
    case asterisk
    /// The appliance's export.
    case appliance
  }

  /// Who wrote the file.
  public var writer: Writer
  /// The columns that a run has as well.
  public var fields: Set<CDRField>
  var positions: [Column: Int]
  var names: [String]
  var columnCount: Int { names.count }

  /// What is read from a row: a column of the run's, or one of Asterisk's own.
  enum Column: Hashable, Sendable {
    case field(CDRField)
    case linkedID
  }

  /// The layout of a run's rows.
  public static let run = CDRLayout(writer: .appliance, names: CDRField.allCases.map(\.rawValue))

  /// Asterisk's columns in the order of `cdr_csv` (upstream): the last five as its settings have it.
  private static let asteriskNames = [
    "accountcode", "src", "dst", "dcontext", "clid", "channel", "dstchannel", "lastapp", "lastdata", "start", "answer",
    "end", "duration", "billsec", "disposition", "amaflags",
  ]

  init(writer: Writer, names: [String]) {
    self.writer = writer
    self.names = names
    var positions: [Column: Int] = [:]
    for (index, name) in names.enumerated() {
      if let column = Self.columns[name], positions[column] == nil { positions[column] = index }
    }
    self.positions = positions
    fields = Set(CDRField.allCases.filter { positions.keys.contains(.field($0)) })
  }

  private static let columns: [String: Column] = {
    var columns: [String: Column] = ["linkedid": .linkedID]
    for field in CDRField.allCases { columns[field.rawValue] = .field(field) }
    return columns
  }()

  /// Titles of the appliance's CDR page (reference section 5.6); those of its download were not seen (assumed).
  private static let synonyms: [String: String] = [
    "acct_id": "AcctId", "acctid": "AcctId", "account_code": "accountcode", "caller_number": "src",
    "call_from": "src", "caller": "src", "callee_number": "dst", "call_to": "dst", "callee": "dst",
    "start_time": "start", "answer_time": "answer", "end_time": "end", "talk_time": "billsec",
    "call_time": "duration", "status": "disposition",
    "call_type": "userfield", "source_trunk_name": "src_trunk_name", "destination_trunk_name": "dst_trunk_name",
    "recording_files": "recordfiles", "answered_by": "dstanswer", "source_channel": "channel",
    "dest_channel": "dstchannel", "destination_channel": "dstchannel", "caller_id": "clid",
  ]

  private static let needed = ["src", "dst", "start", "disposition"]

  /// The layout a first line names; nil where it is a row already.
  static func header(_ record: CSVRecordReader.Record) throws(CDRTableError) -> CDRLayout? {
    let names = record.fields.map(name(of:))
    guard needed.contains(where: names.contains), !record.fields.contains(where: { WallClock.isTime($0) }) else {
      return nil
    }
    for name in needed where !names.contains(name) {
      throw CDRTableError(.missingColumn(name), at: CSVPlace(line: record.line, column: 1))
    }
    for (index, name) in names.enumerated() where columns[name] != nil && names[..<index].contains(name) {
      throw CDRTableError(.repeatedColumn(name), at: record.places[index])
    }
    let isAppliances = ["AcctId", "session", "action_type", "channel_ext"].contains(where: names.contains)
    let isAsterisks = !isAppliances && names.contains("channel")
    return CDRLayout(writer: isAsterisks ? .asterisk : .appliance, names: names)
  }

  /// `Start Time`, `start_time` and `START TIME` are one name.
  private static func name(of title: String) -> String {
    let trimmed = title.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()
    let plain = String(trimmed.map { $0 == " " || $0 == "-" ? "_" : $0 }).lowercased()
    if let synonym = synonyms[plain] { return synonym }
    return columns.keys.contains(plain) ? plain : String(trimmed)
  }

  /// The layout of a file without a header, by its first row.
  static func headless(_ record: CSVRecordReader.Record) throws(CDRTableError) -> CDRLayout {
    let appliance = CDRField.allCases.prefix(32).map(\.rawValue)
    let ids = ["peeraccount", "linkedid", "sequence"]
    let count = record.fields.count
    let hasUniqueID = record.fields.indices.contains(16) && WallClock.epoch(ofUniqueID: record.fields[16]) != nil
    let seventeenth = hasUniqueID ? "uniqueid" : "userfield"
    let isAppliances = record.fields.indices.contains(11) && WallClock.isTime(record.fields[10])
    switch count {
    case 22 where isAppliances, 32 where isAppliances:
      return CDRLayout(writer: .appliance, names: Array(appliance.prefix(count)))
    case 33 where !isAppliances: return CDRLayout(writer: .appliance, names: ["cdr"] + appliance)
    case 23..<32 where !isAppliances && record.fields.dropFirst(10).contains(where: WallClock.isTime):
      return CDRLayout(writer: .appliance, names: Array(appliance.prefix(22)))
    case 16: return CDRLayout(writer: .asterisk, names: asteriskNames)
    case 17: return CDRLayout(writer: .asterisk, names: asteriskNames + [seventeenth])
    case 18: return CDRLayout(writer: .asterisk, names: asteriskNames + ["uniqueid", "userfield"])
    case 19: return CDRLayout(writer: .asterisk, names: asteriskNames + ids)
    case 20: return CDRLayout(writer: .asterisk, names: asteriskNames + [seventeenth] + ids)
    case 21: return CDRLayout(writer: .asterisk, names: asteriskNames + ["uniqueid", "userfield"] + ids)
    case let count: throw CDRTableError(.unknownLayout(fields: count), at: CSVPlace(line: record.line, column: 1))
    }
  }

  /// Titles of columns that a run has none of.
  var unknownNames: [String] {
    let ids: Set<String> = ["linkedid", "sequence", "peeraccount", "cdr"]
    return names.filter { Self.columns[$0] == nil && !ids.contains($0) }
  }
}
