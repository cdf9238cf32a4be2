public import SimulationRuntime
import Synchronization

/// What was ordered of the replay and not taken yet.
final class LiveOrders: Sendable {
  private let waiting = Mutex<[ReplayOrder]>([])
  private let latest = Mutex<CRMChange?>(nil)
  /// More are refused.
  private static let countMax = 64

  var isEmpty: Bool { waiting.withLock { $0.isEmpty } }

  /// The last change, taken or not.
  var latestCRMChange: CRMChange? { latest.withLock { $0 } }

  /// A change that comes after others that nobody has taken yet makes them needless.
  ///
  /// - Returns: false where too many wait already.
  func add(_ order: ReplayOrder) -> Bool {
    let needless = waiting.withLock { waiting -> [ReplayOrder]? in
      var needless: [ReplayOrder] = []
      if case .apply = order.wish {
        needless = waiting.filter(\.isChange)
        waiting.removeAll(where: \.isChange)
      }
      guard waiting.count < Self.countMax else { return nil }
      waiting.append(order)
      return needless
    }
    if case .apply(let change) = order.wish { latest.withLock { $0 = change } }
    needless?.forEach { $0.done() }
    return needless != nil
  }

  func takeFirst() -> ReplayOrder? {
    waiting.withLock { $0.isEmpty ? nil : $0.removeFirst() }
  }
}

extension ReplayOrder {
  fileprivate var isChange: Bool {
    switch wish {
    case .apply: true
    case .repeatRequest: false
    }
  }
}

/// The end of an order, to be waited for.
struct OrderEnd: Sendable {
  fileprivate let done: AsyncStream<Void>

  /// Waits until it is carried out, or for `patience`: a replay that is between two passes, or waits for the CRM, does
  /// it later.
  func wait(patience: Duration = .seconds(2)) async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { for await _ in done {} }
      group.addTask { try? await Task.sleep(for: patience) }
      await group.next()
      group.cancelAll()
    }
  }
}

extension LiveAppliance {
  /// Has the replay do something; in the order of the calls.
  ///
  /// - Returns: nil where too much is waiting already.
  func place(_ wish: ReplayOrder.Wish) -> OrderEnd? {
    let (done, signal) = AsyncStream.makeStream(of: Void.self)
    return orders.add(ReplayOrder(wish, done: { signal.finish() })) ? OrderEnd(done: done) : nil
  }

  /// The CRM as it was changed last; nil for never.
  public var latestCRMChange: CRMChange? { orders.latestCRMChange }

  /// Waits for the next order after the traces' end; nil once the pace was stopped.
  public func awaitOrder() -> ReplayOrder? {
    while !pace.wasStopped {
      if let order = orders.takeFirst() {
        history.begin()
        return order
      }
      pace.rest()
    }
    return nil
  }
}
