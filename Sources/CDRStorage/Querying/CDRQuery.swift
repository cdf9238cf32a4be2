public import PBXModel
public import Primitives

/// Which calls to read: a call is found when one of its rows meets every condition given. None given means every call.
///
/// A condition of several values is met by each of them; an empty list is no condition.
public struct CDRQuery: Hashable, Sendable {
  /// In which order calls come: by the start of the row that was found first.
  public enum Order: String, Hashable, Sendable, CaseIterable {
    /// As the appliance's API gives them.
    case oldest
    /// As the appliance's CDR page shows them.
    case newest
  }

  /// Rows that started at this instant or later.
  public var startingFrom: Instant?
  /// Rows that started before this instant.
  public var startingBefore: Instant?
  /// Rows that ended at this instant or later; one whose end is not told is not among them.
  public var endingFrom: Instant?
  /// Rows that ended before this instant.
  public var endingBefore: Instant?
  /// `AcctId`; several rows may have one, as some firmware starts again every month.
  public var rowIDs: [Int64] = []
  /// `src`.
  public var callers: [NumberPattern] = []
  /// `dst`.
  public var callees: [NumberPattern] = []
  /// `dstanswer`.
  public var answeredBy: [NumberPattern] = []
  /// `caller_name`, in the same patterns.
  public var callerNames: [NumberPattern] = []
  /// Parts of `caller_name`, of which one has to be in it; letters of ASCII are the same in either case.
  public var callerNameParts: [String] = []
  /// `disposition`: the status of the appliance's page.
  public var dispositions: [Disposition] = []
  /// `userfield`: the call type of the appliance's page.
  public var types: [CallDirection] = []
  /// Trunks on either side, by name or as `trunk_<index>`.
  public var trunks: [String] = []
  /// Trunks the call came by.
  public var sourceTrunks: [String] = []
  /// Trunks the call left by.
  public var destinationTrunks: [String] = []
  /// `accountcode`, byte for byte.
  public var accounts: [String] = []
  /// `action_type`, with or without its number: `IVR` finds `IVR[7000]` too.
  public var actions: [String] = []
  /// `session`, byte for byte.
  public var sessions: [String] = []
  /// Rows with so much `billsec` or more, as the API's `minDur`.
  public var minimumTalkSeconds: Int64?
  /// Rows with so much `billsec` or less, as the API's `maxDur`.
  public var maximumTalkSeconds: Int64?

  /// The order of the calls.
  public var order = Order.oldest
  /// Calls left out at the front.
  public var offset = 0
  /// Calls given at most; nil for all.
  public var limit: Int?

  /// A query without conditions.
  public init() {}
}
