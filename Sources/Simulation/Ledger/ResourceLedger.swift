public import HardwareProfiles
public import Primitives

/// What is in use against each of the model's limits.
///
/// A limit nobody knows refuses nothing; the run says that it was not enforced.
public struct ResourceLedger: Sendable {
  /// Use of one resource over the run.
  public struct Account: Hashable, Sendable {
    public let limit: Limit?
    public fileprivate(set) var inUse = 0
    public fileprivate(set) var peak = 0
    /// When the peak was first reached.
    public fileprivate(set) var peakAt: Instant?
    public fileprivate(set) var refusals = 0
  }

  public private(set) var calls: Account
  public private(set) var users: Account

  public init(profile: Profile) {
    calls = Account(limit: profile.concurrentCalls)
    users = Account(limit: profile.users)
  }

  /// false when the model can carry no call more; the refusal is counted.
  public mutating func takeCall(at now: Instant) -> Bool { Self.take(&calls, at: now) }
  public mutating func giveCallBack() { calls.inUse = max(0, calls.inUse - 1) }

  /// false when the model can have no registered extension more.
  public mutating func takeUser(at now: Instant) -> Bool { Self.take(&users, at: now) }
  public mutating func giveUserBack() { users.inUse = max(0, users.inUse - 1) }

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
