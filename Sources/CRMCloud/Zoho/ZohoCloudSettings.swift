public import Primitives

/// Where Zoho's behaviour is undocumented, disputed or changed over the years: a switch with a stated default.
public struct ZohoCloudSettings: Codable, Hashable, Sendable {
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
  /// Versions, `v2` and the like, that answer `API_NOT_SUPPORTED` (the code is documented, when is not).
  public var retiredAPIVersions: Set<String> = []
  /// Records per module; one more is refused with LIMIT_EXCEEDED (assumed; real organisations pay for storage).
  public var maximumRecordsPerModule = 100_000

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
