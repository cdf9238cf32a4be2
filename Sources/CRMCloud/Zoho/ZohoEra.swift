import Primitives

/// The years of Zoho's that matter to a telephone integration, for what the legacy v1 API and its tokens still do.
///
/// A replay of a trace has the trace's date, so the clock decides by default; a year is pinned by those who rehearse
/// another one: the v1 chapter of the appliance's guide on a trace of today takes `y2018`.
public enum ZohoEra: String, Codable, Hashable, Sendable, CaseIterable {
  /// The virtual clock decides, by the documented dates.
  case byClock
  /// Everything works.
  case y2018
  /// No new tokens; the tokens there are open the v1 API.
  case y2019H2
  /// The v1 API is gone.
  case y2021
  /// As `y2021`: nothing is known of what changed for v1 since.
  case today = "now"

  /// No new tokens for the CRM from here on (documented: 2019-06-01; that it is midnight in UTC is assumed).
  static let endOfAuthTokenCreation = Instant(seconds: 1_559_347_200)
  /// The v1 API is gone from here on (documented: end of life 2019-12-31, taken as its last day, assumed).
  static let endOfV1 = Instant(seconds: 1_577_836_800)

  /// Whether `apiauthtoken` still makes tokens.
  func createsAuthTokens(at now: Instant) -> Bool {
    switch self {
    case .byClock: now < Self.endOfAuthTokenCreation
    case .y2018: true
    case .y2019H2, .y2021, .today: false
    }
  }

  /// Whether the v1 API answers at all.
  func servesV1(at now: Instant) -> Bool {
    switch self {
    case .byClock: now < Self.endOfV1
    case .y2018, .y2019H2: true
    case .y2021, .today: false
    }
  }
}
