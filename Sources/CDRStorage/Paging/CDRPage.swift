public import PBXModel

/// A column that the list of calls can be sorted by; rows with the same value follow in the order of their start.
public enum CDRSort: String, Hashable, Sendable, CaseIterable {
  /// As the appliance's page is at first.
  case start
  /// `src`.
  case caller
  /// `dst`.
  case callee
  /// `action_type`.
  case action
  /// `billsec`.
  case talk
  /// `accountcode`.
  case account
  /// `disposition`.
  case status

  /// nil for the start alone.
  var column: String? {
    switch self {
    case .start: nil
    case .caller: "src"
    case .callee: "dst"
    case .action: "action_type"
    case .talk: "billsec"
    case .account: "accountcode"
    case .status: "disposition"
    }
  }
}

/// Which part of the list of calls to read.
public struct CDRPageRequest: Hashable, Sendable {
  /// Which calls; `offset` does not count.
  public var query: CDRQuery
  /// By which column, in the direction of the query's order.
  public var sort = CDRSort.start
  /// The row to go on behind, from an earlier page; nil for the list's beginning.
  public var cursor: Int64?
  /// The part that ends before the cursor instead of the one that begins behind it.
  public var isBefore = false
  /// Calls passed over before the first one; not to be had with `isBefore`.
  public var skipped = 0
  /// Calls at most.
  public var limit = 50
  /// Rows looked at at most, one that does not lie beside the last counting as several: where few of many rows match, a
  /// page ends here, however many calls it has. This many take about 20 ms of one million rows (measured). Rows of
  /// calls that are passed over do not count.
  public var effort = 30_000
  /// Whether an index may be gone through from end to end where a pattern begins with a wildcard: about 100 ms of one
  /// million rows (measured), after which nothing else has to be looked at where few match.
  public var allowsScans = false
  /// Calls counted at most.
  public var countMax = 5000

  /// The first page.
  public init(_ query: CDRQuery) { self.query = query }
}

/// A part of the list of calls.
public struct CDRPage: Hashable, Sendable {
  /// One call of it.
  public struct Call: Hashable, Sendable {
    /// Its number in the database, from 1.
    public var number: Int64
    /// The row by which it was found.
    public var row: Int64
    /// All of its rows, whichever of them match.
    public var session: CDRSession
  }

  /// How many calls match.
  public enum Count: Hashable, Sendable {
    case exactly(Int)
    /// At least so many; the rest was not counted.
    case atLeast(Int)
  }

  /// In the order asked for.
  public var calls: [Call] = []
  /// The cursor of the part behind this one; nil at the list's end.
  public var next: Int64?
  /// The cursor of the part before this one; nil at the list's beginning.
  public var previous: Int64?
  /// The effort was spent before the page was full: there may be more behind `next`, or before `previous`.
  public var isCutShort = false
  /// nil where nobody asked.
  public var count: Count?
  /// The cursor's row is no longer there, so that this is the beginning of the list.
  public var hasLostCursor = false
}
