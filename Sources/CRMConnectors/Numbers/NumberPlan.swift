/// How a site writes and compares telephone numbers: the settings behind the three steps of every lookup.
///
/// 1. `DialledNumber` takes the number as it was signalled, or says why nobody can be asked about it.
/// 2. `candidates(for:)` gives the spellings to ask the CRM for, in order.
/// 3. `matches(_:_:)` holds a hit's numbers against the one asked for, because no CRM documents how it compares digits.
///
/// Without settings one spelling is asked for, the one dialled: more cost requests, and which of them could match
/// depends on the country (recommended order: reference section E2; that the appliance does the like is assumed).
public struct NumberPlan: Hashable, Sendable {
  /// Digits of the site's country code, `49`; nil where it is not known, and numbers are then never rewritten.
  public var countryCode: String?
  /// What is dialled before a national number, `0`; nil where nothing is, as in North America.
  public var trunkPrefix: String?
  /// What is dialled before an international number, `00`; nil where it is not known.
  public var internationalPrefix: String?
  /// How a hit is verified.
  public var comparison = NumberComparison.lastDigits(9)
  /// The last so many digits are asked for when no whole spelling was found; nil for never.
  public var searchedDigits: Int?
  /// Of a lookup's searches, all tables and spellings together; what is over is not asked.
  public var maximumSearches = 12
  /// Whether numbers are checked at all.
  public var manner = LookupManner.verified
  /// What is made of several verified hits in one answer.
  public var severalHits = SeveralHits.first

  /// A site about which nothing is known.
  public init() {}
}

/// How the digits of a CRM's number are held against those asked for.
public enum NumberComparison: Hashable, Sendable {
  /// Equal once both are in the same form.
  case equal
  /// The last so many digits are equal, or all there are of the shorter number where that has fewer; fewer than
  /// `NumberPlan.shortestSuffix` have to be equal whole. A leading 0 is no digit of the subscriber's.
  case lastDigits(Int)
}

/// What becomes of several records that hold the number: an ambiguous caller (assumed, a setting).
public enum SeveralHits: String, Hashable, Sendable, CaseIterable {
  /// The first in the CRM's order is taken.
  case first
  /// None is taken: no name is shown, the call is filed under nobody, and nobody is added.
  case none
}
