import Foundation
import Glibc
public import PacketCapture

/// Keeps standard input in an unnamed file, so that it can be read twice.
public enum StandardInputSpool {
  /// Why standard input could not be kept.
  public struct Failure: Error, CustomStringConvertible {
    /// One line: what could not be done, and the operating system's reason.
    public let description: String
    /// A signal came while the copy was made.
    public let isInterrupt: Bool
  }

  /// The sources with standard input replaced by its copy; the copy vanishes with the process.
  public static func replayable(_ sources: [TraceSource]) throws(Failure) -> [TraceSource] {
    guard sources.contains(.standardInput) else { return sources }
    let path = try copy()
    return sources.map { $0 == .standardInput ? .keptStandardInput(path: path) : $0 }
  }

  private static func copy() throws(Failure) -> String {
    let template = NSTemporaryDirectory() + "/ucmsim-XXXXXX"
    var name = Array(template.utf8CString)
    let descriptor = mkstemp(&name)
    guard descriptor >= 0 else { throw failure("cannot keep standard input in a temporary file") }
    unlink(name)
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = read(STDIN_FILENO, &buffer, buffer.count)
      if count == 0 { break }
      guard count > 0 else { throw failure("cannot read standard input") }
      try write(buffer, count: count, to: descriptor)
    }
    return "/proc/self/fd/\(descriptor)"
  }

  private static func write(_ buffer: [UInt8], count: Int, to descriptor: Int32) throws(Failure) {
    var done = 0
    while done < count {
      let written = buffer.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress.map { $0 + done }, count - done) }
      guard written > 0 else {
        if written < 0, errno == EINTR { continue }
        throw failure("cannot keep standard input in a temporary file")
      }
      done += written
    }
  }

  private static func failure(_ what: String) -> Failure {
    Failure(description: "\(what): \(String(cString: strerror(errno)))", isInterrupt: errno == EINTR)
  }
}
