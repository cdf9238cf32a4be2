public import Primitives

/// Rows that are on the flash already when an appliance boots.
public struct RowsOnFlash: Sendable {
  /// `AcctId` of the last of them.
  public var lastAcctID: Int
  /// When that row began.
  public var lastStart: Instant
  /// How many began when; of each call, by its last row.
  public var counts: [(start: Instant, rows: Int)]

  /// Takes all as they are.
  public init(lastAcctID: Int, lastStart: Instant, counts: [(start: Instant, rows: Int)]) {
    self.lastAcctID = max(0, lastAcctID)
    self.lastStart = lastStart
    self.counts = counts
  }
}

extension Appliance {
  /// Goes on behind rows that were written before it was switched off; to be called before it boots.
  ///
  /// Numbers of rows go on behind the last (observed of the box: `AcctId` begins anew each month, or never); everything
  /// else begins anew, as after a power failure.
  public mutating func resume(behind rows: RowsOnFlash) {
    cdr.resume(behind: rows.lastAcctID, startedAt: rows.lastStart)
    for (start, count) in rows.counts where count > 0 { flash.add(rows: count, startedAt: start) }
  }
}
