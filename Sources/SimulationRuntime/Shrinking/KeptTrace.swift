import Glibc
public import PacketCapture
import Foundation

/// A trace without a name on disk, whose bytes are replaced again and again; it vanishes with its owner.
public final class KeptTrace {
  /// Why it could not be written.
  public struct Failure: Error, CustomStringConvertible {
    /// One line with the operating system's reason.
    public let description: String

    init(_ code: Int32) {
      description =
        "cannot write a trace into the folder for temporary files: \(String(cString: strerror(code))); look for space "
        + "there, or name another folder with TMPDIR"
    }
  }

  /// Where to read it, under the name it was given.
  public let source: TraceSource
  private let descriptor: Int32

  /// An empty one.
  ///
  /// - Parameter name: what runs and errors call it.
  public init(name: String) throws(Failure) {
    var path = Array((NSTemporaryDirectory() + "/ucmsim-shrink-XXXXXX").utf8CString)
    descriptor = mkstemp(&path)
    guard descriptor >= 0 else { throw Failure(errno) }
    unlink(path)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    source = .kept(path: "/proc/self/fd/\(descriptor)", name: name)
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Holds these bytes from now on, and no others.
  public func write(_ bytes: [UInt8]) throws(Failure) {
    guard ftruncate(descriptor, 0) == 0, lseek(descriptor, 0, SEEK_SET) == 0 else { throw Failure(errno) }
    do throws(OutputDescriptor.WriteError) {
      try OutputDescriptor(rawValue: descriptor).write(bytes)
    } catch { throw Failure(error.code) }
  }
}
