import CRMConnectors
import Primitives
import Reports
import Simulation

extension Replay {
  /// Carries out one thing that was ordered, before the replay goes on to `next`; false for nothing.
  mutating func takeOrder(before next: Instant) -> Bool {
    guard let (order, instant) = observer?.takeOrder() else { return false }
    // Before the first message there is no moment yet but that message's.
    carryOut(order, at: min(next, max(reached ?? next, instant)))
    if let reached { observer?.didProceed(to: reached, appliance) }
    order.done()
    return true
  }

  /// Carries out an order after the end of a run whose options say that it attends, with all that comes of it. The
  /// trace's clock stands still but for the CRM's answers.
  public mutating func attend(_ order: ReplayOrder) {
    carryOut(order, at: reached ?? .epoch)
    deliverAnswers(until: .distantFuture)
    if let reached { observer?.didProceed(to: reached, appliance) }
    order.done()
  }

  private mutating func carryOut(_ order: ReplayOrder, at instant: Instant) {
    cutPower(until: instant)
    switch order.wish {
    case .apply(let change): apply(change, at: instant)
    case .repeatRequest(let request, let number): send(request, again: number, at: instant)
    }
  }

  private mutating func apply(_ change: CRMChange, at instant: Instant) {
    passTime(until: instant)
    reached = instant
    appliance.apply(change.configuration, at: instant, effects: &effects)
    let backend = change.backend(exchange?.backend)
    if exchange == nil {
      exchange = backend.map { exchange(with: $0) }
    } else if let backend {
      exchange?.backend = backend
    }
    hasCRM = exchange != nil
    carryOut(at: instant)
  }

  /// The answer is waited for, so that the run goes on with nothing on its way that no module asked for.
  private mutating func send(_ request: CRMRequest, again number: Int, at instant: Instant) {
    guard let pending = exchange?.backend.begin(request, at: instant) else { return }
    observer?.willWait()
    let answer = pending.answer()
    observer?.didWait()
    let envelope = CRMEnvelope(connector: CRMEnvelope.byHand, call: nil, request: request)
    note(envelope, sent: instant, answered: instant, answer, repeating: number)
  }
}
