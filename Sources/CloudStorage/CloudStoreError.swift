import GRDB

/// Why a cloud's state could not be opened, read or written. Never holds what is stored.
public struct CloudStoreError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What went wrong, for callers that decide by it.
  public enum Reason: String, Hashable, Sendable, CaseIterable {
    /// A file of another kind or another program.
    case foreign
    /// Written by a later version of this program.
    case newerSchema
    /// The file or what it says cannot be read.
    case damaged
    /// The directory is missing, or permissions or the medium forbid writing.
    case unwritable
    /// The file system has no room; what was written before is intact.
    case diskFull
    /// Another process holds the file.
    case locked
    /// Anything else SQLite reports; see `message`.
    case other
  }

  /// What went wrong, for callers that decide by it.
  public let reason: Reason
  /// The database file.
  public let path: String
  /// What was expected and found, or SQLite's own message.
  public let message: String

  /// An error about the file at `path`.
  public init(_ reason: Reason, path: String, message: String) {
    self.reason = reason
    self.path = path
    self.message = message
  }

  init(_ error: any Error, path: String) {
    if let own = error as? CloudStoreError {
      self = own
    } else if let error = error as? DatabaseError {
      self.init(Reason(error.resultCode), path: path, message: error.message ?? "unknown SQLite error")
    } else {
      self.init(.other, path: path, message: "unexpected error of type \(type(of: error))")
    }
  }

  /// Whether the file is at fault rather than the machine.
  public var isUnusableInput: Bool {
    switch reason {
    case .foreign, .newerSchema, .damaged: true
    case .unwritable, .diskFull, .locked, .other: false
    }
  }

  private var remedy: String {
    switch reason {
    case .foreign: "choose another folder with --state; this file was left as it is"
    case .newerSchema: "use the version that wrote it, or another folder"
    case .damaged: "remove the file to begin anew, or restore a copy"
    case .unwritable: "check that the folder exists and that you may write there"
    case .diskFull: "free some space on that file system"
    case .locked: "stop the other server that uses this folder"
    case .other: "check the medium"
    }
  }

  /// One line: path, message, remedy.
  public var description: String { "\(path): \(message); \(remedy)" }
}

extension CloudStoreError.Reason {
  fileprivate init(_ primaryCode: ResultCode) {
    switch primaryCode {
    case .SQLITE_NOTADB, .SQLITE_CORRUPT: self = .damaged
    case .SQLITE_FULL: self = .diskFull
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .locked
    case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH: self = .unwritable
    default: self = .other
    }
  }
}
