public import ApplianceAPI
public import Primitives

/// Which part of the list of calls the CDR page shows.
public struct CDRListingRequest: Hashable, Sendable {
  /// A column the list can be sorted by.
  public enum Column: String, Hashable, Sendable, CaseIterable {
    case start, caller, callee, action, talk, account, status
  }

  /// Which calls; its `offset` and `limit` do not count.
  public var rows: CDRRequest
  /// By which column.
  public var column = Column.start
  /// The latest, or the last in the order of characters, first: as the page is at first (observed).
  public var isDescending = true
  /// Where an earlier part of the list ended; nil for the beginning.
  public var cursor: Int64?
  /// The part before the cursor instead of the one behind it.
  public var isBefore = false
  /// Calls at most.
  public var limit = 50

  /// The beginning of the list.
  public init(_ rows: CDRRequest) { self.rows = rows }
}

/// A part of the list of calls.
public struct CDRListing: Hashable, Sendable {
  /// How many calls match.
  public enum Count: Hashable, Sendable {
    case exactly(Int)
    /// At least so many; the rest was not counted.
    case atLeast(Int)
  }

  /// In the order asked for.
  public var calls: [CDRCallFacts] = []
  /// The cursor of the part behind this one; nil at the list's end.
  public var next: Int64?
  /// The cursor of the part before this one; nil at the list's beginning.
  public var previous: Int64?
  /// It was searched for long enough: there may be more behind `next`, or before `previous`.
  public var isCutShort = false
  /// nil where nobody counted.
  public var count: Count?
  /// What the cursor stood for is gone, so that this is the beginning of the list.
  public var hasLostCursor = false

  /// No call.
  public init() {}
}

/// One call of the list: its rows, oldest first.
public struct CDRCallFacts: Hashable, Sendable {
  /// What the call is asked for by; of no meaning.
  public var id: Int64
  /// At least one.
  public var rows: [CDRRowFacts]

  /// Takes both as they are.
  public init(id: Int64, rows: [CDRRowFacts]) {
    self.id = id
    self.rows = rows
  }
}

/// What the CDR page shows of one row.
public struct CDRRowFacts: Hashable, Sendable {
  /// `start`.
  public var start: Instant
  /// `src`, `caller_name` and `src_trunk_name`.
  public var caller = Party()
  /// `dst` and `dst_trunk_name`; the name is empty.
  public var callee = Party()
  /// `action_type`.
  public var action = ""
  /// `duration`.
  public var durationSeconds: Int64 = 0
  /// `billsec`.
  public var talkSeconds: Int64 = 0
  /// `accountcode`.
  public var account = ""
  /// `userfield`.
  public var type = ""
  /// `disposition`.
  public var status = ""
  /// `recordfiles`.
  public var recordings: [String] = []
  /// The appliance would have recorded it, by what is set up; a trace has no sound.
  public var wouldBeRecorded = false

  /// One side of a call.
  public struct Party: Hashable, Sendable {
    /// As dialled, or as the caller is known by.
    public var number = ""
    /// May be empty.
    public var name = ""
    /// The trunk it is reached by; empty for none.
    public var trunk = ""

    /// Nobody.
    public init() {}

    /// `"Anna" 1001 [Trunk: Carrier]`, as the page shows it (observed).
    var text: String {
      let named = name.isEmpty || name == number ? number : "\"\(name)\" \(number)"
      return trunk.isEmpty ? named : "\(named) [Trunk: \(trunk)]"
    }
  }

  /// A row of which nothing else is known.
  public init(start: Instant) { self.start = start }
}

extension CDRCallFacts {
  /// The call in one line: the first row, with the sums of all, as the API's `main_cdr` has them (observed); answered
  /// where one row is (assumed).
  var main: CDRRowFacts? {
    guard var main = rows.first else { return nil }
    main.durationSeconds = rows.reduce(0) { $0.addingReportingOverflow($1.durationSeconds).partialValue }
    main.talkSeconds = rows.reduce(0) { $0.addingReportingOverflow($1.talkSeconds).partialValue }
    main.status = rows.first { $0.status == "ANSWERED" }?.status ?? main.status
    main.recordings = rows.flatMap(\.recordings)
    main.wouldBeRecorded = rows.contains(where: \.wouldBeRecorded)
    if main.caller.trunk.isEmpty { main.caller.trunk = rows.first { !$0.caller.trunk.isEmpty }?.caller.trunk ?? "" }
    return main
  }
}
