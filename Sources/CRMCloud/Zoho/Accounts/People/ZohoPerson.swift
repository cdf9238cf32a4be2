import Primitives

/// Someone with a Zoho account.
struct ZohoPerson: Codable, Hashable {
  /// Application passwords a person can have; one more is refused (assumed).
  static let maximumApplicationPasswords = 50

  /// Zoho's number of the person, decimal text.
  let zuid: String
  var email: String
  var fullName: String
  /// nil for people the data gives none: nobody can sign in as them.
  var password: Secret?
  /// With it the account's password opens no API (documented: the appliance's guide for v1).
  var usesTwoFactor = false
  var applicationPasswords: [ZohoApplicationPassword] = []
  /// A closed account: no sign-in, and its tokens are dead.
  var isActive = true
}

/// A password of one application, for accounts with two-factor sign-in.
struct ZohoApplicationPassword: Codable, Hashable {
  let name: String
  /// Without the spaces it is shown with.
  let value: Secret
  let createdAt: Instant
}

/// A token of the v1 API (GUI: Active Authtokens). No time ends it (documented).
struct ZohoAuthToken: Codable, Hashable {
  let value: Secret
  let zuid: String
  /// `ZohoCRM/crmapi`.
  let scope: String
  /// Who asked for it; empty where it was not said.
  let displayName: String
  let createdAt: Instant
}
