public import Primitives

/// Which rows a client of the CDR API wants, in which notation.
public struct CDRRequest: Hashable, Sendable {
  /// A notation of the API; CSV where nothing is said (documented).
  public enum Format: String, Hashable, Sendable, CaseIterable {
    case csv, xml, json

    /// By its name in any case: a client of a 6204 asks for `JSON` (observed).
    init?(name: String) { self.init(rawValue: name.lowercased()) }
  }

  /// Which time of a row has to lie between the bounds (`timeFilterType`, observed; that there is a third is assumed).
  public enum TimeFilter: String, Hashable, Sendable, CaseIterable {
    case start = "Start"
    case end = "End"
  }

  /// Why there is no answer.
  public enum Refusal: Error, Hashable, Sendable {
    /// A number or pattern cannot be read; the API then gives no rows (documented).
    case unreadableNumber
    /// The rows cannot be read now.
    case unavailable
  }

  /// The notation.
  public var format = Format.csv
  /// Sessions at most.
  public var limit = 1000
  /// Sessions left out at the front.
  public var offset = 0
  /// `caller`: each a list with commas, with ranges and patterns.
  public var callers: [String] = []
  /// `callee`, in the same forms.
  public var callees: [String] = []
  /// `AnsweredBy`, in the same forms.
  public var answeredBy: [String] = []
  /// What the bounds are of.
  public var timeFilter = TimeFilter.start
  /// Then or later.
  public var from: Instant?
  /// Before.
  public var before: Instant?
  /// `minDur`, on the talk time.
  public var minimumTalkSeconds: Int64?
  /// `maxDur`, on the talk time.
  public var maximumTalkSeconds: Int64?
  /// What the CDR page can ask for besides; the API cannot.
  public var filter = CDRPageFilter()
  /// Something in the request makes it find nothing: only the empty document is wanted.
  public var isEmpty = false

  /// Every row, as CSV.
  public init() {}

  /// What finds nothing: the answer to every mistake (documented).
  static func nothing(_ format: Format) -> CDRRequest {
    var request = CDRRequest()
    request.format = format
    request.isEmpty = true
    return request
  }
}

/// The conditions of the appliance's CDR page that its API has not (reference section 5.6, observed).
///
/// An empty list is no condition; of several values a row has one.
public struct CDRPageFilter: Hashable, Sendable {
  /// A part of the caller's name; letters of ASCII are the same in either case (assumed). Empty for no condition.
  public var callerName = ""
  /// `accountcode`, as they are written.
  public var accounts: [String] = []
  /// Trunks the call came by, by name or as `trunk_<index>`.
  public var sourceTrunks: [String] = []
  /// Trunks the call left by.
  public var destinationTrunks: [String] = []
  /// `action_type`, with or without its number.
  public var actions: [String] = []
  /// `userfield`: the call type.
  public var types: [String] = []
  /// `disposition`: the status.
  public var statuses: [String] = []

  /// No condition.
  public init() {}
}
