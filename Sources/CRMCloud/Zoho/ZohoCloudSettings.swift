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
