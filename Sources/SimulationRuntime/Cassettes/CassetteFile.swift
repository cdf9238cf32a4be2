import Glibc

/// A cassette being written: a file beside its place, which takes that place when it is whole.
final class CassetteFile {
  private let path: String
  private var descriptor: Int32
  private var buffer: [UInt8] = []
  private var failure: RunDirectoryError?
  private static let bufferBytes = 1 << 16

  private var temporary: String { path + ".part" }

  /// For its owner only: it may hold people's names and numbers.
  init(path: String) throws(RunDirectoryError) {
    self.path = path
    descriptor = open(path + ".part", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw RunDirectoryError(path: path + ".part", action: "create", code: errno) }
  }

  deinit {
    if descriptor >= 0 {
      Glibc.close(descriptor)
      unlink(temporary)
    }
  }

  /// The first error is kept and thrown by `close`.
  func append(_ bytes: [UInt8]) {
    buffer += bytes
    if buffer.count >= Self.bufferBytes { flush() }
  }

  func close() throws(RunDirectoryError) {
    guard descriptor >= 0 else { return }
    flush()
    if fsync(descriptor) != 0 { note("write") }
    if Glibc.close(descriptor) != 0 { note("close") }
    descriptor = -1
    if failure == nil, rename(temporary, path) != 0 { note("replace") }
    if let failure {
      unlink(temporary)
      throw failure
    }
  }

  private func flush() {
    defer { buffer.removeAll(keepingCapacity: true) }
    guard failure == nil else { return }
    do throws(OutputDescriptor.WriteError) { try OutputDescriptor(rawValue: descriptor).write(buffer) } catch {
      failure = RunDirectoryError(path: temporary, action: "write", code: error.code)
    }
  }

  private func note(_ action: String) {
    failure = failure ?? RunDirectoryError(path: path, action: action, code: errno)
  }
}
