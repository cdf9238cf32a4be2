public import Primitives

// What the web interface shares with the APIs: the lock-out, and what is set up.
extension ApplianceDoors {
  /// What a password given at the web interface comes to.
  public enum WebSignIn: Hashable, Sendable {
    case right, wrong, lockedOut
  }

  /// Whether the password is the one expected; a wrong one counts as a failed login of the address, at every door.
  ///
  /// - Parameter expected: nil for a user there is not, which takes as long.
  public mutating func signIn(
    _ given: Secret, expected: Secret?, from client: IPAddress?, now: Instant
  ) -> WebSignIn {
    guard !lockOut.isLockedOut(client, at: now) else { return .lockedOut }
    // Digests of one length, so that neither length nor place of a difference shows in the time.
    let isEqual = Sessions.equal(
      Hexadecimal.sha256(given.value), Hexadecimal.sha256(expected?.value ?? ""))
    guard isEqual, let expected, !expected.value.isEmpty else {
      lockOut.noteFailure(client, at: now)
      return lockOut.isLockedOut(client, at: now) ? .lockedOut : .wrong
    }
    lockOut.noteSuccess(client)
    return .right
  }

  /// Saves the administrator's CRM page, fields named as in `updateCRMSettings`.
  public mutating func saveCRMSettings(_ fields: [(name: String, value: String)]) -> APIStatus {
    guard let parameters = APIParameters(form: fields) else { return .invalidParameters }
    return crm.update(parameters)
  }

  /// Saves a user's CRM page, fields named as in `updateCRMUserSettings`.
  public mutating func saveCRMUser(
    _ number: String, _ fields: [(name: String, value: String)], of state: some ApplianceState
  ) -> APIStatus {
    let own = fields.filter { $0.name != "extension" } + [("extension", number)]
    guard let parameters = APIParameters(form: own) else { return .invalidParameters }
    let numbers = Set(state.accounts.map(\.number))
    return crm.updateUser(parameters, isNew: crm.users[number] == nil) { numbers.contains($0) }
  }

  /// What was saved is in force.
  public mutating func applyChanges() { crm.hasUnappliedChanges = false }
}
