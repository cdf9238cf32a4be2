public import PBXModel
public import Primitives

/// A CDR row of either side, with the facts that rows are compared by.
public struct ComparableRow: Sendable {
  /// The line of the file it begins on, or the row's `AcctId` in the run.
  public var line: Int
  /// What the rows of one call have in common: `linkedid`, `session` or `uniqueid`; empty where there is none.
  public var call = ""
  /// Id of the caller's channel.
  public var uniqueid = ""
  /// Whose channel the caller's is; a trunk under the name the run has for it.
  public var party = ""
  /// Whose channel the callee's is; empty without one.
  public var dstParty = ""
  /// When it began, in seconds since 1970 UTC.
  public var start: Int64 = 0
  /// When it was answered; nil where the field is empty.
  public var answer: Int64?
  /// When it ended; nil where the field is empty.
  public var end: Int64?
  /// Whole seconds.
  public var duration: Int64 = 0
  /// Whole seconds.
  public var billsec: Int64 = 0
  /// As written: `CONGESTION` too.
  public var disposition = ""
  /// The row that continued it behind a Local channel and that was taken together with it.
  var behindLocal: Int?
  /// When the first row of its call began.
  var callStart: Int64 = 0
  /// Whether its call has no other row.
  var isOnlyRowOfCall = true
  private var texts: [String]

  private static let secondsMax: Int64 = 1 << 40
  private static let indices = Dictionary(
    uniqueKeysWithValues: CDRField.allCases.enumerated().map { ($0.element, $0.offset) })

  /// A row without texts.
  init(line: Int) {
    self.line = line
    texts = Array(repeating: "", count: CDRField.allCases.count)
  }

  /// A row of the run.
  public init(_ row: CDRRecord, in zone: SiteTimeZone) {
    self.init(line: row.acctId)
    for (index, field) in CDRField.allCases.enumerated() { texts[index] = field.text(of: row, in: zone) }
    call = row.session
    uniqueid = row.uniqueid
    party = ChannelName(row.channel).party
    dstParty = ChannelName(row.dstchannel).party
    start = row.start.seconds
    answer = row.answer?.seconds
    end = row.end?.seconds
    // A damaged database can hold any number; sums of these must not overflow.
    duration = min(max(row.durationSeconds, 0), Self.secondsMax)
    billsec = min(max(row.billsecSeconds, 0), Self.secondsMax)
    disposition = row.disposition.rawValue
  }

  /// What stands in a column; empty where the file has none of that name.
  public subscript(field: CDRField) -> String {
    get { Self.indices[field].map { texts[$0] } ?? "" }
    set { if let index = Self.indices[field] { texts[index] = newValue } }
  }

  /// Names another text's channel, for those whose own says only how the call went through the PBX.
  mutating func takeCallee(of row: ComparableRow) {
    dstParty = row.dstParty
  }

  /// `FAILED` and `CONGESTION` are one outcome: the appliance has no word for the second.
  var outcome: String { disposition == "CONGESTION" ? Disposition.failed.rawValue : disposition }

  /// A menu's or group's own row beside those of the phones it rang.
  var isEntrance: Bool { self[.lastapp] == "ForkCDR" && !isOnlyRowOfCall }

  /// For files that name no channels.
  mutating func takeNumbersAsParties() {
    party = self[.src]
    dstParty = self[.dst]
  }

  var isAnswered: Bool { disposition == Disposition.answered.rawValue }
}

/// The rows of one side.
public struct CDRTable: Sendable {
  /// Oldest first; of one second in the order of the file.
  public var rows: [ComparableRow]
  /// What wrote it.
  public var layout: CDRLayout
  /// Columns that are not compared because the run has none of their kind.
  public var unknownColumns: [String] = []
  /// How its times were read.
  public var clock = Clock.site

  /// Whose clock a file's times are on.
  public enum Clock: String, Hashable, Sendable, CaseIterable {
    /// Coordinated universal time.
    case utc
    /// The site's wall clock.
    case site
  }

  /// Puts the rows in order and finds when each call began.
  public init(rows: [ComparableRow], layout: CDRLayout) {
    self.rows = rows
    self.layout = layout
    sort()
  }

  mutating func sort() {
    rows.sort { ($0.start, $0.line) < ($1.start, $1.line) }
    var calls: [String: (start: Int64, rows: Int)] = [:]
    for row in rows { calls[row.call, default: (row.start, 0)].rows += 1 }
    for index in rows.indices {
      let call = calls[rows[index].call]
      rows[index].callStart = call?.start ?? rows[index].start
      rows[index].isOnlyRowOfCall = (call?.rows ?? 1) == 1 || rows[index].call.isEmpty
    }
  }
}
