public import PBXModel
public import Reports
import HardwareProfiles
import Primitives
import SIPCapture
import Simulation

/// Listens to a replay for what it makes of one call, and picks the call's messages out of the trace meanwhile.
///
/// The call is known from a pass before: a replay gives the same ids, for it is a function of its options.
public final class CallListener {
  /// The call as it stood at its end, or at that of the trace.
  public let call: Call
  /// The call's messages.
  public private(set) var messages: LadderCollector
  /// What the run made of the call.
  public private(set) var observations: CallObservations
  private let numbers: [String]
  /// What the run had leaned on before the delivery that is going on.
  private var leanings = RunTally.Leanings()

  /// Messages looked at, further ones are counted.
  public static let messagesMax = 10_000

  /// Nothing heard yet.
  public init(to call: Call) {
    self.call = call
    messages = LadderCollector(call: call, messagesMax: Self.messagesMax)
    observations = CallObservations(of: call.id)
    let numbers = (call.route.map { [$0.number] } ?? []) + call.calleeLegs.compactMap(\.party.accountNumber)
    self.numbers = Array(Set(numbers)).sorted()
  }

  func receive(_ captured: CapturedMessage) { messages.receive(captured) }

  func receive(_ effect: Effect) { observations.receive(effect) }

  func willDeliver(_ event: TraceModel.Event, to appliance: Appliance) {
    if isAboutCall(event) { leanings = appliance.tally.leanings }
  }

  func didDeliver(_ event: TraceModel.Event, to appliance: Appliance) {
    if case .call(.cameIn(let other, let member)) = event, other.id != call.id,
      call.legs.contains(where: { $0.leg.id == member.leg.id })
    {
      observations.noteDeparture(into: other.id)
    }
    guard isAboutCall(event) else { return }
    noteAssumptions(of: appliance)
    if case .call(.started) = event {
      observations.noteStart(places: appliance.ledger.calls, registry: appliance.registry, numbers: numbers)
    }
  }

  func willDeliver(_ delivery: CRMExchange.Delivery, to appliance: Appliance) {
    if delivery.envelope.call == call.id { leanings = appliance.tally.leanings }
  }

  func didDeliver(_ delivery: CRMExchange.Delivery, to appliance: Appliance) {
    guard delivery.envelope.call == call.id else { return }
    noteAssumptions(of: appliance)
    observations.receive(delivery.answer, to: delivery.envelope, sent: delivery.sent, answered: delivery.due)
  }

  private func isAboutCall(_ event: TraceModel.Event) -> Bool {
    switch event {
    case .registration: false
    case .call(let event): event.call.id == call.id
    }
  }

  /// What the run leaned on more often than before the delivery.
  private func noteAssumptions(of appliance: Appliance) {
    observations.note(leanedOn: appliance.tally.leanings.since(leanings))
  }
}
