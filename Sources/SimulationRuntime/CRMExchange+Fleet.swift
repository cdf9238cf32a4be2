import CRMConnectors
import Primitives
import Simulation

/// A copy goes its own way where the backend is a value: the cloud inside this process, with a fault script or without.
extension CRMExchange: CRMCarrier {
  mutating func carry(_ envelope: CRMEnvelope, at now: Instant) { send(envelope, at: now) }

  mutating func takeAnswer(at now: Instant) -> (answer: CRMAnswer, envelope: CRMEnvelope, due: Instant)? {
    popDue(at: now).map { ($0.answer, $0.envelope, $0.due) }
  }
}
