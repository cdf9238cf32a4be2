import Glibc

/// A file written from its beginning, in large pieces.
///
/// The first error is kept and thrown again by every later call: what was written before it stays.
final class OutputFile {
  let path: String
  private let descriptor: Int32
  /// What has not been written yet; whoever appends to it directly calls `flushIfFull` afterwards.
  @exclusivity(unchecked) var buffer: [UInt8] = []
  private var error: RunDirectoryError?
  private var isOpen = true
  private static let bufferBytes = 1 << 17

  init(path: String) throws(RunDirectoryError) {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw RunDirectoryError(path: path, action: "create", code: errno) }
    buffer.reserveCapacity(Self.bufferBytes + 4096)
  }

  deinit { if isOpen { Glibc.close(descriptor) } }

  func append(_ write: (inout [UInt8]) -> Void) throws(RunDirectoryError) {
    write(&buffer)
    try flushIfFull()
  }

  func flushIfFull() throws(RunDirectoryError) {
    if buffer.count >= Self.bufferBytes { try flush() }
  }

  func flush() throws(RunDirectoryError) {
    if let error { throw error }
    defer { buffer.removeAll(keepingCapacity: true) }
    do throws(OutputDescriptor.WriteError) {
      try OutputDescriptor(rawValue: descriptor).write(buffer)
    } catch {
      let failure = RunDirectoryError(path: path, action: "write", code: error.code)
      self.error = failure
      throw failure
    }
  }

  /// Empties the file and begins anew.
  func restart() throws(RunDirectoryError) {
    buffer.removeAll(keepingCapacity: true)
    guard ftruncate(descriptor, 0) == 0, lseek(descriptor, 0, SEEK_SET) == 0 else {
      throw RunDirectoryError(path: path, action: "write", code: errno)
    }
  }

  func close() throws(RunDirectoryError) {
    guard isOpen else { return }
    try flush()
    isOpen = false
    guard Glibc.close(descriptor) == 0 else { throw RunDirectoryError(path: path, action: "close", code: errno) }
  }
}

/// A file of the run directory could not be made or written.
public struct RunDirectoryError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file or directory, as far as it was made up from the path given.
  public let path: String
  let action: String
  let code: Int32

  /// One line: action, path, the operating system's reason and a remedy.
  public var description: String {
    let remedy =
      switch code {
      case EACCES, EROFS, EPERM: "choose a directory you may write to"
      case ENOSPC, EDQUOT: "free some space; what was written before is kept"
      case ENOTDIR, EEXIST: "choose a directory, not a file"
      default: "choose another directory with --out"
      }
    return "cannot \(action) \(path): \(String(cString: strerror(code))); \(remedy)"
  }
}
