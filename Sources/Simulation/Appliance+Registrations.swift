import PBXModel
import Primitives

extension Appliance {
  mutating func register(_ event: RegistrationEvent, _ effects: inout [Effect]) {
    if isRecorded { cdr.note(event) }
    switch event.outcome {
    case .challenged: tally.registrationsChallenged += 1
    case .queried: break
    case .refused(let status):
      tally.registrationsRefused += 1
      journal(.registrationRefused(number: event.number, reason: .asRecorded, status: status), at: now, &effects)
      systemEvent(.registerFailed, "extension \(event.number): refused with \(status)", at: now, &effects)
    case .removedAll:
      let changes = registry.removeAll(of: event.number)
      for change in changes { note(change, event.number, &effects) }
      if !changes.isEmpty { releaseUser(event.number) }
    case .accepted(let contacts): apply(contacts, event, &effects)
    case .unanswered(let contacts):
      guard settings.countsUnansweredRegister, event.hasCredentials else { return }
      leanOn(.unansweredRegisterCounts)
      apply(contacts, event, &effects)
    }
    showRegistration(of: event.number, at: now, &effects)
  }

  private mutating func apply(
    _ contacts: [RegistrationEvent.ContactChange], _ event: RegistrationEvent, _ effects: inout [Effect]
  ) {
    let number = event.number
    let present = registry.bindings(of: number)
    let added = Self.distinct(contacts) { contact in
      contact.expiresSeconds > 0 && !present.contains { $0.contact == contact.uri }
    }
    let removed = Self.distinct(contacts) { contact in
      contact.expiresSeconds == 0 && present.contains { $0.contact == contact.uri }
    }
    // A REGISTER is carried out as a whole or not at all (RFC 3261 section 10.3).
    if added > 0 {
      let max = bindingsMax(of: number)
      guard present.count + added - removed <= max else {
        leanOn(.excessRegistrationIsRefused)
        return refuse(number, .concurrentRegistrations, &effects)
      }
      guard !present.isEmpty || ledger.take(ResourceSet(.users), at: now) == nil else {
        leanOn(.userLimitRefusesRegistration)
        return refuse(number, .users, &effects)
      }
    }
    // What is added first, so that an extension that changes its contact never counts as gone.
    for isRemoval in [false, true] {
      for contact in contacts where (contact.expiresSeconds == 0) == isRemoval {
        let change = registry.apply(
          contact, to: number, source: event.source, bindingsMax: present.count + added, at: now)
        if let change { note(change, number, &effects) }
      }
    }
    if added > 0 || !present.isEmpty { releaseUser(number) }
  }

  /// How many different URIs the contacts have that are counted; a REGISTER has few of them.
  private static func distinct(
    _ contacts: [RegistrationEvent.ContactChange], _ counts: (RegistrationEvent.ContactChange) -> Bool
  ) -> Int {
    var count = 0
    for index in contacts.indices where counts(contacts[index]) {
      let isFirst = !contacts[..<index].contains { $0.uri == contacts[index].uri && counts($0) }
      count += isFirst ? 1 : 0
    }
    return count
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
    case .refused:
      refuse(number, .concurrentRegistrations, &effects)
    }
  }

  private mutating func refuse(_ number: String, _ reason: RegistrationRefusal, _ effects: inout [Effect]) {
    tally.registrationsRefused += 1
    journal(.registrationRefused(number: number, reason: reason, status: 403), at: now, &effects)
    systemEvent(.registerFailed, "extension \(number): refused with 403, \(reason.rawValue)", at: now, &effects)
  }

  /// Gives the extension's place back once its last binding is gone.
  mutating func releaseUser(_ number: String) {
    if !registry.isRegistered(number) { ledger.giveBack(ResourceSet(.users), at: now) }
  }
}
