import Glibc
import SimulationRuntime

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
    defer { buffer.removeAll(keepingCapacity: true) }
    do throws(OutputDescriptor.WriteError) {
      try OutputDescriptor(rawValue: STDOUT_FILENO).write(buffer)
    } catch {
      if error.code == EPIPE { throw ClosedPipe() }
      throw Complaint("cannot write to standard output: \(String(cString: strerror(error.code)))", .internalError)
    }
  }
}

/// Standard error: diagnostics and progress.
enum StandardError {
  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  static func write(_ text: String) {
    // Nobody is left to tell when standard error takes nothing.
    try? OutputDescriptor(rawValue: STDERR_FILENO).write(Array(text.utf8))
  }

  static func note(_ text: String) { write("ucmsim: \(text)\n") }
}
