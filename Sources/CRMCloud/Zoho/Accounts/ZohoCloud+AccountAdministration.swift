import JSON
public import Primitives

// What the telephone, the support desk and time do to accounts, for who plays them.

extension ZohoCloud {
  /// The one-time code that the person's telephone shows for the sign-in under way; nil where there is none.
  ///
  /// - Parameter dataCentre: `us`, `eu` …; nil for the first that knows the address.
  public func oneTimeCode(email: String, dataCentre: String? = nil) -> Secret? {
    guard let (centre, person) = account(email, dataCentre) else { return nil }
    return centres[centre].accounts.challenges.code(for: person.zuid).map { Secret($0) }
  }

  /// Closes an account, or opens it again: closing ends its sessions, tokens, v1 tokens and consents for good. False
  /// for an unknown address.
  public mutating func setAccountActive(_ isActive: Bool, email: String, dataCentre: String? = nil) -> Bool {
    guard let (centre, person) = account(email, dataCentre) else { return false }
    centres[centre].accounts.update(zuid: person.zuid) { $0.isActive = isActive }
    guard !isActive else { return true }
    centres[centre].accounts.browsers.endAll(zuid: person.zuid)
    centres[centre].accounts.tokens.revokeAll { $0.zuid == person.zuid }
    for token in centres[centre].accounts.authTokens(of: person.zuid) {
      _ = centres[centre].accounts.removeAuthToken(token.value.value)
    }
    return true
  }

  static let oneTimeCodes = "one-time-codes"

  /// The codes of every sign-in under way, latest last; those past their time are no use but do no harm.
  var oneTimeCodes: [JSONValue] {
    centres.flatMap { centre in
      centre.accounts.challenges.waiting.map { waiting in
        let email = centre.accounts.person(zuid: waiting.zuid)?.email ?? ""
        return ["dataCentre": .string(centre.location), "email": .string(email), "code": .string(waiting.code)]
      }
    }
  }

  private func account(_ email: String, _ dataCentre: String?) -> (centre: Int, person: ZohoPerson)? {
    for (index, centre) in centres.enumerated() where dataCentre == nil || dataCentre == centre.location {
      if let person = centre.accounts.person(email: email) { return (index, person) }
    }
    return nil
  }
}
