import Primitives

/// How long each level of use lasted: what any threshold looks like can be asked afterwards.
struct LevelTimes: Hashable, Sendable {
  /// Levels above it count as it.
  private static let levelMax = 0xFFFF
  /// At the index of the level.
  private var spans: [Instant.Span] = []
  private var since: Instant?

  /// `level` lasted from the last call's instant until `now`; time before the first call, or of a clock that was put
  /// back, counts for none.
  mutating func note(_ level: Int, until now: Instant) {
    defer { since = now }
    guard let since, since < now else { return }
    let index = min(max(level, 0), Self.levelMax)
    if spans.count <= index { spans += repeatElement(.zero, count: index + 1 - spans.count) }
    spans[index] = spans[index] + (now - since)
  }

  /// The time of all levels that `counts` picks.
  func time(where counts: (Int) -> Bool) -> Instant.Span {
    spans.indices.reduce(.zero) { counts($1) ? $0 + spans[$1] : $0 }
  }
}
