/// The appliance's flash as far as a site sets or knows it.
public struct SiteStorage: Hashable, Sendable {
  /// Bytes there are for CDRs and recordings; nil where nobody knows, and then nothing is ever full.
  public var flashBytes: Int?
  /// Bytes of them that were in use before the trace began.
  public var usedBytes = 0
  /// Rows the CDR table may have; nil for no such cap.
  public var cdrRowsMax: Int?
  /// Maintenance, Cleaner: which rows go, and when.
  public var cleaning = CDRCleaning()
  /// When rows become durable.
  public var commit = CDRCommit.eachCall

  /// Nothing known, nothing cleaned.
  public init() {}
}

/// When the rows of ended calls become durable.
///
/// Asterisk writes each call's rows when it is over; gathering them is a setting (`cdr.conf`, `batch`, off unless
/// switched on; 100 rows or 300 seconds where nothing else is set; upstream).
public enum CDRCommit: Hashable, Sendable {
  /// With the call's end.
  case eachCall
  /// When so many rows are gathered, or so long after the first of them.
  case batch(rows: Int, seconds: Int)

  /// Both at Asterisk's own values.
  public static let batchDefault = CDRCommit.batch(rows: 100, seconds: 300)
  /// What either number of a batch may be.
  public static let batchRange = 1...86_400
}
