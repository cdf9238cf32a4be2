import Foundation
import Glibc
public import PacketCapture

/// Keeps traces that come through a pipe in unnamed files, so that they can be read twice.
public enum PipeSpool {
  /// Why a trace could not be kept.
  public struct Failure: Error, CustomStringConvertible {
    /// One line: what could not be done, and the operating system's reason.
    public let description: String
    /// A signal came while the copy was made.
    public let isInterrupt: Bool

    init(_ what: String, _ code: Int32) {
      description = "\(what): \(String(cString: strerror(code)))"
      isInterrupt = code == EINTR
    }
  }

  /// The sources with every pipe replaced by its copy; the copies vanish with the process.
  public static func replayable(_ sources: [TraceSource]) throws(Failure) -> [TraceSource] {
    var result: [TraceSource] = []
    for source in sources { result.append(try replayable(source)) }
    return result
  }

  private static func replayable(_ source: TraceSource) throws(Failure) -> TraceSource {
    guard !source.canBeReadTwice else { return source }
    let name = source.description
    switch source {
    case .kept: return source
    case .standardInput: return .kept(path: try copy(STDIN_FILENO, name), name: name)
    case .file(let path):
      let pipe = open(path, O_RDONLY | O_CLOEXEC)
      guard pipe >= 0 else { throw Failure("cannot open \(name)", errno) }
      defer { close(pipe) }
      return .kept(path: try copy(pipe, name), name: name)
    }
  }

  private static func copy(_ pipe: Int32, _ name: String) throws(Failure) -> String {
    var path = Array((NSTemporaryDirectory() + "/ucmsim-trace-XXXXXX").utf8CString)
    let kept = mkstemp(&path)
    guard kept >= 0 else { throw Failure("cannot keep \(name) in a temporary file", errno) }
    unlink(path)
    // The programs that unpack other traces have no business with it.
    _ = fcntl(kept, F_SETFD, FD_CLOEXEC)
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = read(pipe, &buffer, buffer.count)
      if count == 0 { return "/proc/self/fd/\(kept)" }
      guard count > 0 else { throw Failure("cannot read \(name)", errno) }
      do throws(OutputDescriptor.WriteError) {
        try OutputDescriptor(rawValue: kept).write(Array(buffer.prefix(count)))
      } catch { throw Failure("cannot keep \(name) in a temporary file", error.code) }
    }
  }
}
