public import Primitives

// What the web interface shares with the APIs: the lock-out.
extension ApplianceDoors {
  /// What a password given at the web interface comes to.
  public enum WebSignIn: Hashable, Sendable {
    case right, wrong, lockedOut
  }

  /// Whether nobody can sign in from that address for a while.
  public func isLockedOut(_ client: IPAddress?, now: Instant) -> Bool { lockOut.isLockedOut(client, at: now) }

  /// Notes whether a password was the right one; a wrong one counts as a failed login of the address, at every door.
  ///
  /// Comparing takes a while, in which others from that address may have failed: then nobody is told whether this one
  /// was right.
  public mutating func noteSignIn(isRight: Bool, from client: IPAddress?, now: Instant) -> WebSignIn {
    guard !lockOut.isLockedOut(client, at: now) else { return .lockedOut }
    guard isRight else {
      lockOut.noteFailure(client, at: now)
      return lockOut.isLockedOut(client, at: now) ? .lockedOut : .wrong
    }
    lockOut.noteSuccess(client)
    return .right
  }
}
