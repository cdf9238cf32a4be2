/// What an agent of queues tells the appliance by dialling.
public struct AgentCode: Hashable, Sendable {
  /// What it does.
  public enum Action: Hashable, Sendable, CaseIterable {
    /// Becomes an agent of the queue until the log-out.
    case logIn
    /// Is no agent of the queue any more.
    case logOut
    /// Gets no calls of the queue for a while.
    case pause
    /// Gets calls again.
    case unpause
  }

  /// What it does.
  public var action: Action
  /// The queue's number; nil for every queue of the agent's.
  public var queue: String?
  /// Whether the site file has the code, and not the documents of the appliance alone.
  public var isOfSite: Bool

  /// Takes all as they are.
  public init(_ action: Action, queue: String?, isOfSite: Bool) {
    self.action = action
    self.queue = queue
    self.isOfSite = isOfSite
  }
}

extension AgentCode.Action {
  /// nil for a function that is none of agents.
  public init?(_ function: FeatureCode.Function) {
    switch function {
    case .agentLogin: self = .logIn
    case .agentLogout: self = .logOut
    case .agentPause: self = .pause
    case .agentUnpause: self = .unpause
    case .voicemailMenu, .echoTest, .forwardAlways, .forwardAlwaysOff, .pickupExtension, .pickupGroup, .announcement,
      .busy, .congestion, .conference, .park, .earlyAnnouncement, .unallocated, .paging, .disa, .callback, .fax:
      return nil
    }
  }

  var function: FeatureCode.Function {
    switch self {
    case .logIn: .agentLogin
    case .logOut: .agentLogout
    case .pause: .agentPause
    case .unpause: .agentUnpause
    }
  }
}

extension Site {
  /// What an agent does by dialling `number`; nil for a number that is no such code.
  ///
  /// A code of the site file goes before those of the vendor's documents, and an action that the site file names has no
  /// other: a queue's number with `*` behind it logs in, with `**` out (documented: UCM6100 manual 1.0.0.32, Agent
  /// Login Settings), `*83` pauses (documented: UCM6200 manual 1.0.0.1, Call Queue), `*84` takes the pause back
  /// (recalled). That a pause without a queue is one at every queue is assumed.
  public func agentCode(_ number: String) -> AgentCode? {
    if let code = featureCode(number) {
      // A pause whose digits are all the code's own has none left for a queue.
      let isWhole = code.pattern.literalCount == number.utf8.count
      return AgentCode.Action(code.function).map { action in
        let isOfAll = isWhole && (action == .pause || action == .unpause)
        return AgentCode(action, queue: isOfAll ? nil : queue(in: number), isOfSite: true)
      }
    }
    guard number.utf8.first == UInt8(ascii: "*") || number.utf8.last == UInt8(ascii: "*"), !queues.isEmpty,
      let code = documentedAgentCode(number),
      !featureCodes.contains(where: { $0.function == code.action.function })
    else { return nil }
    return code
  }

  /// The feature code that takes in the whole of `number`: of several the one that spells out most.
  func featureCode(_ number: String) -> FeatureCode? {
    featureCodes.filter { $0.pattern.matches(number) }.max { $0.pattern.literalCount < $1.pattern.literalCount }
  }

  private func documentedAgentCode(_ number: String) -> AgentCode? {
    switch number {
    case "*83": return AgentCode(.pause, queue: nil, isOfSite: false)
    case "*84": return AgentCode(.unpause, queue: nil, isOfSite: false)
    default: break
    }
    for (postfix, action) in [("**", AgentCode.Action.logOut), ("*", .logIn)] where number.hasSuffix(postfix) {
      let queue = String(number.dropLast(postfix.utf8.count))
      if queues.contains(where: { $0.number == queue }) { return AgentCode(action, queue: queue, isOfSite: false) }
    }
    return nil
  }

  /// The queue whose number stands at the front or the end of what was dialled; the longest such number.
  private func queue(in dialled: String) -> String? {
    queues.map(\.number).filter { dialled.hasPrefix($0) || dialled.hasSuffix($0) }.max { $0.utf8.count < $1.utf8.count }
  }
}
