public import PBXModel
public import Primitives

/// What two runs do not have in common: calls matched with calls, numbering and order left out where they mean nothing.
///
/// Left out: `AcctId`, `uniqueid`, the serial numbers of channels, ids of CRM records, times of journal lines.
public struct RunDifference: Sendable {
  /// A fact of which the runs say other things; nil where one says nothing.
  public struct FactChange: Hashable, Sendable {
    /// As the summary names it.
    public let name: String
    /// Of the first run.
    public let before: String?
    /// Of the second run.
    public let after: String?
  }

  /// A member or column in which two things differ that are otherwise of one kind.
  public struct ValueChange<Name: Hashable & Sendable>: Hashable, Sendable {
    /// The member or column.
    public let name: Name
    /// In the first run; nil where it is not there.
    public let before: String?
    /// In the second run; nil where it is not there.
    public let after: String?
  }

  /// A row that differs, or is in one run only.
  public struct RowChange: Hashable, Sendable {
    /// In the first run; nil for a row that came new.
    public let before: CDRRecord?
    /// In the second run; nil for a row that is gone.
    public let after: CDRRecord?
    /// Empty for a row in one run only.
    public let fields: [ValueChange<CDRField>]
  }

  /// A line of the journal that differs, or is in one run only.
  public struct JournalChange: Hashable, Sendable {
    /// In the first run; nil for one that came new.
    public let before: JournalLine?
    /// In the second run; nil for one that is gone.
    public let after: JournalLine?
    /// Empty for a line in one run only.
    public let members: [ValueChange<String>]
  }

  /// A CRM request that differs in body or answer, or is in one run only.
  public struct RequestChange: Hashable, Sendable {
    /// In the first run; nil for one that came new.
    public let before: RequestLine?
    /// In the second run; nil for one that is gone.
    public let after: RequestLine?
  }

  /// A call in which the runs differ.
  public struct CallChange: Sendable {
    /// Its session in the first run, or in the second where the first has no rows of it.
    public let session: String
    /// When it began, by its first row; nil for one without rows.
    public let start: Instant?
    /// Who called whom, by its first row; empty for one without rows.
    public let parties: String
    /// Empty where all rows agree.
    public let rows: [RowChange]
    /// Empty where the journals agree.
    public internal(set) var journal: [JournalChange]

    /// Where the runs part: the first line of the journal that says why and that only one of them has, or that differs;
    /// where no line says why, the first of all; nil where the journals agree.
    public var firstDivergence: JournalChange? { journal.first(where: \.saysWhy) ?? journal.first }
  }

  /// What was compared.
  public internal(set) var parts = Parts.all
  /// What the runs were of, where it differs.
  public let facts: [FactChange]
  /// Leaned on by the first run alone.
  public let assumptionsOnlyBefore: [String]
  /// Leaned on by the second run alone.
  public let assumptionsOnlyAfter: [String]
  /// Columns only the first run's model writes.
  public internal(set) var columnsOnlyBefore: [CDRField]
  /// Columns only the second run's model writes.
  public internal(set) var columnsOnlyAfter: [CDRField]
  /// Calls that have rows in at least one of the runs.
  public let callCount: Int
  /// Calls in which rows or journal differ, in the order of time.
  public internal(set) var calls: [CallChange]
  /// Of no call, in order.
  public internal(set) var journal: [JournalChange]
  /// In order.
  public internal(set) var requests: [RequestChange]

  /// Calls whose rows differ: what would be logged otherwise.
  public var callsLoggedOtherwise: Int { calls.count { !$0.rows.isEmpty } }

  /// Whether rows, journal and CRM requests are the same, whatever the runs were of.
  public var isEmpty: Bool { calls.isEmpty && journal.isEmpty && requests.isEmpty && columnsDiffer == false }

  private var columnsDiffer: Bool { !columnsOnlyBefore.isEmpty || !columnsOnlyAfter.isEmpty }

  /// Compares the second run with the first.
  public init(from before: RecordedRun, to after: RecordedRun) {
    facts = Self.facts(before, after)
    assumptionsOnlyBefore = before.assumptions.filter { !after.assumptions.contains($0) }
    assumptionsOnlyAfter = after.assumptions.filter { !before.assumptions.contains($0) }
    columnsOnlyBefore = before.columns.filter { !after.columns.contains($0) }
    columnsOnlyAfter = after.columns.filter { !before.columns.contains($0) }
    let comparison = CallComparison(before, after)
    calls = comparison.changes
    callCount = comparison.callCount
    journal = JournalComparison.changes(comparison.looseBefore, comparison.looseAfter)
    requests = RequestLine.changes(before.requests, after.requests)
  }

  private static func facts(_ before: RecordedRun, _ after: RecordedRun) -> [FactChange] {
    func value(_ name: String, _ run: RecordedRun) -> String? { run.facts.first { $0.name == name }?.value }
    return RecordedRun.factNames.compactMap { name in
      let (one, other) = (value(name, before), value(name, after))
      return one == other ? nil : FactChange(name: name, before: one, after: other)
    }
  }
}

extension RequestLine {
  static func changes(_ before: [RequestLine], _ after: [RequestLine]) -> [RunDifference.RequestChange] {
    let pairing = Pairing(before, after, by: [\.whole, \.target])
    let changed = pairing.pairs.compactMap { pair -> (place: Int, change: RunDifference.RequestChange)? in
      let (one, other) = (before[pair.before], after[pair.after])
      return one.whole == other.whole ? nil : (pair.before, .init(before: one, after: other))
    }
    let gone = pairing.onlyBefore.map {
      (place: $0, change: RunDifference.RequestChange(before: before[$0], after: nil))
    }
    let new = pairing.onlyAfter.map { RunDifference.RequestChange(before: nil, after: after[$0]) }
    return (changed + gone).sorted { $0.place < $1.place }.map(\.change) + new
  }
}
