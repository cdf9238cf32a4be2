/// A request that no recorded one fits, beside the one that comes closest.
public struct CassetteMismatch: Error, Hashable, Sendable, CustomStringConvertible {
  /// The how-many-th request of the run.
  public let number: Int
  /// Without secrets.
  public let wanted: CassetteRequest
  /// nil when everything recorded has been played.
  public let closest: Cassette.Entry?

  /// Both requests, one under the other, and what differs underlined.
  public var description: String {
    let first = "request \(number) (\(wanted.purpose)) was not recorded"
    guard let closest else { return "\(first), and nothing is left on the cassette:\n  wanted    \(wanted.text)" }
    let (left, right) = (wanted.text, closest.request.text)
    return """
      \(first); the closest is in line \(closest.line):
        wanted    \(left)
        recorded  \(right)
                  \(Self.marks(left, right))
      """
  }

  /// `^` under the part from the first to the last character that differs.
  static func marks(_ left: String, _ right: String) -> String {
    let (left, right) = (Array(left), Array(right))
    let before = zip(left, right).prefix { $0 == $1 }.count
    let room = min(left.count, right.count) - before
    let after = min(room, zip(left.reversed(), right.reversed()).prefix { $0 == $1 }.count)
    let length = max(left.count, right.count) - before - after
    return String(repeating: " ", count: before) + String(repeating: "^", count: max(1, length))
  }

  /// The one that shares most: method, host and path count more than the length of what is the same.
  static func closest(to wanted: CassetteRequest, among entries: [Cassette.Entry]) -> Cassette.Entry? {
    var best: (score: Int, entry: Cassette.Entry)?
    for entry in entries.prefix(comparedMax) {
      let score = self.score(wanted, entry.request)
      if score > best?.score ?? -1 { best = (score, entry) }
    }
    return best?.entry
  }

  /// A cassette of nothing but mismatches must not take long to say so.
  private static let comparedMax = 10_000

  private static func score(_ wanted: CassetteRequest, _ other: CassetteRequest) -> Int {
    var score = 0
    if wanted.purpose == other.purpose { score += 1000 }
    if wanted.method == other.method { score += 1000 }
    if wanted.host == other.host { score += 2000 }
    if wanted.path == other.path { score += 4000 }
    let (left, right) = (wanted.text.utf8, other.text.utf8)
    return score + zip(left, right).prefix { $0 == $1 }.count
      + zip(left.reversed(), right.reversed()).prefix { $0 == $1 }.count
  }
}
