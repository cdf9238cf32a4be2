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
      raise(
        .registerFailed, .account(event.number), "extension \(event.number): refused with \(status)", at: now, &effects)
    case .removedAll:
      absentContacts.forgetAll(of: event.number)
      let changes = registry.removeAll(of: event.number)
      for change in changes { note(change, event, &effects) }
      if !changes.isEmpty { releaseUser(event.number, at: now) }
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
    // Most REGISTERs renew the one contact a phone has, and change nothing else.
    if contacts.count == 1, registry.refresh(contacts[0], of: number, at: now) {
      return note(
        .refreshed(contact: contacts[0].uri, expiresSeconds: contacts[0].expiresSeconds), event, &effects)
    }
    let present = registry.bindings(of: number)
    let added = Self.distinct(contacts) { contact in
      contact.expiresSeconds > 0 && !present.contains { $0.contact == contact.uri }
    }
    let removed = Self.distinct(contacts) { contact in
      contact.expiresSeconds == 0 && present.contains { $0.contact == contact.uri }
    }
    // A REGISTER is carried out as a whole or not at all (RFC 3261 section 10.3).
    var room = present.count + added
    if added > 0 {
      let max = bindingsMax(of: number)
      let excess = present.count + added - removed - max
      if excess > 0 {
        guard makesRoom(for: number), added <= max else {
          if !makesRoom(for: number) { leanOn(.excessRegistrationIsRefused) }
          extensions.noteRefusal(of: number, bindings: present.count, bindingsMax: max)
          return refuse(event, .concurrentRegistrations, &effects)
        }
      }
      if let refusal = takePlaces(for: event, isNew: present.isEmpty) { return refuse(event, refusal, &effects) }
      if excess > 0 { room -= displace(excess, of: number, keeping: contacts, bindingsMax: max, &effects) }
    } else if removed > 0 {
      absentContacts.forget(number, at: event.source)
    }
    // What is added first, so that an extension that changes its contact never counts as gone.
    for isRemoval in [false, true] {
      for contact in contacts where (contact.expiresSeconds == 0) == isRemoval {
        let change = registry.apply(contact, to: number, source: event.source, bindingsMax: room, at: now)
        if let change { note(change, event, &effects) }
      }
    }
    if added > 0 {
      absentContacts.forget(number, at: event.source)
      noteRegistered(number, &effects)
    }
    if added > 0 || !present.isEmpty { releaseUser(number, at: now) }
  }

  /// Takes what an extension's first binding needs, and its first one from outside the site's networks.
  ///
  /// - Returns: why the REGISTER is refused; nil when everything was taken.
  private mutating func takePlaces(for event: RegistrationEvent, isNew: Bool) -> RegistrationRefusal? {
    var demand: ResourceSet = isNew ? ResourceSet(.users) : []
    let isRemote = siteTraits.isRemote(event.source) && !remoteUsers.contains(event.number)
    if isRemote { demand.insert(ResourceSet(.remoteUsers)) }
    guard !demand.isEmpty else { return nil }
    switch ledger.take(demand, at: now) {
    case nil:
      if isRemote { remoteUsers.insert(event.number) }
      return nil
    case .remoteUsers:
      leanOn(.planLimitRefuses)
      return .remoteUsers
    case .some:
      leanOn(.userLimitRefusesRegistration)
      return .users
    }
  }

  private func makesRoom(for number: String) -> Bool {
    switch site.whenRegistrationsExceed ?? settings.whenRegistrationsExceed {
    case .reject: false
    case .dropOldest: true
    }
  }

  /// The oldest bindings that the REGISTER does not name go.
  ///
  /// - Returns: how many went.
  private mutating func displace(
    _ count: Int, of number: String, keeping contacts: [RegistrationEvent.ContactChange], bindingsMax: Int,
    _ effects: inout [Effect]
  ) -> Int {
    let oldest = registry.bindings(of: number).filter { binding in !contacts.contains { $0.uri == binding.contact } }
    for binding in oldest.prefix(count) {
      registry.drop(binding.contact, of: number)
      tally.bindingsDisplaced += 1
      extensions.noteDisplacement(
        of: number, bindings: registry.bindings(of: number).count + 1, bindingsMax: bindingsMax)
      absentContacts.note(number, at: binding.source)
      journal(
        .unregistered(number: number, contact: binding.contact, reason: .displaced), at: now, &effects)
    }
    return min(count, oldest.count)
  }

  private mutating func noteRegistered(_ number: String, _ effects: inout [Effect]) {
    guard !alerts.isEmpty, registry.isRegistered(number) else { return }
    restore(.lostRegistration, .account(number), "extension \(number) is registered", &effects)
    restore(.registerFailed, .account(number), "extension \(number) is registered", &effects)
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

  private mutating func note(
    _ change: ExtensionRegistry.Change, _ event: RegistrationEvent, _ effects: inout [Effect]
  ) {
    let number = event.number
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
    case .refused: refuse(event, .concurrentRegistrations, &effects)
    }
  }

  private mutating func refuse(
    _ event: RegistrationEvent, _ reason: RegistrationRefusal, _ effects: inout [Effect]
  ) {
    let number = event.number
    tally.registrationsRefused += 1
    absentContacts.note(number, at: event.source)
    journal(.registrationRefused(number: number, reason: reason, status: 403), at: now, &effects)
    raise(
      .registerFailed, .account(number), "extension \(number): refused with 403, \(reason.rawValue)", at: now,
      &effects)
  }

  /// Gives the extension's places back once its last binding is gone, or its last one from outside.
  mutating func releaseUser(_ number: String, at time: Instant) {
    let isGone = !registry.isRegistered(number)
    if isGone { ledger.giveBack(ResourceSet(.users), at: time) }
    guard remoteUsers.contains(number) else { return }
    if isGone || !registry.bindings(of: number).contains(where: { siteTraits.isRemote($0.source) }) {
      remoteUsers.remove(number)
      ledger.giveBack(ResourceSet(.remoteUsers), at: time)
    }
  }
}
