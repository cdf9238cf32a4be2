public import JSON
public import Primitives

extension DescribedCloud {
  /// Tokens, sessions and limits; users and indexes are nothing that a description speaks of.
  public mutating func carryOut(_ action: CloudAction, at now: Instant) -> CloudActionOutcome {
    switch action {
    case .revokeToken(let token), .expireToken(let token):
      return sessions.removeValue(forKey: token.value) == nil ? .notFound : .done(1)
    case .endSessions:
      defer { sessions = [:] }
      return .done(sessions.count)
    case .exhaustLimits(let isExhausted):
      self.isExhausted = isExhausted
      return .done(1)
    case .load, .setUser, .setAccount, .flushIndex: return .unsupported
    }
  }

  /// `described.contacts`, `described.leads`, `described.accounts`, `described.calls`; a call with the body that made
  /// it, as `sent`.
  public func dump(_ kind: String) -> [JSONValue]? {
    guard dumpKinds.contains(kind) else { return nil }
    let table = kind.split(separator: ".").last.map(String.init) ?? kind
    return table == "calls" ? calls.map(\.dumped) : records[table] ?? []
  }

  /// One kind for each of the appliance's tables, and the calls.
  public var dumpKinds: [String] { ["contacts", "leads", "accounts", "calls"].map { "described." + $0 } }
}

extension DescribedCloud.Call {
  fileprivate var dumped: JSONValue { .object((record.members ?? []) + (sent.map { [.init("sent", $0)] } ?? [])) }
}
