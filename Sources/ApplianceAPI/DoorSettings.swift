public import Primitives

/// A user of the APIs.
public struct APIUser: Hashable, Sendable {
  /// As in `user`; `cdrapi` in the clients seen (observed).
  public var name: String
  /// Needed in clear text, because the client proves it with an MD5 over the challenge and it; never answered.
  public var password: Secret
  /// Which actions are granted.
  public var rights = APIRights.everything
  /// From where the user may log in; empty for everywhere.
  public var networks: [IPNetwork] = []

  /// A user who may do everything from everywhere.
  public init(name: String, password: Secret) {
    self.name = name
    self.password = password
  }
}

/// How the doors behave where nobody knows, or where it depends on the firmware.
public struct DoorSettings: Hashable, Sendable {
  /// What `page`, `item_num` and the like may be in JSON.
  public enum PagingValues: String, Hashable, Sendable, CaseIterable {
    /// Strings or numbers (observed on a 6304 of firmware 1.0.33.30).
    case any
    /// Strings only, and a number fails the call with -1 (observed on a 6308A).
    case strings
  }

  /// What actions get that would change the calls of a trace, which nothing can.
  public enum CallControl: String, Hashable, Sendable, CaseIterable {
    /// -19, so that nobody believes in it.
    case unsupported
    /// 0, and nothing happens.
    case ignored
  }

  /// The clock of times without an offset in CDR requests.
  public enum UnmarkedTimes: String, Hashable, Sendable, CaseIterable {
    /// UTC, as a missing time of day is documented to be 00:00 UTC; that it holds for all is assumed.
    case utc
    /// The site's wall clock.
    case site
  }

  /// When what a user saves on the CRM user page is in force.
  public enum UserPages: String, Hashable, Sendable, CaseIterable {
    /// At once: the user portal has no Apply Changes (assumed).
    case atOnce = "at-once"
    /// With the administrator's next Apply Changes.
    case withChanges = "with-changes"
  }

  /// Numbers in paging.
  public var pagingValues = PagingValues.any
  /// Actions on calls, and on what is set up.
  public var callControl = CallControl.unsupported
  /// The clock of times without an offset.
  public var unmarkedTimes = UnmarkedTimes.utc
  /// A session ends so long after its last request (assumed; one client logs in again after 9 minutes).
  public var sessionSeconds: Int64 = 600
  /// A challenge has to be used within this (assumed).
  public var challengeSeconds: Int64 = 60
  /// Sessions at once; one more is -41 (number assumed).
  public var sessionsMax = 64
  /// Failed logins of one address after which it is locked out (assumed).
  public var failuresMax = 5
  /// How long it is locked out, and how long failures are remembered (assumed).
  public var lockOutSeconds: Int64 = 300
  /// Rows of a page where `item_num` is not sent (assumed).
  public var itemsPerPage = 30
  /// Rows a page may have; more are cut to it (assumed; clients ask for 1,000,000).
  public var itemsPerPageMax = 10_000
  /// Sessions `cdrapi` on 8089 gives at most: 2,506 in one answer have been seen, so the 1,000 of the old API do not
  /// hold there (observed; this number is assumed).
  public var cdrRecordsMax = 10_000
  /// When what a user saves on the CRM user page is in force.
  public var crmUserPages = UserPages.atOnce
  /// Whether `getSIPAccount` and `getCRMUserSettings` show passwords in clear text, as the appliance does (observed).
  /// They are invented ones, those that were entered never shown.
  public var revealsSecrets = false
  /// The realm of the old API's digest login (assumed).
  public var realm = "grandstream"

  /// Every setting at its default.
  public init() {}
}
