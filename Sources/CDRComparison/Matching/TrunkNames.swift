import PBXModel

/// A trunk under its two names.
public struct TrunkName: Hashable, Sendable {
  /// As the file's channels have it.
  public var theirs: String
  /// As the run's channels have it: `trunk_1`.
  public var ours: String
  /// How many rows pair under it; nil where it was given.
  public var rows: Int?

  /// A name that was given: not to be guessed.
  public init(theirs: String, ours: String) {
    self.theirs = theirs
    self.ours = ours
  }
}

/// Finds which of the run's trunks a party of the file is, where names differ.
enum TrunkNames {
  private static let neighboursMax = 16

  /// The names given, then those that explain most rows: a row whose other party, outcome and start agree counts for
  /// the two names it has. A party that the run knows under its own name is never renamed.
  static func find(
    ours: [ComparableRow], theirs: [ComparableRow], given: [TrunkName], tolerance: Int64, offset: Int64
  ) -> [TrunkName] {
    var free = Set(ours.flatMap { [$0.party, $0.dstParty] }.filter { $0.hasPrefix("trunk_") })
    let known = Set(ours.flatMap { [$0.party, $0.dstParty] }).union(given.map(\.theirs))
    free.subtract(theirs.lazy.flatMap { [$0.party, $0.dstParty] })
    free.subtract(given.map(\.ours))
    var unknown = Set(theirs.flatMap { [$0.party, $0.dstParty] }).subtracting(known)
    unknown.remove("")
    guard !free.isEmpty, !unknown.isEmpty else { return given }
    var votes = votes(ours, theirs, free: free, unknown: unknown, tolerance: tolerance, offset: offset)
    var names = given
    while let best = votes.max(by: { ($0.value, $1.key.theirs, $1.key.ours) < ($1.value, $0.key.theirs, $0.key.ours) })
    {
      var name = best.key
      votes = votes.filter { $0.key.theirs != name.theirs && $0.key.ours != name.ours }
      name.rows = best.value
      names.append(name)
    }
    return names
  }

  private static func votes(
    _ ours: [ComparableRow], _ theirs: [ComparableRow], free: Set<String>, unknown: Set<String>, tolerance: Int64,
    offset: Int64
  ) -> [TrunkName: Int] {
    var byOther: [String: [Int]] = [:]
    for (place, row) in ours.enumerated() {
      if free.contains(row.party) { byOther["< \(row.dstParty) \(row.outcome)", default: []].append(place) }
      if free.contains(row.dstParty) { byOther["> \(row.party) \(row.outcome)", default: []].append(place) }
    }
    var votes: [TrunkName: Int] = [:]
    func vote(_ name: String, _ key: String, _ start: Int64, _ party: (ComparableRow) -> String) {
      let places = byOther[key] ?? []
      var (low, high) = (0, places.count)
      while low < high {
        let middle = (low + high) / 2
        if ours[places[middle]].start < start - tolerance { low = middle + 1 } else { high = middle }
      }
      for place in places[low...].prefix(neighboursMax) {
        guard ours[place].start <= start + tolerance else { return }
        votes[TrunkName(theirs: name, ours: party(ours[place])), default: 0] += 1
      }
    }
    for row in theirs {
      let start = row.start + offset
      if unknown.contains(row.party) { vote(row.party, "< \(row.dstParty) \(row.outcome)", start) { $0.party } }
      if unknown.contains(row.dstParty) { vote(row.dstParty, "> \(row.party) \(row.outcome)", start) { $0.dstParty } }
    }
    return votes
  }
}
