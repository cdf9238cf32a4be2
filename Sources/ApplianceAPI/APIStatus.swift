/// What the appliance's API says became of a request: the numbers that its web interface and its API share.
///
/// Numbers and meanings are those of the vendor's front end of 2017 and of later clients (observed). Which mistake gets
/// which number is only known where a case says so; the rest is assumed.
public enum APIStatus: Int, Hashable, Sendable, CaseIterable {
  /// Done.
  case success = 0
  /// A parameter is missing, unknown or of the wrong kind (observed).
  case invalidParameters = -1
  /// No cookie was sent (assumed).
  case needsAuthentication = -5
  /// The cookie is none the appliance gave (observed: clients log in again).
  case cookieError = -6
  /// The session is over (observed: clients log in again).
  case timeout = -8
  /// Anything else.
  case generalError = -9
  /// There is no such file.
  case fileDoesNotExist = -11
  /// A value that a setting cannot have.
  case invalidValue = -15
  /// No such key.
  case noSuchKey = -16
  /// No such target.
  case noSuchTarget = -18
  /// The appliance cannot do that.
  case unsupported = -19
  /// The database has no such entry, or cannot be asked.
  case databaseFailed = -25
  /// Wrong account or password (observed).
  case wrongAccountOrPassword = -37
  /// As many users are logged in as can be.
  case tooManyUsers = -41
  /// The user may not do this (observed).
  case noPermission = -47
  /// Too often: again after 60 seconds.
  case tooFrequent = -57
  /// After too many failed logins nobody may try for a while.
  case loginRestricted = -68
  /// The user may not log in from there.
  case loginForbidden = -70
}
