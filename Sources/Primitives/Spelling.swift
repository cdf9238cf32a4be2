/// Which known word somebody probably meant.
public enum Spelling {
  /// Words longer than this are not compared, so that a hostile file costs nothing.
  public static let wordBytesMax = 64

  /// The word of `candidates` nearest to `word`, or nil when none is near enough to be worth suggesting.
  ///
  /// Case does not count. Near enough is one edit for every three letters, at least one but never the whole word;
  /// among equals the first in the alphabet wins, so the answer does not depend on the order of `candidates`.
  public static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
    let wanted = Array(word.lowercased().utf8)
    guard !wanted.isEmpty, wanted.count <= wordBytesMax else { return nil }
    let allowed = max(1, wanted.count / 3)
    let ranked = candidates.filter { abs($0.utf8.count - wanted.count) <= allowed }
      .map { (word: $0, distance: distance(from: wanted, to: Array($0.lowercased().utf8))) }
    return ranked.filter { $0.distance <= allowed && $0.distance < wanted.count }
      .min { ($0.distance, $0.word) < ($1.distance, $1.word) }?.word
  }

  /// Insertions, removals, replacements and swaps of neighbours that turn one word into the other.
  static func distance(from left: [UInt8], to right: [UInt8]) -> Int {
    guard right.count <= wordBytesMax else { return .max }
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for (row, byte) in left.enumerated() {
      var current = [row + 1]
      current.reserveCapacity(right.count + 1)
      for (column, other) in right.enumerated() {
        var best = min(last[column + 1], current[column]) + 1
        best = min(best, last[column] + (byte == other ? 0 : 1))
        if row > 0, column > 0, byte == right[column - 1], left[row - 1] == other {
          best = min(best, beforeLast[column - 1] + 1)
        }
        current.append(best)
      }
      beforeLast = last
      last = current
    }
    return last.last ?? 0
  }
}
