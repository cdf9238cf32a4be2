import CRMConnectors
import HeapModule
import Primitives
import Simulation

/// Carries CRM requests to a backend and brings each answer back when it is due.
///
/// An answer cannot matter before its latency has passed, so the order in which answers arrive depends on the trace's
/// clock alone, however many real ones are on their way and in whatever order they come in. Where the clock is that of
/// the machine it goes on meanwhile: an answer is then taken when it is due and there.
struct CRMExchange {
  struct Delivery {
    let due: Instant
    let sent: Instant
    let envelope: CRMEnvelope
    let answer: CRMAnswer
  }

  private struct Underway {
    let sent: Instant
    let envelope: CRMEnvelope
    let answer: PendingAnswer
  }

  private struct Pending: Comparable {
    let due: Instant
    let order: Int
    static func < (left: Pending, right: Pending) -> Bool { (left.due, left.order) < (right.due, right.order) }
  }

  /// Who answers what is sent from here on.
  var backend: any CRMBackend
  private let latency: Instant.Span
  private var heap = Heap<Pending>()
  private var waiting: [Int: Underway] = [:]
  private var lastOrder = 0
  /// Whether the clock stands still for an answer that is due and still on its way.
  private let clockWaits: Bool
  private let observer: (any ReplayObserver)?
  /// How often it is asked, while an answer is waited for, whether it is still wanted.
  private static let lookMilliseconds = 50

  /// - Parameter observer: told of waiting; an answer that is waited for is given up once it is over.
  init(
    backend: any CRMBackend, latency: Instant.Span, clockWaits: Bool = true, observer: (any ReplayObserver)? = nil
  ) {
    self.backend = backend
    self.latency = latency
    self.clockWaits = clockWaits
    self.observer = observer
  }

  mutating func send(_ envelope: CRMEnvelope, at now: Instant) {
    lastOrder += 1
    let answer = backend.begin(envelope.request, at: now)
    heap.insert(Pending(due: now + max(.zero, answer.delay ?? latency), order: lastOrder))
    waiting[lastOrder] = Underway(sent: now, envelope: envelope, answer: answer)
  }

  /// What is on its way never arrives.
  mutating func dropAll() {
    heap = Heap()
    waiting = [:]
  }

  /// When the next answer is due; nil while none is on its way, or to be taken.
  var nextDue: Instant? {
    guard let first = heap.min, isWanted, clockWaits || isThere(first, within: 0) else { return nil }
    return first.due
  }

  private var isWanted: Bool { observer?.isOver != true }

  private func isThere(_ pending: Pending, within milliseconds: Int) -> Bool {
    waiting[pending.order]?.answer.isThere(within: milliseconds) ?? true
  }

  /// Ends the traffic; answers not asked for are dropped.
  mutating func finish() -> CRMTrafficReport { backend.finish() }

  /// - Returns: whether it came.
  private func waitFor(_ pending: Pending) -> Bool {
    observer?.willWait()
    defer { observer?.didWait() }
    while !isThere(pending, within: Self.lookMilliseconds) {
      guard isWanted else { return false }
    }
    return true
  }

  /// The next answer due at `now` or before; waits for it where it is still on its way and the clock waits too.
  mutating func popDue(at now: Instant) -> Delivery? {
    guard let first = heap.min, first.due <= now else { return nil }
    if !isThere(first, within: 0) {
      guard clockWaits, waitFor(first) else { return nil }
    }
    heap.removeMin()
    return waiting.removeValue(forKey: first.order).map { underway in
      Delivery(due: first.due, sent: underway.sent, envelope: underway.envelope, answer: underway.answer.answer())
    }
  }
}
