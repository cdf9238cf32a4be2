import HummingbirdCore
import Logging
import NIOCore
import Synchronization

/// The connections that a listener has taken, so that none outlives it.
final class OpenConnections: Sendable {
  private let channels = Mutex<[ObjectIdentifier: any Channel]>([:])
  private let isOver = Atomic<Bool>(false)

  func add(_ channel: any Channel) {
    let key = ObjectIdentifier(channel)
    channels.withLock { $0[key] = channel }
    channel.closeFuture.whenComplete { _ in self.channels.withLock { $0[key] = nil } }
    if isOver.load(ordering: .acquiring) { channel.cut() }
  }

  /// Ends all of them at once, and those that come from now on.
  func cut() {
    isOver.store(true, ordering: .releasing)
    for channel in channels.withLock({ Array($0.values) }) { channel.cut() }
  }
}

/// A connection that is counted and guarded.
struct GuardedChannel<Base: ServerChildChannel>: ServerChildChannel {
  let base: Base
  let connections: OpenConnections
  let limits: ServerLimits

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Base.Value> {
    channel.eventLoop.makeCompletedFuture {
      try channel.pipeline.syncOperations.addHandler(ConnectionGuard(takingTime: limits.answerTime.timeAmount))
    }.flatMap {
      connections.add(channel)
      return base.setup(channel: channel, logger: logger)
    }
  }

  func handle(value: Base.Value, logger: Logger) async { await base.handle(value: value, logger: logger) }
}
