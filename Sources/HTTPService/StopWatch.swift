public import ServiceLifecycle
import Synchronization

/// Tells when the end of a group of services begins.
public struct StopWatch: Service {
  private let isStopping: @Sendable () -> Void

  /// - Parameter isStopping: told once.
  public init(isStopping: @escaping @Sendable () -> Void) { self.isStopping = isStopping }

  /// Waits for the end.
  public func run() async throws {
    try await gracefulShutdown()
    isStopping()
  }
}

/// Gathers where listeners have come to be, and tells once all have.
public final class Readiness<Place: Sendable>: Sendable {
  private let places: Mutex<[Int: Place]> = Mutex([:])
  private let count: Int
  private let tell: @Sendable ([Place]) -> Void

  /// - Parameters:
  ///   - count: listeners waited for.
  ///   - tell: gets the places in the order of their numbers.
  public init(count: Int, tell: @escaping @Sendable ([Place]) -> Void) {
    self.count = count
    self.tell = tell
  }

  /// A listener is there.
  public func note(_ index: Int, _ place: Place) {
    let all = places.withLock { places in
      places[index] = place
      return places.count == count ? places.sorted { $0.key < $1.key }.map(\.value) : nil
    }
    if let all { tell(all) }
  }

  /// Where a listener is; nil before.
  public func place(_ index: Int) -> Place? { places.withLock { $0[index] } }
}
