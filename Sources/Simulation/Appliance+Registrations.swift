import PBXModel
import Primitives

extension Appliance {
  mutating func register(_ event: RegistrationEvent, _ effects: inout [Effect]) {
    switch event.outcome {
    case .challenged: tally.registrationsChallenged += 1
    case .queried: break
    case .refused(let status):
      tally.registrationsRefused += 1
      journal(.registrationRefused(number: event.number, reason: .asRecorded, status: status), at: now, &effects)
      systemEvent(.registerFailed, "extension \(event.number): refused with \(status)", at: now, &effects)
    case .removedAll:
      for change in registry.removeAll(of: event.number) { note(change, event.number, &effects) }
    case .accepted(let contacts): apply(contacts, event, &effects)
    case .unanswered(let contacts):
      guard settings.countsUnansweredRegister, event.hasCredentials else { return }
      leanOn(.unansweredRegisterCounts)
      apply(contacts, event, &effects)
    }
    showState(of: event.number, at: now, &effects)
  }

  private mutating func apply(
    _ contacts: [RegistrationEvent.ContactChange], _ event: RegistrationEvent, _ effects: inout [Effect]
  ) {
    let number = event.number
    for contact in contacts {
      if !registry.isRegistered(number), contact.expiresSeconds > 0, !ledger.takeUser(at: now) {
        refuse(number, .users, &effects)
        leanOn(.userLimitRefusesRegistration)
        continue
      }
      let change = registry.apply(
        contact, to: number, source: event.source, bindingsMax: bindingsMax(of: number), at: now)
      if let change { note(change, number, &effects) }
    }
  }

  private mutating func bindingsMax(of number: String) -> Int {
    if let own = site.account(number)?.concurrentRegistrations ?? site.concurrentRegistrations { return own }
    leanOn(.concurrentRegistrationsDefault)
    return settings.concurrentRegistrations
  }

  private mutating func note(_ change: ExtensionRegistry.Change, _ number: String, _ effects: inout [Effect]) {
    switch change {
    case .added(let contact, let seconds):
      tally.bindingsAdded += 1
      journal(
        .registered(number: number, contact: contact, expiresSeconds: seconds, isRefresh: false), at: now, &effects)
    case .refreshed(let contact, let seconds):
      tally.bindingsRefreshed += 1
      journal(
        .registered(number: number, contact: contact, expiresSeconds: seconds, isRefresh: true), at: now, &effects)
    case .removed(let contact, let reason):
      tally.bindingsRemoved += 1
      journal(.unregistered(number: number, contact: contact, reason: reason), at: now, &effects)
      releaseUser(number)
    case .refused:
      leanOn(.excessRegistrationIsRefused)
      refuse(number, .concurrentRegistrations, &effects)
    }
  }

  private mutating func refuse(_ number: String, _ reason: RegistrationRefusal, _ effects: inout [Effect]) {
    tally.registrationsRefused += 1
    journal(.registrationRefused(number: number, reason: reason, status: 403), at: now, &effects)
    systemEvent(.registerFailed, "extension \(number): refused with 403, \(reason.rawValue)", at: now, &effects)
  }

  mutating func releaseUser(_ number: String) {
    if !registry.isRegistered(number) { ledger.giveUserBack() }
  }
}
