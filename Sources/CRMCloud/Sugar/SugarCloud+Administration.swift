public import JSON
public import Primitives

extension SugarCloud {
  /// Does every action there is; nothing here is indexed with a delay.
  public mutating func carryOut(_ action: CloudAction, at now: Instant) -> CloudActionOutcome {
    switch action {
    case .load(let contents):
      guard var data = contents.sugar else { return .done(0) }
      data.createdAt = now
      var loaded = self
      do throws(CloudContentsError) {
        try loaded.load(data)
        self = loaded
        return .done(data.users.count + data.contacts.count + data.leads.count + data.accounts.count)
      } catch { return .refused(error.description) }
    case .revokeToken(let token): return sessions.end(token.value) ? .done(1) : .notFound
    case .expireToken(let token): return sessions.expire(token.value, at: now) ? .done(1) : .notFound
    case .setUser(let id, let isEnabled):
      guard let index = accounts.firstIndex(where: { $0.id == id || $0.userName == id }) else { return .notFound }
      accounts[index].isActive = isEnabled
      records.update(accounts[index].id) { $0.values["status"] = isEnabled ? "Active" : "Inactive" }
      return .done(1)
    case .setAccount: return .unsupported
    case .flushIndex: return .done(0)
    case .endSessions: return .done(sessions.endAll())
    case .exhaustLimits(let isExhausted):
      self.isExhausted = isExhausted
      return .done(1)
    }
  }

  /// The records of a module by their API names: `sugarcrm.contacts`.
  public func dump(_ kind: String) -> [JSONValue]? {
    guard let module = Self.dumped.first(where: { "sugarcrm." + $0.linkName == kind.lowercased() }) else { return nil }
    return records.all(in: module).map { record in
      .object(module.fields.map { .init($0.name, .string(record[$0.name])) }.filter { $0.value != .string("") })
    }
  }

  /// Every module.
  public var dumpKinds: [String] { Self.dumped.map { "sugarcrm." + $0.linkName } }

  private static let dumped: [SugarModule] = [.contacts, .leads, .accounts, .calls, .users]
}
