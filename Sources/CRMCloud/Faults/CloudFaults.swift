public import HTTPTypes
public import Primitives

/// A fault script at work: given requests in their order, which of them goes wrong and how.
///
/// The first rule that meets a request decides. The same rules, seed and requests give the same faults.
public struct CloudFaults: Sendable {
  /// Rules of one script.
  public static let maximumRules = 1000

  /// The script, in its order; past `maximumRules` nothing is kept.
  public let rules: [CloudFaultRule]
  /// How often each rule has been carried out.
  public private(set) var counts: [Int]
  /// How many requests each rule has looked at that fitted but for chance and count.
  private var fits: [Int]
  private var generator: SeededGenerator

  /// A script at its beginning; an empty one meets nothing.
  public init(rules: [CloudFaultRule] = [], seed: UInt64) {
    self.rules = Array(rules.prefix(Self.maximumRules))
    counts = self.rules.map { _ in 0 }
    fits = counts
    generator = SeededGenerator(seed: seed ^ 0x6661_756c_7473)
  }

  /// The rule that `request` meets at `now`. Called once for each request.
  public mutating func next(for request: HTTPRequest, at now: Instant) -> CloudFaultRule? {
    for index in rules.indices where meets(index, request, now) {
      counts[index] &+= 1
      return rules[index]
    }
    return nil
  }

  private mutating func meets(_ index: Int, _ request: HTTPRequest, _ now: Instant) -> Bool {
    let match = rules[index].match
    guard match.fits(request, at: now) else { return false }
    fits[index] &+= 1
    if let nth = match.nth, fits[index] != nth { return false }
    if let every = match.every, every > 0, fits[index] % every != 0 { return false }
    guard let probability = match.probability else { return true }
    // 53 bits are all a Double holds of the draw.
    return Double(generator.next() >> 11) / Double(1 << 53 as UInt64) < probability
  }
}

extension CloudFaultRule.Match {
  func fits(_ request: HTTPRequest, at now: Instant) -> Bool {
    if let from, now < from { return false }
    if let until, now >= until { return false }
    if let method, method != request.method.rawValue { return false }
    if let host, !Glob(host.lowercased()).matches(Self.name(request.authority ?? "")) { return false }
    let target = request.path ?? "/"
    if let path, !Glob(path).matches(String(target.prefix { $0 != "?" })) { return false }
    return true
  }

  private static func name(_ authority: String) -> String { authority.prefix { $0 != ":" }.lowercased() }
}

/// A pattern in which `*` stands for any run of characters.
struct Glob {
  private let pieces: [[UInt8]]

  init(_ pattern: String) {
    pieces = pattern.utf8.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false).map(Array.init)
  }

  func matches(_ text: String) -> Bool {
    guard let first = pieces.first, let last = pieces.last else { return false }
    var rest = Array(text.utf8)[...]
    guard pieces.count > 1 else { return rest.elementsEqual(first) }
    guard rest.starts(with: first) else { return false }
    rest = rest.dropFirst(first.count)
    for piece in pieces.dropFirst().dropLast() {
      guard let found = Self.find(piece, in: rest) else { return false }
      rest = rest[(found + piece.count)...]
    }
    return rest.count >= last.count && rest.suffix(last.count).elementsEqual(last)
  }

  private static func find(_ piece: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
    guard piece.count <= bytes.count else { return nil }
    return (bytes.startIndex...(bytes.endIndex - piece.count)).first { bytes[$0...].starts(with: piece) }
  }
}
