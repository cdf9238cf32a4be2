import Primitives

/// What an organisation has asked of the v1 API today and in this minute.
struct ZohoV1Usage: Codable {
  /// Documented: 60 calls of searchRecords in a minute (that minutes are the clock's is assumed).
  static let searchesPerMinute = 60
  /// Documented, whatever the edition.
  static let oldSearchesPerDay = 250

  private var day: Int64 = .min
  private var minute: Int64 = .min
  private var calls = 0
  private var oldSearches = 0
  private var searches = 0
  /// Whether nothing is left whatever has been used: an administrator's doing.
  var isExhausted = false

  /// Counts a call, or refuses it.
  mutating func admit(_ method: String, callsPerDay: Int, at now: Instant) throws(ZohoV1Error) {
    let today = Self.pacific.local(now).secondsSince1970 / 86_400
    if today != day { (day, calls, oldSearches) = (today, 0, 0) }
    let thisMinute = now.seconds / 60
    if thisMinute != minute { (minute, searches) = (thisMinute, 0) }
    guard !isExhausted, calls < callsPerDay else { throw .dailyLimit }
    if method == "getSearchRecords" {
      guard oldSearches < Self.oldSearchesPerDay else { throw .dailyLimit }
      oldSearches += 1
    }
    if method == "searchRecords" {
      guard searches < Self.searchesPerMinute else { throw .rateLimit }
      searches += 1
    }
    calls += 1
  }

  /// The day begins at midnight there (documented).
  private static let pacific = (try? POSIXTimeZone("PST8PDT"))?.siteTimeZone(years: 2005...2100) ?? .utc
}
