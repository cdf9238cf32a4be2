import Glibc

/// Standard output: the result and nothing else, written in large pieces.
final class StandardOutput {
  nonisolated(unsafe) static let shared = StandardOutput()

  private var buffer: [UInt8] = []
  private static let bufferBytes = 1 << 16

  func append(_ text: String) { buffer.append(contentsOf: text.utf8) }

  /// Appends through `write`, and passes full buffers on.
  func append(_ write: (inout [UInt8]) -> Void) throws {
    write(&buffer)
    if buffer.count >= Self.bufferBytes { try flush() }
  }

  func flush() throws {
    var done = 0
    while done < buffer.count {
      let written = buffer.withUnsafeBytes { bytes in
        Glibc.write(STDOUT_FILENO, bytes.baseAddress.map { $0 + done }, bytes.count - done)
      }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else {
        buffer.removeAll()
        if errno == EPIPE { throw ClosedPipe() }
        throw Complaint("cannot write to standard output: \(String(cString: strerror(errno)))", .internalError)
      }
      done += written
    }
    buffer.removeAll(keepingCapacity: true)
  }

  /// Columns of the terminal; nil when it is none.
  static var width: Int? {
    guard isatty(STDOUT_FILENO) == 1 else { return nil }
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }
}

/// Standard error: diagnostics and progress.
enum StandardError {
  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  static func write(_ text: String) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { return }
      rest = rest.dropFirst(written)
    }
  }

  static func note(_ text: String) { write("ucmsim: \(text)\n") }
}
