public import JSON
public import Primitives

extension ZohoCloud: CloudAdministration {
  /// Does every action there is.
  public mutating func carryOut(_ action: CloudAction, at now: Instant) -> CloudActionOutcome {
    switch action {
    case .load(let contents):
      var loaded = self
      do throws(ZohoCloudDataError) {
        let count = try loaded.add(contents.zoho, at: now)
        self = loaded
        return .done(count)
      } catch {
        return .refused(error.description)
      }
    case .revokeToken(let token): return revoke(token.value) ? .done(1) : .notFound
    case .expireToken(let token):
      for index in centres.indices where centres[index].accounts.tokens.end(token.value) { return .done(1) }
      return .notFound
    case .setUser(let id, let isEnabled): return setUser(id, isEnabled: isEnabled) ? .done(1) : .notFound
    case .setAccount(let email, let isOpen): return setAccount(email, isOpen: isOpen) ? .done(1) : .notFound
    case .flushIndex:
      var flushed = 0
      for centre in centres.indices {
        for index in centres[centre].organisations.indices {
          flushed += centres[centre].organisations[index].records.flushIndex(at: now)
        }
      }
      return .done(flushed)
    case .endSessions:
      return .done(centres.indices.reduce(0) { $0 + centres[$1].accounts.tokens.endAll() })
    case .exhaustLimits(let isExhausted):
      var changed = 0
      for centre in centres.indices {
        for index in centres[centre].organisations.indices {
          centres[centre].organisations[index].usage.isExhausted = isExhausted
          centres[centre].organisations[index].v1Usage.isExhausted = isExhausted
          changed += 1
        }
      }
      return .done(changed)
    }
  }

  /// The records of a module by their API names, or `users`; each with the data centre and organisation it is in.
  /// `one-time-codes` are those that telephones show to people who are just signing in.
  public func dump(_ kind: String) -> [JSONValue]? {
    if kind.lowercased() == Self.oneTimeCodes { return oneTimeCodes }
    let module = ZohoModuleName.allCases.first { $0.rawValue.lowercased() == kind.lowercased() }
    guard module != nil || kind.lowercased() == "users" else { return nil }
    var dumped: [JSONValue] = []
    for centre in centres {
      for organisation in centre.organisations {
        let place: [JSONValue.Member] = [
          .init("dataCentre", .string(centre.location)), .init("organisation", .string(organisation.id)),
        ]
        if let module {
          dumped += organisation.records.all(in: module).map { .object(place + $0.members) }
        } else {
          dumped += organisation.users.map { .object(place + $0.members) }
        }
      }
    }
    return dumped
  }

  /// `users`, `one-time-codes` and every module.
  public var dumpKinds: [String] {
    ["users", Self.oneTimeCodes] + ZohoModuleName.allCases.map { $0.rawValue.lowercased() }
  }

  /// Adds users and records to the first organisation of the data centre that each of `data`'s organisations is in.
  ///
  /// The one user of data that names none is nobody.
  private mutating func add(_ data: ZohoCloudData, at now: Instant) throws(ZohoCloudDataError) -> Int {
    var count = 0
    for var given in data.organisations {
      guard let centre = centres.firstIndex(where: { $0.location == given.dataCentre }) else {
        throw .unknownDataCentre
      }
      guard !centres[centre].organisations.isEmpty else { throw .noOrganisation }
      given.createdAt = now
      if given.users != ZohoCloudData.Organisation().users {
        var organisation = centres[centre].organisations[0]
        // Other numbers than those of the people who are there.
        var zuids = SeededGenerator(seed: UInt64(centres[centre].accounts.people.count) ^ 0x6164_6465_64)
        try load(given.users, into: &organisation, at: centre, prefix: "", &zuids)
        centres[centre].organisations[0] = organisation
        count += given.users.count
      }
      try centres[centre].organisations[0].records.load(given)
      count += given.contacts.count + given.leads.count + given.accounts.count
    }
    return count
  }

  private mutating func revoke(_ token: String) -> Bool {
    for index in centres.indices {
      let refreshToken = centres[index].accounts.tokens.refreshToken(of: token) ?? token
      if centres[index].accounts.tokens.revoke(refreshToken) { return true }
      if centres[index].accounts.tokens.end(token) { return true }
    }
    return false
  }

  /// Upper and lower case of the address alike. Closing ends the person's browser sessions; tokens come to life again
  /// with the account (assumed).
  private mutating func setAccount(_ email: String, isOpen: Bool) -> Bool {
    for centre in centres.indices {
      guard let person = centres[centre].accounts.person(email: email) else { continue }
      centres[centre].accounts.update(zuid: person.zuid) { $0.isActive = isOpen }
      if !isOpen { centres[centre].accounts.browsers.endAll(zuid: person.zuid) }
      return true
    }
    return false
  }

  private mutating func setUser(_ id: String, isEnabled: Bool) -> Bool {
    for centre in centres.indices {
      for index in centres[centre].organisations.indices
      where centres[centre].organisations[index].users.contains(where: { $0.id == id }) {
        centres[centre].organisations[index].update(user: id) { $0.status = isEnabled ? .active : .disabled }
        return true
      }
    }
    return false
  }
}

extension ZohoCRMUser {
  fileprivate var members: [JSONValue.Member] {
    [
      .init("id", .string(id)), .init("full_name", .string(fullName)), .init("email", .string(email)),
      .init("profile", .string(profile)), .init("role", .string(role)), .init("status", .string(status.rawValue)),
    ]
  }
}

extension ZohoRecord {
  fileprivate var members: [JSONValue.Member] {
    [.init("id", .string(id))]
      + values.filter { $0.value != .null }.sorted { $0.key < $1.key }.map { .init($0.key, $0.value) }
  }
}
