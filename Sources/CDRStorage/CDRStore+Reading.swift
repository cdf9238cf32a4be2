import Foundation
import GRDB
public import PBXModel
public import Primitives

/// Which rows to read: each condition given must hold, none given means every row.
public struct CDRRowFilter: Hashable, Sendable {
  /// Rows that started at this instant or later.
  public var startingFrom: Instant?
  /// Rows that started before this instant.
  public var startingBefore: Instant?
  /// Rows whose `src` is exactly this, byte for byte; nil for any.
  public var src: String?
  /// Rows whose `dst` is exactly this, byte for byte; nil for any.
  public var dst: String?
  /// Rows that ended this way; nil for any.
  public var disposition: Disposition?
  /// Rows of the session of this id, byte for byte; nil for any.
  public var session: String?

  /// A filter without conditions, which every row passes.
  public init() {}
}

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

  /// The first `limit` rows that match, in the order they were appended.
  public func rows(matching filter: CDRRowFilter = CDRRowFilter(), limit: Int = .max) throws(CDRStoreError)
    -> [CDRRecord]
  {
    try read { db in
      let (condition, arguments) = filter.sql
      let statement = try db.makeStatement(
        sql: "SELECT \(CDRRowDecoder.selectColumns) FROM cdr WHERE \(condition) ORDER BY id LIMIT ?")
      try statement.setArguments(arguments + [max(0, limit)])
      var rows: [CDRRecord] = []
      try CDRRowDecoder(path: path).forEachRow(of: statement) { place, row in
        rows.append(row)
        return true
      }
      return rows
    }
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

extension CDRRowFilter {
  fileprivate var sql: (condition: String, arguments: StatementArguments) {
    var conditions: [String] = []
    var arguments = StatementArguments()
    func require(_ condition: String, _ value: (any DatabaseValueConvertible)?) {
      guard let value else { return }
      conditions.append(condition)
      arguments += [value]
    }
    require("start_us >= ?", startingFrom?.microsecondsRoundedUp)
    require("start_us < ?", startingBefore?.microsecondsRoundedUp)
    // As bytes, because GRDB binds a string only up to its first NUL.
    require("src = CAST(? AS TEXT)", src.map { Data($0.utf8) })
    require("dst = CAST(? AS TEXT)", dst.map { Data($0.utf8) })
    require("disposition = ?", disposition?.rawValue)
    require("session = CAST(? AS TEXT)", session.map { Data($0.utf8) })
    return (conditions.isEmpty ? "TRUE" : conditions.joined(separator: " AND "), arguments)
  }
}
