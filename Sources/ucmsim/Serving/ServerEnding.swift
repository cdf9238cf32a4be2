import Dispatch
import Synchronization

/// The one end of a server, whichever of its reasons comes first.
final class ServerEnding: Sendable {
  private let ended = DispatchSemaphore(value: 0)
  private let state = Mutex<(isOver: Bool, error: (any Error)?)>((false, nil))

  /// The first call counts.
  func end(_ error: (any Error)?) {
    let isFirst = state.withLock { state in
      guard !state.isOver else { return false }
      state = (true, error)
      return true
    }
    if isFirst { ended.signal() }
  }

  var isOver: Bool { state.withLock { $0.isOver } }

  /// Why it ended; nil for no error.
  func wait() -> (any Error)? {
    ended.wait()
    ended.signal()
    return state.withLock { $0.error }
  }
}
