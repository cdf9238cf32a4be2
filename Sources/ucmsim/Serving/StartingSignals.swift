import Dispatch
import Glibc
import Synchronization

/// SIGINT and SIGTERM while a server starts: reading a site, a trace or rows may take long, and nothing has begun yet
/// that would have to be brought to an end.
final class StartingSignals: @unchecked Sendable {
  private let sources: [any DispatchSourceSignal]
  private let cleaning = Mutex<(@Sendable () -> Void)?>(nil)

  /// From here on each of them ends the program with the exit code of a server that was told to end.
  init() {
    let queue = DispatchQueue(label: "ucmsim.starting")
    sources = [SIGINT, SIGTERM].map { DispatchSource.makeSignalSource(signal: $0, queue: queue) }
    for source in sources {
      source.setEventHandler { [weak self] in
        self?.cleaning.withLock { $0?() }
        Glibc.exit(Exit.done.rawValue)
      }
      source.resume()
    }
  }

  /// - Parameter clean: done before the program ends.
  func onEnd(_ clean: @escaping @Sendable () -> Void) { cleaning.withLock { $0 = clean } }

  /// Somebody else hears them now.
  func handOver() {
    for source in sources { source.cancel() }
  }

  deinit { handOver() }
}
