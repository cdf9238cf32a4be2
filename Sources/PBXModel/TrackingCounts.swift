/// What following registrations, dialogs and calls met and gave up, in numbers.
public struct TrackingCounts: Hashable, Sendable {
  /// One count with the name reports give it.
  public struct Entry: Hashable, Sendable {
    /// The key in `summary.json`; unique, in camel case, and the same from version to version.
    public let name: String
    /// How often it was met, 0 for never.
    public let count: Int
    /// Something of the trace was given up or not understood.
    public let isLoss: Bool
  }

  /// Every count, zeros included, in a fixed order.
  public let entries: [Entry]

  init(legs: LegTracker, calls: CallAssembler, registrations: RegistrationObserver) {
    entries = [
      Entry(name: "inviteRetransmissions", count: legs.counts.retransmissions, isLoss: false),
      Entry(name: "registerRetransmissions", count: registrations.counts.retransmissions, isLoss: false),
      Entry(name: "registersByPBX", count: registrations.counts.byPBX, isLoss: false),
      Entry(name: "messagesPastPBX", count: legs.counts.pastPBX, isLoss: true),
      Entry(name: "messagesWithoutDialog", count: legs.counts.withoutDialog, isLoss: true),
      Entry(name: "responsesWithoutRegister", count: registrations.counts.withoutRequest, isLoss: true),
      Entry(name: "malformedRegisters", count: registrations.counts.malformed, isLoss: true),
      Entry(name: "callsEndedWithoutBye", count: calls.callsEndedWithoutBye, isLoss: true),
      Entry(name: "legsEvicted", count: legs.counts.evicted, isLoss: true),
      Entry(name: "legsLeftOut", count: calls.legsLeftOut, isLoss: true),
      Entry(name: "turnsLeftOut", count: calls.turnsLeftOut, isLoss: true),
      Entry(name: "registersEvicted", count: registrations.counts.evicted, isLoss: true),
    ]
  }
}

extension TraceModel {
  /// What following met and gave up so far, over registrations, legs and calls.
  public var counts: TrackingCounts { TrackingCounts(legs: legs, calls: calls, registrations: registrations) }
}
