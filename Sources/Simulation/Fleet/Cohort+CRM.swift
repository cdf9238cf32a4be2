import CRMConnectors
import Primitives

extension Cohort {
  /// Delivers answers and wakes the appliance, each at its own time, up to `now`.
  mutating func passTime(until now: Instant) {
    guard hasCRM else { return }
    var last: Instant?
    while true {
      // A timer that does not move on by being woken would never end.
      let wakeUp = appliance.nextWakeUp.flatMap { $0 == last ? nil : $0 }
      if let due = carrier?.nextDue, due <= now, due <= wakeUp ?? .distantFuture {
        deliverAnswers(until: due)
      } else if let wakeUp, wakeUp <= now {
        last = wakeUp
        appliance.advance(to: wakeUp, effects: &effects)
        carryOut(at: wakeUp)
      } else {
        return
      }
    }
  }

  mutating func deliverAnswers(until now: Instant) {
    while let delivery = carrier?.takeAnswer(at: now) {
      appliance.leanOn(.crmLatency)
      appliance.receive(delivery.answer, to: delivery.envelope, at: delivery.due, effects: &effects)
      carryOut(at: delivery.due)
    }
  }

  mutating func carryOut(at now: Instant) {
    for effect in effects {
      switch effect {
      case .askCRM(let envelope):
        requests += 1
        carrier?.carry(envelope, at: now)
      case .dropCRMConnections: carrier?.dropAll()
      case .writeCDR, .cleanCDR, .journal: break
      }
    }
    effects.removeAll(keepingCapacity: true)
  }
}
