import GRDB

/// Why a CDR database could not be opened, written or read, and how many rows are affected.
///
/// Names files, tables and SQLite's own message; never a value of a row, so it is safe to log.
public struct CDRStoreError: Error, Hashable, Sendable {
  /// What went wrong, for callers that decide by it.
  public enum Reason: String, Hashable, Sendable, CaseIterable {
    /// There is no such file, and one is to be read.
    case missing
    /// A file is there and `ExistingDatabase.refuse` was asked for.
    case alreadyExists
    /// The file holds something that is not SQLite.
    case notADatabase
    /// SQLite, but written by another program.
    case notACDRDatabase
    /// Written by a later version of this program.
    case newerSchema
    /// The directory is missing, or permissions or the medium forbid writing.
    case unwritable
    /// The file system has no room; what was written before is intact.
    case diskFull
    /// Another process holds the database.
    case locked
    /// A stored row has a value the CDR schema does not know.
    case damaged
    /// `close()` was called before.
    case closed
    /// Anything else SQLite reports; see `sqliteCode` and `message`.
    case other
  }

  /// What went wrong, for callers that decide by it.
  public var reason: Reason
  /// The database file, or `:memory:`.
  public var path: String
  /// SQLite's extended result code (https://www.sqlite.org/rescode.html); nil when SQLite was not asked.
  public var sqliteCode: Int32?
  /// What was expected and found, or SQLite's own message; never a value of a row.
  public var message: String
  /// Rows given to the store that are not in the database. They stay queued for the next `flush()`, except those
  /// `append` refused and those left at `close()`.
  public var unwrittenRows: Int

  init(_ reason: Reason, path: String, message: String, sqliteCode: Int32? = nil, unwrittenRows: Int = 0) {
    self.reason = reason
    self.path = path
    self.message = message
    self.sqliteCode = sqliteCode
    self.unwrittenRows = unwrittenRows
  }

  /// What the user can do about it.
  public var remedy: String {
    switch reason {
    case .missing: "Give the folder of a run, or its cdr.sqlite."
    case .alreadyExists: "Choose another file, or ask for the existing one to be replaced or appended to."
    case .notADatabase, .notACDRDatabase: "Choose another file name; this file was left as it is."
    case .newerSchema: "Use the version that wrote it, or replace the database."
    case .unwritable: "Check that the directory exists and that you may write there."
    case .diskFull: "Free some space on that file system and try again."
    case .locked: "Close the other program that has the database open and try again."
    case .damaged: "The database was changed by hand or damaged; replay the trace to write it anew."
    case .closed: "This is a fault of the program: please report it."
    case .other: "Check the medium; if the file may be damaged, replay the trace to write it anew."
    }
  }
}

extension CDRStoreError: CustomStringConvertible {
  /// One line: path, message, code, rows, remedy.
  public var description: String {
    let code = sqliteCode.map { " (SQLite code \($0))" } ?? ""
    let rows = unwrittenRows == 0 ? "" : "; CDR rows not written: \(unwrittenRows)"
    return "\(path): \(message)\(code)\(rows). \(remedy)"
  }
}

extension CDRStoreError {
  /// Any error GRDB throws. Its `DatabaseError.description` is not used, because it can carry statement arguments.
  init(_ error: any Error, path: String, unwrittenRows: Int = 0) {
    if var own = error as? CDRStoreError {
      own.unwrittenRows = max(own.unwrittenRows, unwrittenRows)
      self = own
      return
    }
    guard let error = error as? DatabaseError else {
      self.init(
        .other, path: path, message: "unexpected error of type \(type(of: error))", unwrittenRows: unwrittenRows)
      return
    }
    self.init(
      Reason(error.resultCode), path: path,
      message: error.message ?? "unknown SQLite error",
      sqliteCode: Int32(error.extendedResultCode.rawValue), unwrittenRows: unwrittenRows)
  }
}

extension CDRStoreError.Reason {
  init(_ primaryCode: ResultCode) {
    switch primaryCode {
    case .SQLITE_NOTADB: self = .notADatabase
    case .SQLITE_FULL: self = .diskFull
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .locked
    case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH: self = .unwritable
    case .SQLITE_CORRUPT: self = .damaged
    default: self = .other
    }
  }
}
