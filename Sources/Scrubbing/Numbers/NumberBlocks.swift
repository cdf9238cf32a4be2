import PBXModel

/// Blocks of direct dial numbers: a front that is the site's, and behind it the number of an extension or group.
struct NumberBlocks {
  /// Digits behind a block's front at most.
  static let tailDigitsMax = NumberRules.insideDigitsMax

  /// Fronts as national numbers, and what stands for them.
  private(set) var names: [String: String] = [:]
  private var fronts: [String] = []
  private var countries: [String: String] = [:]
  /// Patterns of what follows a front, with their literal digits and what stands for those.
  private var tails: [(literal: String, pattern: DialPattern)] = []
  private(set) var prefixes: [(original: String, pseudonym: String)] = []

  /// No block.
  init() {}

  init(_ rules: NumberRules) {
    var found: Set<String> = []
    for head in rules.blockHeads {
      guard case .outside(let national, let country) = rules.parts(of: head).subscriber else { continue }
      found.insert(national)
      if let country { countries[national] = country }
    }
    // A front within another one is an extension's first digits.
    fronts = found.sorted().filter { front in !found.contains { $0 != front && front.hasPrefix($0) } }
    for pattern in rules.site.inboundRoutes.map(\.pattern) where !pattern.wildcards.isEmpty {
      guard case .outside(let national, _) = rules.parts(of: pattern.literal).subscriber,
        let (_, tail) = split(national), !tail.isEmpty, let rest = DialPattern(tail + pattern.wildcards)
      else { continue }
      tails.append((tail, rest))
    }
  }

  /// The front of a national number and what is behind it.
  func split(_ national: String) -> (front: String, tail: String)? {
    guard let front = fronts.first(where: { national.hasPrefix($0) }) else { return nil }
    let tail = String(national.dropFirst(front.count))
    return tail.count <= Self.tailDigitsMax ? (front, tail) : nil
  }

  /// Draws what stands for the fronts and for the literal digits behind them.
  mutating func name(key: ScrubKey, originals: Set<String>) {
    var used: Set<String> = []
    for front in fronts {
      for attempt in 0..<500 {
        var draws = key.draws("block", front, attempt: attempt)
        let range = FictionalRange.all.filter {
          $0.country == countries[front] && $0.prefix.count == front.count && $0.freeDigits >= 3
        }
        let candidate =
          attempt < 50 && !range.isEmpty
          ? range[draws.below(range.count)].prefix : FictionalRange.invented(front.count, &draws)
        guard candidate.count == front.count, !fronts.contains(candidate), used.insert(candidate).inserted else {
          continue
        }
        names[front] = candidate
        break
      }
      names[front] = names[front] ?? front
    }
    var usedPrefixes: Set<String> = []
    for literal in Set(tails.map(\.literal)).sorted() {
      for attempt in 0..<500 {
        var draws = key.draws("prefix", literal, attempt: attempt)
        let candidate = String(1 + draws.below(9)) + draws.digits(literal.count - 1)
        let isFree = !originals.contains { $0.hasPrefix(candidate) }
        guard isFree || attempt > 300, usedPrefixes.insert(candidate).inserted else { continue }
        prefixes.append((literal, candidate))
        break
      }
    }
  }

  /// The first digits that stand for those of a number inside, where a pattern spells them out.
  func insidePrefix(of number: String) -> (original: String, pseudonym: String)? {
    guard let tail = tails.first(where: { $0.pattern.matches(number) }) else { return nil }
    return prefixes.first { $0.original == tail.literal }
  }

  func insidePrefix(ofPseudonym number: String) -> (original: String, pseudonym: String)? {
    prefixes.first { number.hasPrefix($0.pseudonym) }
  }

  func renamed(insidePrefix literal: String) -> String {
    prefixes.first { $0.original == literal }?.pseudonym ?? literal
  }

  /// Which patterns behind the fronts match a number.
  func marks(of number: String) -> [Bool] { tails.map { $0.pattern.matches(number) } }

  /// Whether the patterns behind the fronts match a number's pseudonym as they match the number.
  func matchAlike(_ number: String, _ candidate: String) -> Bool {
    tails.allSatisfy { literal, pattern in
      let back =
        candidate.hasPrefix(renamed(insidePrefix: literal))
        ? literal + candidate.dropFirst(literal.count) : "-" + candidate
      return pattern.matches(number) == pattern.matches(back)
    }
  }
}
