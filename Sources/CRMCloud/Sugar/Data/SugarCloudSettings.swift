public import Primitives

/// Where servers of this family differ: a switch with a stated default.
public struct SugarCloudSettings: Codable, Hashable, Sendable {
  /// Which stack the server runs on.
  public var manner = Manner.strict
  /// A v4_1 session that nothing was asked with for this long is over (PHP's default of 1440 s, recalled; that sessions
  /// end on the minute is assumed).
  public var sessionIdleLife = Instant.Span.seconds(1440)
  /// Sessions of v4_1 at one time; one more ends the oldest (assumed).
  public var maximumSessions = 1000
  /// Life of the REST API's access token (documented).
  public var accessTokenLife = Instant.Span.seconds(3600)
  /// Life of its refresh token (documented).
  public var refreshTokenLife = Instant.Span.seconds(1_209_600)
  /// Platforms that may log in by REST; nil for all (newer versions want them registered, observed).
  public var platforms: Set<String>?
  /// Whether the REST API says 503 `maintenance` to everything (recalled).
  public var isInMaintenance = false
  /// Records of a list whose caller asks for no number (the product's default, recalled).
  public var listLength = 20
  /// Records of one module; one more is refused (assumed).
  public var maximumRecordsPerModule = 100_000

  /// Every switch at its default.
  public init() {}

  /// Which stack the server runs on.
  public enum Manner: String, Codable, Hashable, Sendable, CaseIterable {
    /// SuiteCRM 7.14 on PHP 8 (measured): arguments by name, a missing or misspelt one is status 500 with nothing, and
    /// so are minutes without hours and fractions.
    case strict
    /// An older stack, as PHP 5 was: arguments by their place whatever their names, missing ones count as empty, and
    /// fractions are cut off (recalled).
    case sloppy
  }
}
