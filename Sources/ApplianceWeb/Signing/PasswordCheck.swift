import ApplianceAPI
import Primitives

/// A password that somebody signs in with, to be compared: that takes a while and memory, so whoever drives the
/// interface does it aside, few at a time, and gives the outcome to `WebInterface.finish`.
public struct PasswordCheck: Hashable, Sendable {
  /// nil for a user there is not, which takes as long.
  let user: WebSessions.User?
  let given: Secret
  let hash: PasswordHash
  /// Of a session of before.
  let cookie: String?

  /// Compares; takes as long as the hash has it.
  public func isRight() -> Bool { hash.matches(given) && user != nil }
}
