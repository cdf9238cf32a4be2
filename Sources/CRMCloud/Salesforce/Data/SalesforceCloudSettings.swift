public import Primitives

/// Switches of a Salesforce organisation. Each default says where it comes from.
public struct SalesforceCloudSettings: Hashable, Sendable, Codable {
  /// As documented, or as forgiving as servers are said to be.
  public var manner = Manner.strict
  /// Whether the SOAP `login` is open.
  public var soapLogin = SOAPLogin.byDate
  /// From when on organisations are made with the SOAP login off: the release of Winter '26 (documented; the day is
  /// assumed, releases come on several).
  public var soapLoginOffFrom = Instant(seconds: 1_760_140_800)
  /// From when on nobody has it: the release of Summer '27 (documented; the day is assumed).
  public var soapLoginEndsAt = Instant(seconds: 1_813_363_200)
  /// The last version of the API with a SOAP login (documented).
  public var lastLoginVersion = 64
  /// Versions of the API that answer: 31.0 is the oldest (recalled), the newest is assumed.
  public var oldestVersion = 31
  /// See `oldestVersion`.
  public var newestVersion = 66
  /// Whether logins need the security token, as from everywhere that is no trusted address range (documented).
  public var needsSecurityToken = true
  /// Whether the OAuth password grant is refused, as in organisations made since summer 2023 (recalled).
  public var blocksPasswordGrant = true
  /// Whether a refresh token is good for one use, and the answer has the next (documented, an app's setting).
  public var rotatesRefreshTokens = false
  /// Wrong passwords in a row that lock a user (recalled: 10), and for how long (recalled: 15 minutes).
  public var wrongPasswordsMax = 10
  /// See `wrongPasswordsMax`.
  public var lockout = Instant.Span.seconds(900)
  /// A session ends this long after its last use (recalled: two hours, a setting of the organisation).
  public var sessionLife = Instant.Span.seconds(7200)
  /// Requests in 24 hours (documented for a small Enterprise organisation's fifteen licences; others have more).
  public var dailyRequests = 15_000
  /// From a record's writing until searches know it: seconds to minutes (recalled); the length is assumed.
  public var indexDelay = Instant.Span.seconds(15)
  /// How the search index holds telephone numbers.
  public var phoneIndex = PhoneIndex.tokens
  /// Whether a rule refuses a contact or lead with the name and number of one that is there (a rule of the
  /// organisation's; the standard ones compare names and addresses, documented).
  public var refusesDuplicates = false
  /// Fields that a rule of the organisation's wants filled, as `Lead.Email`.
  public var ruleWants: Set<String> = []
  /// Records of a page of a query (documented).
  public var queryPage = 2000
  /// Records of one object; one more is refused with STORAGE_LIMIT_EXCEEDED.
  public var recordsMax = 100_000

  /// Every switch at its default.
  public init() {}

  /// How much is forgiven.
  public enum Manner: String, Codable, Hashable, Sendable, CaseIterable {
    /// What the documentation says.
    case strict
    /// Numbers come as text, search terms with characters that should have been escaped, `AND` beside `OR`: taken as
    /// they seem to be meant (assumed).
    case sloppy
  }

  /// Whether the SOAP `login` is open.
  public enum SOAPLogin: String, Codable, Hashable, Sendable, CaseIterable {
    /// Off in organisations made since Winter '26 (documented).
    case byDate
    case on
    case off
  }

  /// How the search index holds telephone numbers.
  public enum PhoneIndex: String, Codable, Hashable, Sendable, CaseIterable {
    /// Split at spaces and punctuation as any text (documented for text).
    case tokens
    /// As its digits, too, whole and the last ten and seven of them (recalled of the help on searching for numbers).
    case digits
  }
}
