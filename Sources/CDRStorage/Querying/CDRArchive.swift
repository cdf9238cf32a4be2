import GRDB
import GRDBSQLite
public import PBXModel
public import Primitives

/// The rows of a CDR database, read only: of a run that is over, of one that still goes on, or of one that broke off.
///
/// A database that an earlier version wrote is brought to the present schema first, where it may be written to.
public final class CDRArchive {
  /// The database file.
  public let path: String
  /// The site's wall clock as the run had it.
  public let timeZone: SiteTimeZone
  let queue: DatabaseQueue

  /// Opens a database; one that is not there is an error.
  ///
  /// - Parameter lockWaitSeconds: how long another process that holds the database is waited for, before `.locked`.
  public init(path: String, lockWaitSeconds: Double = 5) throws(CDRStoreError) {
    self.path = path
    queue = try DatabaseFile(path: path).openForReading(lockWaitSeconds: lockWaitSeconds)
    do { timeZone = try queue.read { try StoredTimeZone.read(from: $0) } } catch {
      throw CDRStoreError(error, path: path)
    }
  }

  /// Ends a question that another thread is waiting for; it throws then.
  public func interrupt() { queue.interrupt() }

  /// How many rows there are.
  public func rowCount() throws(CDRStoreError) -> Int {
    do { return try queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM cdr") ?? 0 } } catch {
      throw CDRStoreError(error, path: path)
    }
  }

  /// Calls `body` with each call found, whole and in the order asked for, until it returns false. Memory holds one call
  /// at a time, and a number for every call of several rows that was given.
  ///
  /// - Throws: `CDRStoreError`, or what `body` throws.
  public func forEachCall(matching query: CDRQuery, _ body: (CDRSession) throws -> Bool) throws {
    do { try queue.read { try find(query, in: $0, body) } } catch let error as DatabaseError {
      throw CDRStoreError(error, path: path)
    }
  }

  /// The calls found.
  public func calls(matching query: CDRQuery = CDRQuery()) throws -> [CDRSession] {
    var calls: [CDRSession] = []
    try forEachCall(matching: query) {
      calls.append($0)
      return true
    }
    return calls
  }

  private func find(_ query: CDRQuery, in db: Database, _ body: (CDRSession) throws -> Bool) throws {
    var left = query.limit ?? .max
    var skipped = 0
    guard left > 0 else { return }
    let plan = try QueryPlan(query, in: db)
    let found = try db.makeStatement(sql: plan.sql)
    try found.setArguments(plan.arguments)
    let reader = try SessionReader(db, path: path)
    // Rows of one call lie anywhere among those of others once they are in the order of their start.
    var seen: Set<Int64> = []
    let handle = found.sqliteStatement
    defer { sqlite3_reset(handle) }
    while left > 0 {
      switch sqlite3_step(handle) {
      case SQLITE_ROW: break
      case SQLITE_DONE: return
      case let code: throw DatabaseError(sqlite: code, of: handle)
      }
      let (row, session) = (sqlite3_column_int64(handle, 0), sqlite3_column_int64(handle, 1))
      guard !seen.contains(session) else { continue }
      if skipped < query.offset {
        skipped += 1
        seen.insert(session)
        continue
      }
      guard let call = try reader.session(session, rowsFrom: row &- sqlite3_column_int64(handle, 2) &+ 1) else {
        continue
      }
      if !call.others.isEmpty { seen.insert(session) }
      left -= 1
      guard try body(call) else { return }
    }
  }
}

/// Reads whole sessions: their rows have been written one behind the other.
struct SessionReader {
  private let statement: Statement
  private let decoder: CDRRowDecoder

  init(_ db: Database, path: String) throws {
    statement = try db.makeStatement(
      sql: "SELECT \(CDRRowDecoder.selectColumns) FROM cdr WHERE id >= ? ORDER BY id")
    decoder = CDRRowDecoder(path: path)
  }

  func session(_ number: Int64, rowsFrom first: Int64) throws -> CDRSession? {
    try statement.setArguments([first])
    var rows: [CDRRecord] = []
    try decoder.forEachRow(of: statement) { place, row in
      guard place.session == number else { return false }
      rows.append(row)
      return true
    }
    return CDRSession(rows: rows)
  }
}
