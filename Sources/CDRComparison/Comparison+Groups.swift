public import PBXModel

extension Comparison {
  /// What a difference is about.
  public enum Kind: Hashable, Sendable {
    /// A row that the file has not.
    case onlyInRun
    /// A row that the run has not.
    case onlyInFile
    /// A column of a row that both have.
    case field(CDRField)
  }

  /// All differences of one kind that have one explanation.
  public struct Group: Hashable, Sendable {
    /// What differs.
    public var kind: Kind
    /// Why; nil for the unexplained.
    public var explanation: KnownDifference?
    /// Places in `Comparison.rows`, oldest first.
    public var rows: [Int]
  }

  /// The differences by kind: unexplained ones first, then those that occur most.
  public var groups: [Group] {
    struct Key: Hashable {
      var kind: Kind
      var explanation: KnownDifference?
    }
    var places: [Key: Int] = [:]
    var groups: [Group] = []
    func add(_ kind: Kind, _ explanation: KnownDifference?, _ row: Int) {
      let key = Key(kind: kind, explanation: explanation)
      if let place = places[key] { return groups[place].rows.append(row) }
      places[key] = groups.count
      groups.append(Group(kind: kind, explanation: explanation, rows: [row]))
    }
    for (place, row) in rows.enumerated() {
      if row.isPaired {
        for difference in row.fields { add(.field(difference.field), difference.explanation, place) }
      } else {
        add(row.ours == nil ? .onlyInFile : .onlyInRun, row.explanation, place)
      }
    }
    // Of as many, in the order they first occur.
    return groups.enumerated().sorted { left, right in
      let (isLeftKnown, isRightKnown) = (left.element.explanation != nil, right.element.explanation != nil)
      guard isLeftKnown == isRightKnown else { return isRightKnown }
      guard left.element.rows.count == right.element.rows.count else {
        return left.element.rows.count > right.element.rows.count
      }
      return left.offset < right.offset
    }.map(\.element)
  }
}
