/// Looks for few units with which something still fails, by delta debugging (Zeller and Hildebrandt, "Simplifying and
/// Isolating Failure-Inducing Input", 2002): takes away runs of units, long ones first, and keeps what still fails.
///
/// It proposes what to keep and takes the verdict. When it is done, no unit can be left out by itself: either it was
/// tried since the last change, or the search was told to stop before. The same verdicts give the same proposals.
public struct ShrinkSearch {
  /// The units that are left, by their numbers from 0, in order.
  public private(set) var kept: [Int]
  /// Whether taking away any single unit has been tried on just what is left.
  public private(set) var isMinimal = false

  /// How many units are taken away at once.
  private var length: Int
  /// The units from here on have been tried in this sweep; sweeps go from the end to the front, for what comes early in
  /// a trace is what later things stand on.
  private var end: Int
  private var hasChanged = false

  /// - Parameter count: of the units, all of which together fail.
  public init(count: Int) {
    kept = Array(0..<max(count, 0))
    length = kept.count
    end = kept.count
    isMinimal = kept.isEmpty
  }

  /// The units to try without the others; nil when the search is done.
  public var proposal: [Int]? {
    isMinimal ? nil : Array(kept[..<start] + kept[end...])
  }

  private var start: Int { max(0, end - length) }

  /// Takes the verdict on the proposal.
  ///
  /// - Parameter isFailing: whether it fails as all units together do.
  public mutating func take(isFailing: Bool) {
    guard !isMinimal else { return }
    if isFailing {
      kept.removeSubrange(start..<end)
      hasChanged = true
    }
    end = start
    if end == 0 { beginSweep() }
  }

  private mutating func beginSweep() {
    // A unit that was needed may be needed no longer once others are gone.
    isMinimal = kept.isEmpty || length == 1 && !hasChanged
    if length > 1 { length = min((length + 1) / 2, max(1, kept.count)) }
    hasChanged = false
    end = kept.count
  }
}
