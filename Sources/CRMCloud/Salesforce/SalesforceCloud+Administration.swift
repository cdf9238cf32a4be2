public import JSON
public import Primitives

extension SalesforceCloud {
  /// The login hosts and the organisation's own.
  public var hosts: [VirtualHost] {
    Self.loginHosts.map { VirtualHost(name: $0, purpose: "Salesforce, login") }
      + [VirtualHost(name: host, purpose: "Salesforce, \(name)")]
  }
}

extension SalesforceCloud {
  /// Does every action there is.
  public mutating func carryOut(_ action: CloudAction, at now: Instant) -> CloudActionOutcome {
    switch action {
    case .load(let contents):
      guard var given = contents.salesforce else { return .done(0) }
      // The one user of data that names none is nobody.
      if given.users == SalesforceCloudData().users { given.users = [] }
      var loaded = self
      do throws(CloudContentsError) {
        let count = try loaded.add(given, at: now)
        self = loaded
        return .done(count)
      } catch { return .refused(error.description) }
    case .revokeToken(let token): return revoke(token.value) ? .done(1) : .notFound
    case .expireToken(let token): return sessions.end(token.value) ? .done(1) : .notFound
    case .setUser(let id, let isEnabled):
      guard let whole = SalesforceID.whole(id), let index = users.firstIndex(where: { $0.id == whole }) else {
        return .notFound
      }
      users[index].isActive = isEnabled
      if isEnabled { users[index].lockedUntil = nil }
      store.change(whole, of: .user, ["IsActive": .bool(isEnabled)], findableFrom: now, at: now)
      return .done(1)
    case .setAccount: return .unsupported
    case .flushIndex: return .done(store.flushIndex(at: now))
    case .endSessions: return .done(sessions.endAll())
    case .exhaustLimits(let isExhausted):
      usage.isExhausted = isExhausted
      return .done(1)
    }
  }

  /// `salesforce.contacts` and the like, with every field that has a value.
  public func dump(_ kind: String) -> [JSONValue]? {
    guard let object = SalesforceObject.allCases.first(where: { Self.kind(of: $0) == kind.lowercased() }) else {
      return nil
    }
    return store.all(object).map { record in
      .object(object.fields.filter { record[$0.name] != .null }.map { .init($0.name, record[$0.name]) })
    }
  }

  /// One for each object.
  public var dumpKinds: [String] { SalesforceObject.allCases.map(Self.kind) }

  private static func kind(of object: SalesforceObject) -> String { "salesforce." + section(of: object) }
}
