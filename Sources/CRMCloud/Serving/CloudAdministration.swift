public import JSON
public import Primitives

/// A cloud that can be looked into and changed from outside of its own API, as its owner's staff could.
public protocol CloudAdministration {
  /// Does `action` at `now`, on the cloud's clock. What cannot be done changes nothing.
  mutating func carryOut(_ action: CloudAction, at now: Instant) -> CloudActionOutcome

  /// Everything of one kind (`contacts`, `leads`, `accounts`, `calls`, `users` …); nil for a kind the cloud lacks.
  ///
  /// Never tokens, secrets or passwords, but for what only a telephone would show: the codes of sign-ins under way.
  func dump(_ kind: String) -> [JSONValue]?

  /// The kinds `dump` knows.
  var dumpKinds: [String] { get }
}

/// What an administrator has a cloud do.
public enum CloudAction: Hashable, Sendable {
  /// Adds what the contents hold to what is there; their clients, data centre, times and switches are not looked at.
  case load(CloudContents)
  /// Ends one refresh or access token, and for a refresh token the access tokens made from it.
  case revokeToken(Secret)
  /// Lets one access token run out now.
  case expireToken(Secret)
  /// Takes a user's access away, or gives it back.
  case setUser(id: String, isEnabled: Bool)
  /// Closes a person's account everywhere, or opens it again: no sign-in, no tokens, whatever they may do in the CRM.
  case setAccount(email: String, isOpen: Bool)
  /// Makes searches find whatever was written so far.
  case flushIndex
  /// Ends every session of every user, as a restart of the CRM's servers does.
  case endSessions
  /// Refuses requests as the CRM does when a limit is used up, or serves them again.
  case exhaustLimits(Bool)
}

/// What became of an action.
public enum CloudActionOutcome: Hashable, Sendable {
  /// So many things were changed.
  case done(Int)
  /// There is no such token or user.
  case notFound
  /// The data cannot be added; why, without a value of it.
  case refused(String)
  /// This cloud has no such action.
  case unsupported

  /// What became of one action at several clouds: refused by one, or else done by those that could.
  static func joined(_ outcomes: [CloudActionOutcome]) -> CloudActionOutcome {
    var count: Int?
    var isNotFound = false
    for outcome in outcomes {
      switch outcome {
      case .refused: return outcome
      case .done(let changed): count = (count ?? 0) + changed
      case .notFound: isNotFound = true
      case .unsupported: break
      }
    }
    return count.map { .done($0) } ?? (isNotFound ? .notFound : .unsupported)
  }
}
