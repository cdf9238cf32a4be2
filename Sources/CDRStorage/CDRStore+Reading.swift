import GRDB
public import PBXModel

/// Sessions in the order they were appended, and where to go on.
public struct CDRSessionPage: Hashable, Sendable {
  /// Whole sessions, never part of one; empty when there is none after the place asked from.
  public var sessions: [CDRSession]
  /// Give this as `after` to read on; nil when there is nothing more.
  public var next: Int64?
}

extension CDRStore {
  /// How many rows the store holds, gathered ones included.
  public func rowCount() throws(CDRStoreError) -> Int {
    try read { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM cdr") ?? 0 }
  }

  /// At most `limit` sessions (at least 1), in the order they were appended.
  ///
  /// - Parameter after: 0 for the first page, then the page's `next`.
  public func sessions(after: Int64 = 0, limit: Int) throws(CDRStoreError) -> CDRSessionPage {
    try read { db in
      let statement = try db.cachedStatement(
        sql: "SELECT \(CDRRowDecoder.selectColumns) FROM cdr WHERE id > ? ORDER BY id")
      try statement.setArguments([after])
      var page = CDRSessionPage(sessions: [], next: nil)
      var open: (number: Int64, lastRow: Int64, rows: [CDRRecord])?
      try CDRRowDecoder(path: path).forEachRow(of: statement) { place, row in
        if let current = open, current.number == place.session {
          open?.rows.append(row)
          open?.lastRow = place.row
          return true
        }
        if let current = open, let session = CDRSession(rows: current.rows) { page.sessions.append(session) }
        guard page.sessions.count < max(1, limit) else {
          page.next = open?.lastRow ?? after
          open = nil
          return false
        }
        open = (place.session, place.row, [row])
        return true
      }
      if let current = open, let session = CDRSession(rows: current.rows) { page.sessions.append(session) }
      return page
    }
  }

  /// Calls `body` with every session in the order they were appended, holding no more than a few hundred in memory.
  ///
  /// - Throws: `CDRStoreError`, or what `body` throws.
  public func forEachSession(_ body: (CDRSession) throws -> Void) throws {
    var next: Int64? = 0
    while let after = next {
      let page = try sessions(after: after, limit: 256)
      for session in page.sessions { try body(session) }
      next = page.next
    }
  }
}
