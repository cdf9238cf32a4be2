public import CRMConnectors
import HeapModule
public import Primitives
import Simulation

/// Whoever answers the appliance's CRM requests: a cloud in this process, or a real server.
public protocol CRMBackend {
  /// The answer to a request sent at `now`, on the trace's clock.
  mutating func answer(_ request: CRMRequest, at now: Instant) -> CRMAnswer
  /// The answer, and how long it takes on the trace's clock; nil for the run's own latency. Only a backend that plays
  /// slow or dead servers has to say.
  mutating func timedAnswer(_ request: CRMRequest, at now: Instant) -> (answer: CRMAnswer, delay: Instant.Span?)
}

extension CRMBackend {
  /// The answer, after the run's own latency.
  public mutating func timedAnswer(
    _ request: CRMRequest, at now: Instant
  ) -> (answer: CRMAnswer, delay: Instant.Span?) {
    (answer(request, at: now), nil)
  }
}

/// Carries CRM requests to a backend and brings each answer back when it is due.
///
/// An answer cannot matter before its latency has passed, so the order in which answers arrive depends on the trace's
/// clock alone.
struct CRMExchange {
  struct Delivery {
    let due: Instant
    let sent: Instant
    let envelope: CRMEnvelope
    let answer: CRMAnswer
  }

  private struct Pending: Comparable {
    let due: Instant
    let order: Int
    static func < (left: Pending, right: Pending) -> Bool { (left.due, left.order) < (right.due, right.order) }
  }

  private var backend: any CRMBackend
  private let latency: Instant.Span
  private var heap = Heap<Pending>()
  private var waiting: [Int: Delivery] = [:]
  private var lastOrder = 0

  init(backend: any CRMBackend, latency: Instant.Span) {
    self.backend = backend
    self.latency = latency
  }

  mutating func send(_ envelope: CRMEnvelope, at now: Instant) {
    lastOrder += 1
    let (answer, delay) = backend.timedAnswer(envelope.request, at: now)
    let due = now + max(.zero, delay ?? latency)
    heap.insert(Pending(due: due, order: lastOrder))
    waiting[lastOrder] = Delivery(due: due, sent: now, envelope: envelope, answer: answer)
  }

  /// When the next answer is due; nil while none is on its way.
  var nextDue: Instant? { heap.min?.due }

  /// The next answer due at `now` or before.
  mutating func popDue(at now: Instant) -> Delivery? {
    guard let first = heap.min, first.due <= now else { return nil }
    heap.removeMin()
    return waiting.removeValue(forKey: first.order)
  }
}
