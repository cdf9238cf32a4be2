/// What was left out of a trace, and how often, for people to read.
public struct ScrubLosses: Sendable {
  /// Kinds of things told apart at most; further ones are counted together.
  public static let kindsMax = 500

  private var counts: [String: Int] = [:]

  /// Nothing left out.
  public init() {}

  /// Counts one more; names that senders choose are cut.
  mutating func add(_ what: String, count: Int = 1) {
    let name = counts[what] != nil || counts.count < Self.kindsMax ? what : "others"
    counts[name, default: 0] += count
  }

  /// Counts what was left out of a whole trace.
  public mutating func add(frames count: Int, _ what: String) { if count > 0 { add(what, count: count) } }

  /// What and how often, in the order of the text.
  public var entries: [(what: String, count: Int)] { counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } }
}
