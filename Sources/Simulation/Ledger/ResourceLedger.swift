public import HardwareProfiles
public import Primitives

/// What is in use against each of the model's limits.
///
/// A limit nobody knows refuses nothing; the run says that it was not enforced.
public struct ResourceLedger: Sendable {
  /// Use of one resource over the run.
  public struct Account: Hashable, Sendable {
    /// The model's limit with its source; nil where nobody knows it.
    public let limit: Limit?
    /// Taken and not given back, at this moment.
    public fileprivate(set) var inUse = 0
    /// The most that was in use at one moment of the run.
    public fileprivate(set) var peak = 0
    /// When the peak was first reached.
    public fileprivate(set) var peakAt: Instant?
    /// How often one more was asked for and refused.
    public fileprivate(set) var refusals = 0
  }

  /// Calls carried, one for each call however many phones ring.
  public private(set) var calls: Account
  /// Extensions with a contact bound, one for each however many contacts it has.
  public private(set) var users: Account

  /// A ledger with nothing in use.
  ///
  /// - Parameter profile: the model whose limits for calls and users are kept.
  public init(profile: Profile) {
    calls = Account(limit: profile.concurrentCalls)
    users = Account(limit: profile.users)
  }

  /// false when the model can carry no call more; the refusal is counted.
  mutating func takeCall(at now: Instant) -> Bool { Self.take(&calls, at: now) }
  /// Only for a call that `takeCall(at:)` admitted.
  mutating func giveCallBack() { calls.inUse = max(0, calls.inUse - 1) }

  /// false when the model can have no registered extension more.
  mutating func takeUser(at now: Instant) -> Bool { Self.take(&users, at: now) }
  /// Only for an extension that `takeUser(at:)` admitted.
  mutating func giveUserBack() { users.inUse = max(0, users.inUse - 1) }

  private static func take(_ account: inout Account, at now: Instant) -> Bool {
    if let limit = account.limit, account.inUse >= limit.value {
      account.refusals += 1
      return false
    }
    account.inUse += 1
    if account.inUse > account.peak {
      account.peak = account.inUse
      account.peakAt = now
    }
    return true
  }
}
