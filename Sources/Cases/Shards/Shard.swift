/// One of several parts of a suite, counted from 1: `3/8`.
public struct Shard: Hashable, Sendable {
  /// From 1 to `count`.
  public let number: Int
  /// How many parts there are.
  public let count: Int

  /// Parts of a suite at most.
  public static let countMax = 10_000

  /// nil for a number or count out of its range.
  public init?(number: Int, count: Int) {
    guard (1...Self.countMax).contains(count), (1...count).contains(number) else { return nil }
    (self.number, self.count) = (number, count)
  }

  /// Reads `k/n`; nil for anything else.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } }),
      let number = Int(parts[0]), let count = Int(parts[1])
    else { return nil }
    self.init(number: number, count: count)
  }

  /// `3/8`.
  public var text: String { "\(number)/\(count)" }
}
