import Foundation
import Glibc
import JSON
import Synchronization

/// `cloud.jsonl`: every exchange as a line, as soon as it is answered.
public final class CloudJournal: Sendable {
  private struct State {
    var descriptor: Int32
    var failure: Int32?
  }

  /// The file as it was given.
  public let path: String
  private let state: Mutex<State>

  /// Makes the file, or goes on after what an earlier server left there.
  ///
  /// - Throws: `CloudServerError` with the operating system's reason.
  public init(path: String) throws(CloudServerError) {
    self.path = path
    // It holds people's names and numbers.
    let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .file(path: path, code: errno) }
    state = Mutex(State(descriptor: descriptor))
  }

  func append(_ line: JSONValue) {
    var bytes = line.bytes()
    bytes.append(UInt8(ascii: "\n"))
    state.withLock { state in
      guard state.descriptor >= 0, state.failure == nil else { return }
      var rest = bytes[...]
      while !rest.isEmpty {
        let count = rest.withUnsafeBytes { Glibc.write(state.descriptor, $0.baseAddress, $0.count) }
        if count < 0, errno == EINTR { continue }
        guard count > 0 else {
          state.failure = errno
          return
        }
        rest = rest.dropFirst(count)
      }
    }
  }

  /// The operating system's reason why the journal is not whole; nil while it is.
  public var failure: String? { state.withLock { $0.failure.map { String(cString: strerror($0)) } } }

  func close() {
    state.withLock { state in
      if state.descriptor >= 0 { Glibc.close(state.descriptor) }
      state.descriptor = -1
    }
  }
}
