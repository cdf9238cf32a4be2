public import ServiceLifecycle
import Synchronization

/// Keeps an appliance's state in its folder while it is served: within a second of every change, and at the end.
public final class StateKeeper: Service {
  private static let interval = Duration.seconds(1)

  private let folder: StateFolder
  private let state: @Sendable () -> KeptState
  private let problem: @Sendable (String) -> Void
  private let written: Mutex<(state: KeptState, hasFailed: Bool)>

  /// - Parameters:
  ///   - kept: what the folder holds.
  ///   - problem: told, once until it goes well again, that the state cannot be written.
  ///   - state: the appliance's as of the moment.
  public init(
    _ folder: StateFolder, holding kept: KeptState, problem: @escaping @Sendable (String) -> Void,
    state: @escaping @Sendable () -> KeptState
  ) {
    self.folder = folder
    self.state = state
    self.problem = problem
    written = Mutex((kept, false))
  }

  /// Keeps it until the group is told to stop; the last state is kept by `keep`, when nothing changes any more.
  public func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        try? await Task.sleep(for: Self.interval)
        self.keep()
      }
    }
  }

  /// Writes the state as it is now, unless that is what the folder holds.
  public func keep() {
    let now = state()
    written.withLock { written in
      guard written.state != now else { return }
      do throws(StateFolder.Failure) {
        try folder.write(now)
        written = (now, false)
      } catch {
        if !written.hasFailed { problem(error.description) }
        written.hasFailed = true
      }
    }
  }
}
