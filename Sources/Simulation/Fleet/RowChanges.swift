/// In what the rows of a member differ from those of an appliance that had enough of everything.
public struct RowChanges: Hashable, Sendable {
  /// Rows of calls that went otherwise, as far as both have them: the row of a refused call in place of the one it
  /// would have had.
  public private(set) var changed = 0
  /// Rows that are not there.
  public private(set) var missing = 0
  /// Rows that would not be there.
  public private(set) var added = 0

  /// Rows of any of the three kinds.
  public var total: Int { changed + missing + added }

  /// Notes the rows of one call.
  ///
  /// - Parameter isVaried: whether the rows both have differ.
  mutating func note(_ rows: Int, recorded: Int, isVaried: Bool) {
    if isVaried { changed += min(rows, recorded) }
    missing += max(0, recorded - rows)
    added += max(0, rows - recorded)
  }
}
