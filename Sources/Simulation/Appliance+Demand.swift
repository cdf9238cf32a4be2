public import HardwareProfiles
public import PBXModel

extension Appliance {
  /// Of which resources an event may take one when it is received; what the appliance has enough of makes no
  /// difference.
  ///
  /// Two appliances that stand alike and lack the same of these answer the event alike: so one appliance may stand for
  /// many models until an event comes that some of them could not meet. Asked after `advance(to:effects:)` to the
  /// event's instant, for bindings that ran out give their places back first.
  public func demand(of event: TraceModel.Event) -> ResourceSet {
    switch event {
    case .registration(let registration): demand(of: registration)
    case .call(let event): demand(of: event)
    }
  }

  /// From here on the limits are those of another model. What is taken stays taken, and is given back at its end.
  public mutating func adopt(_ profile: Profile) {
    self.profile = profile
    ledger.adoptLimits(of: profile)
  }

  private func demand(of event: RegistrationEvent) -> ResourceSet {
    switch event.outcome {
    case .accepted, .unanswered: registry.isRegistered(event.number) ? [] : ResourceSet(.users)
    case .challenged, .queried, .refused, .removedAll: []
    }
  }

  private func demand(of event: CallEvent) -> ResourceSet {
    switch event {
    case .started: ResourceSet(.calls)
    case .dialled, .ringing, .answered, .connected, .cameIn, .legEnded, .ended: []
    }
  }
}
