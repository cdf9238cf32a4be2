public import JSON
public import Primitives

extension VtigerCloud {
  /// Loads, ends sessions (`revokeToken` with a session's name), and switches users, who are named by id or user name,
  /// and refuses everything with 429, as a proxy in front of it would. It has no index that lags behind.
  public mutating func carryOut(_ action: CloudAction, at now: Instant) -> CloudActionOutcome {
    switch action {
    case .load(let contents):
      guard let data = contents.vtiger else { return .done(0) }
      var loaded = self
      do throws(VtigerCloudDataError) {
        let count = try loaded.load(data, at: now)
        self = loaded
        return .done(count)
      } catch {
        return .refused(error.description)
      }
    case .revokeToken(let name), .expireToken(let name): return sessions.end(name.value) ? .done(1) : .notFound
    case .setUser(let id, let isEnabled):
      guard let index = users.firstIndex(where: { $0.id == id || $0.userName.lowercased() == id.lowercased() }) else {
        return .notFound
      }
      users[index].isActive = isEnabled
      // That a user's sessions end with the access is assumed.
      if !isEnabled { _ = sessions.endAll(of: users[index].number) }
      return .done(1)
    case .endSessions: return .done(sessions.endAll())
    case .exhaustLimits(let isExhausted):
      self.isExhausted = isExhausted
      return .done(1)
    case .setAccount, .flushIndex: return .unsupported
    }
  }

  /// The records of a module (`vtiger.contacts`), users without their keys among them.
  public func dump(_ kind: String) -> [JSONValue]? {
    let module = VtigerModule.allCases.first { Self.kind(of: $0) == kind.lowercased() }
    guard let module, module.exists(in: settings.manner) else { return nil }
    return allRecords(in: module).map { $0.json(names(of: module)) }
  }

  /// `vtiger.contacts`, `vtiger.leads` and so on, for every module the server has.
  public var dumpKinds: [String] {
    VtigerModule.allCases.filter { $0.exists(in: settings.manner) }.map(Self.kind)
  }

  private static func kind(of module: VtigerModule) -> String { "vtiger." + module.rawValue.lowercased() }
}
