public import Primitives

/// What is decided about vTiger's client and no page of the appliance shows.
public struct VtigerSettings: Hashable, Sendable {
  /// Where a call's record goes.
  public var callPlace = CallPlace.calendar
  /// Who may see a call in the calendar, a choice of its field `visibility` (`Public` observed in the vendor's add-in).
  public var callVisibility = "Public"
  /// Life of a session, which no answer names (from vTiger's source: a day at most; half an hour idle is told by the
  /// server alone).
  public var sessionLife = Instant.Span.seconds(86_400)
  /// Records asked for with one search; more are not looked at (documented: the server's own default).
  public var maximumHits = 100

  /// Every setting at its default.
  public init() {}

  /// The modules a call can be recorded in (reference section 1.5).
  public enum CallPlace: String, Hashable, Sendable, CaseIterable {
    /// `Events`, or `cbCalendar` where a session's types have only that, as coreBOS does (measured). Costs one request
    /// for each session.
    case calendar
    /// `Events`, without a look whether it is there: vTiger 5 to 8.
    case events
    /// `cbCalendar` of coreBOS, without a look.
    case coreBOSCalendar
    /// `PBXManager`, where vTiger's own Asterisk connector writes; the call's mark is its `sourceuuid`.
    case pbxManager
  }
}
