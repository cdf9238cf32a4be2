/// How far two files' clocks are apart, found from rows that can only be each other's.
enum ClockOffset {
  /// Seconds to add to the times of theirs, and how many pairs of rows say so.
  struct Estimate: Hashable, Sendable {
    var seconds: Int64
    var pairs: Int
  }

  /// Rows alike of which all pairs are looked at.
  private static let alikeMax = 8

  /// The offset that most pairs of rows alike but for their time have in common, to two seconds; nil where there are
  /// fewer than three such pairs or no offset stands out.
  static func estimate(ours: [ComparableRow], theirs: [ComparableRow]) -> Estimate? {
    var starts: [String: (ours: [Int64], theirs: [Int64])] = [:]
    for row in theirs { starts[signature(row), default: ([], [])].theirs.append(row.start) }
    for row in ours { starts[signature(row)]?.ours.append(row.start) }
    var votes: [Int64: Int] = [:]
    var voters = 0
    for group in starts.values where !group.ours.isEmpty {
      voters += min(group.ours.count, group.theirs.count)
      if max(group.ours.count, group.theirs.count) <= alikeMax {
        for our in group.ours { for their in group.theirs { votes[our - their, default: 0] += 1 } }
      } else if group.ours.count == group.theirs.count {
        for (our, their) in zip(group.ours, group.theirs) { votes[our - their, default: 0] += 1 }
      }
    }
    // Starts are cut to seconds, so one offset shows as two neighbours.
    let sums = votes.map { ($0.key, $0.value + (votes[$0.key - 1] ?? 0) + (votes[$0.key + 1] ?? 0), $0.value) }
    guard let best = sums.max(by: { ($0.1, $0.2, -abs($0.0), $0.0) < ($1.1, $1.2, -abs($1.0), $1.0) }),
      best.1 >= 3, best.1 * 2 >= voters
    else { return nil }
    return Estimate(seconds: best.0, pairs: best.1)
  }

  /// What stays the same whatever the clock and the names of trunks.
  private static func signature(_ row: ComparableRow) -> String {
    func plain(_ party: String) -> String { party.utf8.allSatisfy { (48...57).contains($0) } ? party : "?" }
    return "\(plain(row.party)) \(plain(row.dstParty)) \(row.outcome) \(row.duration)"
  }
}
