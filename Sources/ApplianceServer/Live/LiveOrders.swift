public import SimulationRuntime
import Synchronization

/// What was ordered of the replay and not taken yet.
final class LiveOrders: Sendable {
  /// An order, and what the model beside is to do at the same moment; nil for nothing.
  struct Placed: Sendable {
    let order: ReplayOrder
    let beside: ReplayOrder?

    fileprivate func done() {
      order.done()
      beside?.done()
    }
  }

  private let waiting = Mutex<[Placed]>([])
  private let latest = Mutex<(own: CRMChange?, beside: CRMChange?)>((nil, nil))
  /// More are refused.
  private static let countMax = 64

  var isEmpty: Bool { waiting.withLock { $0.isEmpty } }

  /// The last change, taken or not, and that of the model beside.
  var latestCRMChanges: (own: CRMChange?, beside: CRMChange?) { latest.withLock { $0 } }

  /// A change that comes after others that nobody has taken yet makes them needless.
  ///
  /// - Returns: false where too many wait already.
  func add(_ placed: Placed) -> Bool {
    let needless = waiting.withLock { waiting -> [Placed]? in
      var needless: [Placed] = []
      if placed.order.change != nil {
        needless = waiting.filter { $0.order.change != nil }
        waiting.removeAll { $0.order.change != nil }
      }
      guard waiting.count < Self.countMax else { return nil }
      waiting.append(placed)
      return needless
    }
    if let change = placed.order.change {
      latest.withLock { $0 = (change, placed.beside?.change ?? $0.beside) }
    }
    needless?.forEach { $0.done() }
    return needless != nil
  }

  func takeFirst() -> Placed? {
    waiting.withLock { $0.isEmpty ? nil : $0.removeFirst() }
  }
}

extension ReplayOrder {
  /// The change of the CRM pages that it is; nil for something else.
  var change: CRMChange? {
    switch wish {
    case .apply(let change): change
    case .repeatRequest: nil
    }
  }
}

/// The end of an order, to be waited for.
struct OrderEnd: Sendable {
  /// One for each replay that it goes to.
  fileprivate let done: [AsyncStream<Void>]

  /// Waits until it is carried out, or for `patience`: a replay that is between two passes, or waits for the CRM, does
  /// it later.
  func wait(patience: Duration = .seconds(2)) async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { for stream in done { for await _ in stream {} } }
      group.addTask { try? await Task.sleep(for: patience) }
      await group.next()
      group.cancelAll()
    }
  }
}

extension LiveAppliance {
  /// Has the replay do something, and the one beside it something at the same moment; in the order of the calls. Who
  /// follows another replay is told by itself what it alone is to do.
  ///
  /// - Returns: nil where too much is waiting already.
  func place(_ wish: ReplayOrder.Wish, beside: ReplayOrder.Wish? = nil) -> OrderEnd? {
    var ends: [AsyncStream<Void>] = []
    func order(_ wish: ReplayOrder.Wish) -> ReplayOrder {
      let (done, signal) = AsyncStream.makeStream(of: Void.self)
      ends.append(done)
      return ReplayOrder(wish, done: { signal.finish() })
    }
    if let pair, pair.side == .follower {
      return pair.tandem.hand(order(wish), at: view.now) ? OrderEnd(done: ends) : nil
    }
    let placed = LiveOrders.Placed(order: order(wish), beside: pair == nil ? nil : beside.map(order))
    return orders.add(placed) ? OrderEnd(done: ends) : nil
  }

  /// The CRM as it was changed last, and that of the model beside; nil for never.
  public var latestCRMChanges: (own: CRMChange?, beside: CRMChange?) { orders.latestCRMChanges }

  /// Waits for the next order after the traces' end; nil once the pace was stopped.
  public func awaitOrder() -> ReplayOrder? {
    while !pace.wasStopped {
      if let order = takeOrderAfterEnd() {
        history.begin()
        return order
      }
      pace.rest()
    }
    return nil
  }

  private func takeOrderAfterEnd() -> ReplayOrder? {
    if let pair, pair.side == .follower { return pair.tandem.takeOrderAfterEnd() }
    guard let taken = orders.takeFirst() else { return nil }
    if let beside = taken.beside { pair?.tandem.hand(beside, at: view.now) }
    return taken.order
  }
}
