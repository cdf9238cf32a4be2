import Foundation
import GRDB

/// What is to become of a database an earlier run left at the same path.
public enum ExistingDatabase: Hashable, Sendable, CaseIterable {
  /// Removed, if this program wrote it. Anyone else's file is an error and stays.
  case replace
  /// An error.
  case refuse
  /// Kept; new sessions come after the old ones.
  case append
}

/// The file a database lives in, looked at before SQLite touches it.
struct DatabaseFile {
  private enum Content {
    case absent, empty, foreign, otherSQLite, ours
  }

  let path: String

  /// Makes the path ready for SQLite to open, or says why it must not be opened.
  func prepare(_ existing: ExistingDatabase, lockWaitSeconds: Double) throws(CDRStoreError) {
    // SQLite takes these for databases that vanish when they are closed, and the rows with them.
    guard !path.isEmpty, path != ":memory:" else {
      throw CDRStoreError(.unwritable, path: path, message: "expected the name of a file, found \"\(path)\"")
    }
    switch (try content(), existing) {
    case (.absent, _):
      // Sidecars of a database that is gone would be replayed into the new one: SQLite finds them by name.
      try removeSidecars()
    case (_, .refuse):
      throw CDRStoreError(.alreadyExists, path: path, message: "a file of that name exists")
    case (.foreign, _): throw foreign
    case (.otherSQLite, _): throw ofAnotherProgram
    case (.empty, .replace), (.ours, .replace):
      try refuseWhileInUse(lockWaitSeconds: lockWaitSeconds)
      try removeSidecars()
      try remove(path)
    case (.empty, .append), (.ours, .append):
      break
    }
  }

  /// Opens the database, or makes it; a lock is waited for so long, up to an hour.
  func open(lockWaitSeconds: Double) throws(CDRStoreError) -> DatabaseQueue {
    var configuration = Configuration()
    configuration.busyMode = .timeout(lockWaitSeconds > 0 ? min(lockWaitSeconds, 3600) : 0)
    do { return try DatabaseQueue(path: path, configuration: configuration) } catch {
      throw CDRStoreError(error, path: path)
    }
  }

  /// Opens a database that is there, for reading.
  ///
  /// The write-ahead log takes a file beside the database even to read it. Where none can be made, a database without a
  /// log is read as it stands; nobody who could change it meanwhile can do so from there.
  func openForReading(lockWaitSeconds: Double) throws(CDRStoreError) -> DatabaseQueue {
    switch try content() {
    case .absent, .empty: throw CDRStoreError(.missing, path: path, message: "there is no CDR database")
    case .foreign: throw foreign
    case .otherSQLite: throw ofAnotherProgram
    case .ours: break
    }
    do {
      let queue = try open(lockWaitSeconds: lockWaitSeconds)
      try makeReadable(queue)
      return queue
    } catch {
      guard error.reason == .unwritable, !hasLog else { throw error }
    }
    do {
      var configuration = Configuration()
      configuration.readonly = true
      let name = path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? path
      let queue = try DatabaseQueue(path: "file:\(name)?immutable=1", configuration: configuration)
      try makeReadable(queue)
      return queue
    } catch let error as CDRStoreError { throw error } catch { throw CDRStoreError(error, path: path) }
  }

  private func makeReadable(_ queue: DatabaseQueue) throws(CDRStoreError) {
    do {
      switch try DatabaseSchema.age(of: queue) {
      case .newer: throw DatabaseSchema.newerSchema(path)
      case .older: try DatabaseSchema.prepare(queue, path: path, maximumBytes: nil)
      case .current: break
      }
      try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA query_only = ON; PRAGMA cache_size = -16384") }
    } catch { throw CDRStoreError(error, path: path) }
  }

  private var hasLog: Bool {
    let size = try? FileManager.default.attributesOfItem(atPath: path + "-wal")[.size] as? NSNumber
    return (size?.int64Value ?? 0) > 0
  }

  private var foreign: CDRStoreError {
    CDRStoreError(.notADatabase, path: path, message: "expected a CDR database, found a file of another kind")
  }

  private var ofAnotherProgram: CDRStoreError {
    CDRStoreError(
      .notACDRDatabase, path: path, message: "expected a CDR database, found an SQLite database of another program")
  }

  /// A file that is removed under a program that writes to it takes that program's rows along.
  ///
  /// Leaving the write-ahead log takes the database for oneself, which fails while anyone else has it open. A database
  /// too damaged to be asked is nobody's.
  private func refuseWhileInUse(lockWaitSeconds: Double) throws(CDRStoreError) {
    let queue = try open(lockWaitSeconds: lockWaitSeconds)
    defer { try? queue.close() }
    do {
      try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
    } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
      throw CDRStoreError(error, path: path)
    } catch {}
  }

  /// Reads the magic (byte 0, 16 bytes) and the application id (byte 68, big-endian) of the SQLite header.
  private func content() throws(CDRStoreError) -> Content {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else { return .absent }
    guard !isDirectory.boolValue else {
      throw CDRStoreError(.unwritable, path: path, message: "expected a file, found a directory")
    }
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw CDRStoreError(.unwritable, path: path, message: "the existing file cannot be opened")
    }
    defer { try? handle.close() }
    let header: [UInt8]
    do { header = [UInt8](try handle.read(upToCount: 100) ?? Data()) } catch {
      throw CDRStoreError(.unwritable, path: path, message: "the existing file cannot be read")
    }
    guard !header.isEmpty else { return .empty }
    guard header.count == 100, header.starts(with: Array("SQLite format 3\0".utf8)) else { return .foreign }
    let applicationID = header[68..<72].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    return applicationID == UInt32(bitPattern: DatabaseSchema.applicationID) ? .ours : .otherSQLite
  }

  private func removeSidecars() throws(CDRStoreError) {
    for suffix in ["-wal", "-shm", "-journal"] where FileManager.default.fileExists(atPath: path + suffix) {
      try remove(path + suffix)
    }
  }

  private func remove(_ path: String) throws(CDRStoreError) {
    do { try FileManager.default.removeItem(atPath: path) } catch {
      throw CDRStoreError(.unwritable, path: path, message: "the file of an earlier run cannot be removed")
    }
  }
}
