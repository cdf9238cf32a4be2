import GRDB
public import PBXModel
public import Primitives

/// The CDR database of one run: sessions in, rows in SQLite.
///
/// ```swift
/// let store = try CDRStore(path: "run/cdr.sqlite", existing: .replace, timeZone: site.timeZone)
/// try store.append(session)
/// try store.close()
/// ```
///
/// **What is durable.** Sessions are gathered and written in transactions of about `batchRows` rows, each synced to the
/// medium before it counts as written (write-ahead log, `synchronous = FULL`). `append` promises nothing; a row is
/// durable, and may be told of, once `durableRows` counts it, which is when `flush()` or `close()` return at the
/// latest. After a crash or a power cut at any moment the database opens again and holds the first sessions given,
/// whole and in order: all that were durable, and none of which only a part had been written.
///
/// A batch that could not be written stays gathered, `CDRStoreError.unwrittenRows` counts it, and the next `append` or
/// `flush()` tries again. The same sessions in the same order give the same file, byte for byte, once it is closed.
///
/// Times are kept to the microsecond; finer digits of a capture's clock are cut.
/// For one owner: not to be used from several threads at once.
public final class CDRStore {
  /// Rows gathered before they are written, unless the caller decides otherwise.
  public static let defaultBatchRows = 1000

  /// The database file, or `:memory:`.
  public let path: String
  let batchRows: Int
  private var queue: DatabaseQueue?
  private var gathered: RowBatch
  /// Of rows that come without theirs.
  private var texts: CDRRowTexts
  private var gatheredSessions: Int64 = 0
  private var sessionsWritten: Int64 = 0
  private var rowsOfSession: Int64 = 0
  private let indexUpkeep: IndexUpkeep

  /// Rows of this store that a crash can no longer take; those of earlier runs are not counted.
  public private(set) var durableRows: Int64 = 0

  /// The number that the database has for the session given last; 0 before the first.
  public var lastSessionNumber: Int64 { sessionsWritten + gatheredSessions }

  /// Opens or creates the database file.
  ///
  /// - Parameters:
  ///   - existing: what is to become of a database an earlier run left there.
  ///   - timeZone: the site's; the columns `start`, `answer` and `end` are written on its wall clock, and the database
  ///     keeps it in place of an earlier run's.
  ///   - batchRows: rows gathered before they are written; at least 1.
  ///   - indexes: when rows become quick to find.
  ///   - maximumBytes: the database is not let grow past this size (rounded down to a page of 4096 bytes); a write
  ///     that would is `.diskFull`. nil leaves it to the file system.
  ///   - lockWaitSeconds: how long a write waits for another process that holds the database, before `.locked`;
  ///     from 0 to 3600.
  ///   - tell: hears of preparations that take a while, before this returns.
  public convenience init(
    path: String, existing: ExistingDatabase, timeZone: SiteTimeZone, batchRows: Int = defaultBatchRows,
    indexes: IndexUpkeep = .withEveryRow, maximumBytes: Int64? = nil, lockWaitSeconds: Double = 5,
    tell: (StorePreparation) -> Void = { _ in }
  ) throws(CDRStoreError) {
    let file = DatabaseFile(path: path)
    try file.prepare(existing, lockWaitSeconds: lockWaitSeconds)
    let queue = try file.open(lockWaitSeconds: lockWaitSeconds)
    try self.init(
      queue: queue, path: path, timeZone: timeZone, batchRows: batchRows, indexes: indexes,
      maximumBytes: maximumBytes, tell: tell)
  }

  /// A database in memory, gone with the store.
  public convenience init(
    inMemoryFor timeZone: SiteTimeZone, batchRows: Int = defaultBatchRows, maximumBytes: Int64? = nil
  ) throws(CDRStoreError) {
    let queue: DatabaseQueue
    do { queue = try DatabaseQueue() } catch { throw CDRStoreError(error, path: ":memory:") }
    try self.init(
      queue: queue, path: ":memory:", timeZone: timeZone, batchRows: batchRows, indexes: .withEveryRow,
      maximumBytes: maximumBytes, tell: { _ in })
  }

  private init(
    queue: DatabaseQueue, path: String, timeZone: SiteTimeZone, batchRows: Int, indexes: IndexUpkeep,
    maximumBytes: Int64?, tell: (StorePreparation) -> Void
  ) throws(CDRStoreError) {
    self.path = path
    self.batchRows = max(1, batchRows)
    self.queue = queue
    indexUpkeep = indexes
    gathered = RowBatch()
    texts = CDRRowTexts(timeZone: timeZone)
    do {
      let waiting = try StorePreparation.rowsWaiting(for: indexes, in: queue)
      if let waiting { tell(.begun(rows: waiting)) }
      try DatabaseSchema.prepare(queue, path: path, maximumBytes: maximumBytes)
      try queue.write { try StoredTimeZone.write(timeZone, to: $0) }
      try RowIndexes.lay(RowIndexes.definitions(of: indexes), in: queue)
      if waiting != nil { tell(.ended) }
      sessionsWritten = try queue.read { db in
        try Int64.fetchOne(db, sql: "SELECT session_number FROM cdr ORDER BY id DESC LIMIT 1") ?? 0
      }
    } catch { throw CDRStoreError(error, path: path) }
  }

  /// Whoever wants to know that the last rows arrived calls `close()`; this is only the last attempt.
  deinit { try? write() }

  /// Rows appended and not yet in the database.
  public var unwrittenRows: Int { gathered.rows }

  /// Takes the rows of one call, and writes the gathered batch when it is full.
  ///
  /// - Throws: `CDRStoreError`. When an earlier batch still cannot be written, `session` is refused and counted in
  ///   `unwrittenRows`, so that the store does not grow; after any other failure it stays gathered.
  public func append(_ session: CDRSession) throws(CDRStoreError) {
    try openSession(rows: 1 + session.others.count)
    texts.fill(with: session.first)
    add(session.first, texts)
    for row in session.others {
      texts.fill(with: row)
      add(row, texts)
    }
    try closeSession()
  }

  /// Begins a session of so many rows, which `add` brings one by one; what `append` does with a whole one.
  public func openSession(rows: Int) throws(CDRStoreError) {
    guard queue != nil else { throw closedError(unwrittenRows: rows) }
    if gathered.rows >= batchRows {
      do { try write() } catch {
        var error = error
        error.unwrittenRows += rows
        throw error
      }
    }
    gatheredSessions += 1
    rowsOfSession = 0
  }

  /// One row of the session opened last, with its texts in the site's time zone.
  public func add(_ row: CDRRecord, _ texts: CDRRowTexts) {
    rowsOfSession += 1
    gathered.add(row, texts, session: sessionsWritten + gatheredSessions, number: rowsOfSession)
  }

  /// All rows of the session have been added.
  public func closeSession() throws(CDRStoreError) {
    if gathered.rows >= batchRows { try write() }
  }

  /// Writes what is gathered; when it returns, every row given so far survives a crash or a power cut.
  public func flush() throws(CDRStoreError) {
    guard queue != nil else { throw closedError(unwrittenRows: gathered.rows) }
    try write()
  }

  /// Writes what is gathered, lays the indexes that are missing, folds the write-ahead log into the one file and closes
  /// it. The store is then of no use.
  ///
  /// - Throws: `CDRStoreError`; the file is closed even so, and the rows counted in the error are not in it.
  ///   Closing twice is no error.
  public func close() throws(CDRStoreError) {
    guard let queue else { return }
    defer {
      self.queue = nil
      removeGathered()
    }
    var failure: CDRStoreError?
    do { try write() } catch { failure = error }
    do {
      if try RowIndexes.areWorthwhile(in: queue) { try RowIndexes.lay(in: queue) }
      try queue.writeWithoutTransaction { db in
        // A reader in another process may hold the log open; the rows are durable in it, and its last user folds it.
        do { try db.checkpoint(.truncate) } catch DatabaseError.SQLITE_BUSY {}
      }
      try queue.close()
    } catch { failure = failure ?? CDRStoreError(error, path: path) }
    if let failure { throw failure }
  }

  private func write() throws(CDRStoreError) {
    guard let queue, gathered.rows > 0 else { return }
    do {
      try queue.writeWithoutTransaction { db in
        try db.inTransaction(.immediate) {
          try gathered.insert(with: try db.cachedStatement(sql: gathered.insertSQL))
          return .commit
        }
      }
    } catch { throw CDRStoreError(error, path: path, unwrittenRows: gathered.rows) }
    sessionsWritten += gatheredSessions
    durableRows += Int64(gathered.rows)
    removeGathered()
  }

  private func removeGathered() {
    gathered.removeAll()
    gatheredSessions = 0
  }

  /// Reads from the database, after writing what is gathered.
  func read<Value>(_ body: (Database) throws -> Value) throws(CDRStoreError) -> Value {
    guard let queue else { throw closedError(unwrittenRows: 0) }
    try write()
    do { return try queue.read(body) } catch { throw CDRStoreError(error, path: path) }
  }

  /// Changes the database in one transaction, after writing what is gathered.
  func change<Value>(_ body: (Database) throws -> Value) throws(CDRStoreError) -> Value {
    guard let queue else { throw closedError(unwrittenRows: 0) }
    try write()
    do { return try queue.write(body) } catch { throw CDRStoreError(error, path: path) }
  }

  private func closedError(unwrittenRows: Int) -> CDRStoreError {
    CDRStoreError(.closed, path: path, message: "the database is closed already", unwrittenRows: unwrittenRows)
  }
}
