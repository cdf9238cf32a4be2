import Primitives

/// A user as kept; what queries see of the same person is the record with this id.
struct SalesforceUser: Codable, Hashable {
  let id: String
  let userName: String
  let fullName: String
  let password: Secret?
  let securityToken: Secret?
  var isActive: Bool
  let hasAPI: Bool
  /// Wrong passwords since the last right one.
  var wrongPasswords = 0
  var lockedUntil: Instant?

  func isLocked(at now: Instant) -> Bool { lockedUntil.map { now < $0 } ?? false }
}

/// A connected app as kept.
struct SalesforceClient: Codable, Hashable {
  let id: String
  let secret: Secret
  /// Places among the users, by token.
  var refreshTokens: [Secret: Int]
  let runsAs: Int?
}
