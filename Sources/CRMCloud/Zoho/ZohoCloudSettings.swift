public import Primitives

/// Where Zoho's behaviour is undocumented, disputed or changed over the years: a switch with a stated default.
public struct ZohoCloudSettings: Codable, Hashable, Sendable {
  /// Which of Zoho's years the legacy API and its tokens live in (documented dates; that the clock decides is ours).
  public var era = ZohoEra.byClock
  /// HTTP status of `{"error":…}` at the token endpoint (200 observed, 400 reported for some codes and years).
  public var tokenErrorStatus = 200
  /// Life of an access token (documented).
  public var accessTokenLife = Instant.Span.seconds(3600)
  /// Live access tokens per refresh token; one more ends the oldest (documented as 10, 15 and 30 on different pages).
  public var maximumAccessTokens = 15
  /// New access tokens per refresh token within `tokenThrottleSpan`; nil for no limit (documented: 10 in 10 minutes).
  public var tokenThrottle: Int? = 10
  /// That the ten minutes slide is assumed.
  public var tokenThrottleSpan = Instant.Span.seconds(600)
  /// Life of a code sent to a redirect URI (documented as two minutes; 60 seconds on older product pages).
  public var grantCodeLife = Instant.Span.seconds(120)
  /// New codes per client within `grantCodeSpan`; nil for no limit (documented: 10 in 10 minutes).
  public var maximumGrantCodes: Int? = 10
  /// That the ten minutes slide is assumed.
  public var grantCodeSpan = Instant.Span.seconds(600)
  /// Refresh tokens of one person and client; one more silently ends the oldest (documented).
  public var maximumRefreshTokens = 20
  /// New refresh tokens of one person and client in a minute; nil for no limit (5 on older product pages).
  public var maximumNewRefreshTokens: Int?
  /// Which clients may exchange a code of the console's Self Client (documented: the issuing one).
  public var selfClientBinding = SelfClientBinding.issuingClient
  /// Whether a token reply has `scope` after the tokens (newer replies do, documented).
  public var tokenReplyHasScope = false
  /// Life of a device's code and of the code its user types (documented).
  public var deviceCodeLife = Instant.Span.seconds(300)
  /// Polls of a device that come closer are answered with `slow_down` (documented).
  public var devicePollInterval = Instant.Span.seconds(30)
  /// Live v1 tokens of one person and scope; one more is refused (that there is a cap is observed, its number assumed).
  public var maximumAuthTokens = 20
  /// `CAUSE` of a v1 token refused because of the era (undocumented: assumed).
  public var retiredAuthTokenCause = "AUTHTOKEN_CREATION_DISABLED"
  /// The one-time code that every two-factor sign-in takes, in place of an authenticator; nil for one drawn at each
  /// sign-in, which `ZohoCloud.oneTimeCode(email:)` tells as the user's telephone would.
  public var oneTimeCode: String?
  /// How a token reply tells the token's life (documented: in seconds).
  public var expiresInForm = ExpiresInForm.seconds
  /// Which scopes a call needs (documented: those of its module).
  public var scopeEnforcement = ScopeEnforcement.strict
  /// How numbers compare (undocumented: assumed).
  public var phoneMatch = PhoneMatch.digitsContain
  /// Whether Fax counts as a phone field in searches (assumed not: it has a type of its own in Zoho's labels).
  public var searchesFax = false
  /// From a record's creation until a search finds it (that there is a delay is documented, its length assumed).
  public var indexDelay = Instant.Span.zero
  /// HTTP status when a record of an insertion is refused (202 documented for v2; 201 and 400 elsewhere).
  public var refusedRecordStatus = 202
  /// Whether answered calls may last 0 seconds (v2 takes them, assumed; v7 answers DEPENDENT_MISMATCH, documented).
  public var acceptsZeroDuration = true
  /// Whether the field Email of Contacts and Leads takes no value twice (a switch of the organisation's, documented).
  public var refusesDuplicateEmails = false
  /// Whether `equals` in v2 criteria of several terms behaves like "contains" (documented for text).
  public var severalTermsContain = true
  /// Whether credits and concurrency are counted and end in 429 (documented).
  public var enforcesAPILimits = true
  /// Credits in 24 hours; nil for the edition's (documented).
  public var apiCredits: Int?
  /// Calls at the same time; nil for the edition's (documented).
  public var apiConcurrency: Int?
  /// How long a call counts as running. Zero means that none overlap (assumed).
  public var apiLatency = Instant.Span.zero
  /// Whether v1 counts calls by day, minute and method (documented; of 20 years' integrations few met them, so off).
  public var enforcesV1Limits = false
  /// HTTP status of the v1 API once it has ended, without a body; nil for 200 and code 4834 (what it answers today was
  /// not found, assumed).
  public var retiredV1Status: Int?
  /// Versions, `v2` and the like, that answer `API_NOT_SUPPORTED` (the code is documented, when is not).
  public var retiredAPIVersions: Set<String> = []
  /// Records per module; one more is refused with LIMIT_EXCEEDED (assumed; real organisations pay for storage).
  public var maximumRecordsPerModule = 100_000
  /// HTTP status of PhoneBridge for a token it does not take (400 observed, where the CRM's API answers 401).
  public var phoneBridgeTokenErrorStatus = 400
  /// Clients registered as PhoneBridge providers; nil for every client (assumed: registering is a letter to Zoho).
  public var phoneBridgeProviders: Set<String>?

  /// Every switch at its default.
  public init() {}

  /// How the token endpoint tells a token's life.
  public enum ExpiresInForm: String, Codable, Hashable, Sendable, CaseIterable {
    /// `"expires_in":3600` (documented).
    case seconds
    /// `"expires_in_sec":3600,"expires_in":3600000` (documented in older SDKs).
    case milliseconds
    /// Not at all (observed in an issue thread).
    case absent
  }

  /// Which clients may exchange a code of the Self Client.
  public enum SelfClientBinding: String, Codable, Hashable, Sendable, CaseIterable {
    /// The client it was made for: the new console's Self Client, or the row of the old console (documented).
    case issuingClient
    /// Any client of the same account (observed in a public how-to that mixes a server-based client's id with it).
    case anyClientOfAccount
  }

  /// Which scopes an API call needs.
  public enum ScopeEnforcement: String, Codable, Hashable, Sendable, CaseIterable {
    /// Those of its module (documented).
    case strict
    /// Searches need `ZohoSearch.securesearch.READ` as well (documented; public clients do without).
    case strictWithSearchScope
    /// None: any token opens everything (assumed of the years when the appliance's guides were written).
    case lenient
  }

  /// How `search?phone=` compares; Zoho documents none of it (all assumed).
  public enum PhoneMatch: Codable, Hashable, Sendable {
    /// The stored digits contain the digits asked for.
    case digitsContain
    /// The stored text is the text asked for.
    case exactText
    /// The last digits are the same; numbers with fewer digits must be the same.
    case lastDigits(Int)
    /// All digits are the same.
    case digitsEqual
  }
}
