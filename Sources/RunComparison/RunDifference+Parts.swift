extension RunDifference {
  /// Parts of runs that a reader may want to look at alone.
  public struct Parts: OptionSet, Hashable, Sendable {
    /// One bit for each part.
    public let rawValue: UInt8
    /// The set with these bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// CDR rows and their columns.
    public static let rows = Parts(rawValue: 1)
    /// Journal lines, of calls and of none.
    public static let journal = Parts(rawValue: 2)
    /// Requests to the CRM.
    public static let requests = Parts(rawValue: 4)
    /// Everything.
    public static let all: Parts = [.rows, .journal, .requests]
  }

  /// The difference without what is of other parts. Where the journals part is kept as the cause of rows that differ.
  public func only(_ parts: Parts) -> RunDifference {
    guard parts != .all else { return self }
    var result = self
    result.parts = parts
    if !parts.contains(.rows) {
      result.calls = calls.map(\.withoutRows).filter { !$0.journal.isEmpty }
      (result.columnsOnlyBefore, result.columnsOnlyAfter) = ([], [])
    }
    if !parts.contains(.journal) {
      result.calls = result.calls.filter { !$0.rows.isEmpty }
      result.journal = []
    }
    if !parts.contains(.requests) { result.requests = [] }
    return result
  }
}

extension RunDifference.CallChange {
  fileprivate var withoutRows: RunDifference.CallChange {
    RunDifference.CallChange(session: session, start: start, parties: parties, rows: [], journal: journal)
  }
}
