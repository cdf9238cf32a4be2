/// Many runs before and after a change, matched by name: what an upgrade would alter.
public struct ArchiveDifference: Sendable {
  /// One run in both archives.
  public struct Run: Sendable {
    /// Its folder's name in both.
    public let name: String
    /// What differs in it.
    public let difference: RunDifference

    /// Takes both as they are.
    public init(name: String, difference: RunDifference) {
      self.name = name
      self.difference = difference
    }
  }

  /// Runs in both archives, in the order of their names.
  public let runs: [Run]
  /// Names of runs in the first archive only.
  public let onlyBefore: [String]
  /// Names of runs in the second archive only.
  public let onlyAfter: [String]

  /// Takes all as they are.
  public init(runs: [Run], onlyBefore: [String], onlyAfter: [String]) {
    self.runs = runs
    self.onlyBefore = onlyBefore
    self.onlyAfter = onlyAfter
  }

  /// Calls of all runs in both.
  public var callCount: Int { runs.reduce(0) { $0 + $1.difference.callCount } }
  /// Those of them whose rows differ.
  public var callsLoggedOtherwise: Int { runs.reduce(0) { $0 + $1.difference.callsLoggedOtherwise } }
  /// Whether both have the same runs, and nothing differs in them.
  public var isEmpty: Bool { onlyBefore.isEmpty && onlyAfter.isEmpty && runs.allSatisfy(\.difference.isEmpty) }
}
