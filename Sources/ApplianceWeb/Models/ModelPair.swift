public import Primitives

/// Two models that took the same traffic.
struct ModelPair<State: WebState> {
  let first: State
  let second: State
  /// Asked for by the one page that shows it.
  let comparison: () -> ModelComparison
}

/// The model beside the one that is served, and in what their rows differ.
public struct BesideState<State: WebState & Sendable>: Sendable {
  /// What the web interface shows of it.
  public var state: State
  let comparison: @Sendable () -> ModelComparison

  /// - Parameter comparison: with the served one, which is the first; made where a page asks for it.
  public init(state: State, comparison: @autoclosure @escaping @Sendable () -> ModelComparison) {
    self.state = state
    self.comparison = comparison
  }
}

/// What came of a replay so far.
public struct RunTotals: Hashable, Sendable {
  /// Calls that took a place.
  public var calls: Int
  /// Calls for which there was no place.
  public var refused: Int
  /// CDR rows written.
  public var rows: Int
  /// System events raised or over.
  public var systemEvents: Int

  /// Takes all as they are.
  public init(calls: Int, refused: Int, rows: Int, systemEvents: Int) {
    self.calls = calls
    self.refused = refused
    self.rows = rows
    self.systemEvents = systemEvents
  }
}

/// In what the rows of two models differ, their numbering left out.
public struct ModelComparison: Hashable, Sendable {
  /// One call with other rows here than there.
  public struct Difference: Hashable, Sendable {
    /// When the call began.
    public var time: Instant
    /// Who called.
    public var caller: String
    /// What was dialled.
    public var callee: String
    /// What differs, in words, the first model's value before the second's.
    public var text: String

    /// Takes all as they are.
    public init(time: Instant, caller: String, callee: String, text: String) {
      self.time = time
      self.caller = caller
      self.callee = callee
      self.text = text
    }
  }

  /// Calls with the same rows.
  public var same = 0
  /// Calls with other rows.
  public var different = 0
  /// Calls with rows of the first model alone.
  public var onlyFirst = 0
  /// Calls with rows of the second model alone.
  public var onlySecond = 0
  /// The one whose call began first.
  public var earliest: Difference?
  /// The latest ones, the last one last.
  public var latest: [Difference] = []

  /// No call yet.
  public init() {}
}
