import CRMConnectors
import Primitives

extension Cohort {
  /// Delivers answers and wakes the appliance, each at its own time, up to `now`.
  mutating func passTime(until now: Instant) {
    guard hasCRM else { return }
    var steps = TimeSteps()
    while let step = steps.next(until: now, answer: carrier?.nextDue, wakeUp: appliance.nextWakeUp) {
      switch step {
      case .answers(let due): deliverAnswers(until: due)
      case .wakeUp(let due):
        appliance.advance(to: due, effects: &effects)
        carryOut(at: due)
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
