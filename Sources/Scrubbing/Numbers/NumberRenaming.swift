import PBXModel

/// Pseudonyms of numbers: as long as the number, of its kind, different for different numbers, and such that the site's
/// patterns match them as they matched the numbers.
///
/// Numbers are noted first and named together, in the order of their text, so that the pseudonyms do not depend on the
/// order of the trace.
struct NumberRenaming {
  /// Numbers noted at most; a capture has far fewer.
  static let numbersMax = 200_000

  /// Digits at most that are taken for a code in front of a number.
  private static let accessDigitsMax = 4
  /// Digits at least of a number that is met behind such a code.
  private static let numberDigitsMin = 7

  let rules: NumberRules
  private let key: ScrubKey
  private var noted: Set<String> = []
  /// Heads under which each outside number was met.
  private var heads: [String: Set<String>] = [:]
  private var countries: [String: String] = [:]
  private var insiders: Set<String> = []
  private(set) var inside: [String: String] = [:]
  private(set) var outside: [String: String] = [:]
  private var usedInside: Set<String> = []
  private var usedOutside: Set<String> = []
  private var blocks = NumberBlocks()

  init(key: ScrubKey, rules: NumberRules) {
    self.key = key
    self.rules = rules
  }

  /// Every number met, with its pseudonym.
  var pairs: [(original: String, pseudonym: String)] {
    noted.sorted().map { ($0, renamed($0) ?? $0) }
  }

  /// Every number met.
  var notedNumbers: [String] { noted.sorted() }

  mutating func note(_ digits: String) {
    guard noted.count < Self.numbersMax else { return }
    noted.insert(digits)
  }

  /// Digits in front of a number that is met without them too are a code for a line outside, also where no site file
  /// names it: what tells the two for one number then does so of their pseudonyms.
  private func parts(of digits: String) -> NumberParts {
    let parts = rules.parts(of: digits)
    guard parts.head.isEmpty, case .outside = parts.subscriber, digits.isAllDigits else { return parts }
    for count in 1...Self.accessDigitsMax where digits.count - count >= Self.numberDigitsMin {
      let rest = String(digits.dropFirst(count))
      guard noted.contains(rest) else { continue }
      var inner = rules.parts(of: rest)
      inner.head = digits.prefix(count) + inner.head
      return inner
    }
    return parts
  }

  private mutating func note(_ parts: NumberParts) {
    switch parts.subscriber {
    case .none: break
    case .inside(let number): insiders.insert(number)
    case .outside(let national, let country):
      heads[national, default: []].insert(parts.head)
      if let country { countries[national] = country }
    }
  }

  /// Names everything noted.
  mutating func settle() {
    for number in rules.inside { noted.insert(number); insiders.insert(number) }
    for pattern in rules.site.inboundRoutes.map(\.pattern) where pattern.wildcards.isEmpty { note(pattern.literal) }
    for digits in noted.sorted() { note(parts(of: digits)) }
    blocks = NumberBlocks(rules)
    for national in heads.keys.sorted() {
      if let tail = blocks.split(national)?.tail, tail.count >= 2 { insiders.insert(tail) }
    }
    blocks.name(key: key, originals: insiders)
    if let parking = rules.site.parking { nameSlots(parking.slots) }
    let single = insiders.sorted().filter { inside[$0] == nil }
    for number in single { nameInside(number) }
    keepOrder(of: single)
    for national in heads.keys.sorted() { nameOutside(national) }
  }

  /// nil for a number that was not noted and whose subscriber was not either.
  func renamed(_ digits: String) -> String? {
    let parts = parts(of: digits)
    switch parts.subscriber {
    case .none: return digits
    case .inside(let number): return inside[number].map { parts.head + $0 + parts.tail }
    case .outside(let national, _): return outside[national].map { parts.head + $0 + parts.tail }
    }
  }

  /// The text of a pattern that spells out numbers; others stay as they are.
  func renamed(pattern: DialPattern) -> String {
    let literal = pattern.literal
    if pattern.wildcards.isEmpty { return renamed(literal) ?? pattern.text }
    guard case .outside(let front, _) = rules.parts(of: literal).subscriber,
      let (_, tail) = blocks.split(front)
    else { return renamedHead(literal).map { $0 + pattern.wildcards } ?? pattern.text }
    let head = String(literal.dropLast(tail.count))
    return (renamedHead(head) ?? head) + blocks.renamed(insidePrefix: tail) + pattern.wildcards
  }

  /// Digits in front of extensions' numbers, as of a number shown outside; nil where they are none.
  func renamed(head: String) -> String? { renamedHead(head) }

  private func renamedHead(_ head: String) -> String? {
    guard case .outside(let front, _) = rules.parts(of: head).subscriber, let (block, tail) = blocks.split(front),
      let name = blocks.names[block]
    else { return nil }
    return String(head.dropLast(front.count)) + name + blocks.renamed(insidePrefix: tail)
  }

  private mutating func nameSlots(_ slots: ClosedRange<Int>) {
    let width = String(slots.lowerBound).count
    let (low, high) = (Self.power(width - 1), Self.power(width) - slots.count)
    guard width == String(slots.upperBound).count, low < high else { return }
    for attempt in 0..<2000 {
      var draws = key.draws("slots", "\(slots)", attempt: attempt)
      let first = low + draws.below(high - low)
      let isFree = (0..<slots.count).allSatisfy { offset in
        let number = String(first + offset)
        return !insiders.contains(number) && !usedInside.contains(number)
          && matchesAlike(String(slots.lowerBound + offset), number)
      }
      guard isFree else { continue }
      for offset in 0..<slots.count { take(String(slots.lowerBound + offset), String(first + offset)) }
      return
    }
    for slot in slots { take(String(slot), String(slot)) }
  }

  private static func power(_ exponent: Int) -> Int { (0..<max(exponent, 0)).reduce(1) { value, _ in value * 10 } }

  private mutating func take(_ number: String, _ pseudonym: String) {
    inside[number] = pseudonym
    usedInside.insert(pseudonym)
  }

  private mutating func nameInside(_ number: String) {
    let prefix = blocks.insidePrefix(of: number)
    let attempts = 4000
    for attempt in 0..<attempts {
      var draws = key.draws("inside", number, attempt: attempt)
      var candidate: String
      if let prefix {
        candidate = prefix.pseudonym + draws.digits(number.count - prefix.original.count)
      } else {
        candidate = number.hasPrefix("0") ? "0" : String(1 + draws.below(9))
        candidate += draws.digits(number.count - 1)
        // Another number's own digits are the last resort: they would look as if something had been left.
        if attempt < attempts / 2, insiders.contains(candidate) { continue }
        if blocks.insidePrefix(ofPseudonym: candidate) != nil { continue }
      }
      guard !usedInside.contains(candidate), matchesAlike(number, candidate), blocks.matchAlike(number, candidate)
      else { continue }
      return take(number, candidate)
    }
    take(number, firstFree(for: number))
  }

  /// Numbers of one length that all patterns match alike get their pseudonyms in order: what lists them sorted, and
  /// what counts along such a list, then goes on in the same order.
  private mutating func keepOrder(of numbers: [String]) {
    let patterns = rules.fixedPatterns
    var groups: [[Bool]: [String]] = [:]
    for number in numbers {
      var marks = patterns.map { $0.matches(number) } + blocks.marks(of: number)
      marks += (0..<20).map { $0 == min(number.count, 19) } + [number.hasPrefix("0")]
      groups[marks, default: []].append(number)
    }
    for group in groups.values {
      let names = group.compactMap { inside[$0] }.sorted()
      // Where nearly all numbers of a length are in use, the order would give most of them back to themselves.
      guard zip(group, names).allSatisfy({ $0 != $1 }) else { continue }
      for (number, name) in zip(group, names) { inside[number] = name }
    }
  }

  /// The number itself, or the first that nobody has.
  private func firstFree(for number: String) -> String {
    guard usedInside.contains(number) else { return number }
    let width = number.count
    for value in 0..<Self.power(min(width, 6)) {
      let digits = String(value)
      let candidate = String(repeating: "0", count: max(width - digits.count, 0)) + digits
      if !usedInside.contains(candidate) { return candidate }
    }
    return number
  }

  private mutating func nameOutside(_ national: String) {
    if let (block, tail) = blocks.split(national), let name = blocks.names[block] {
      let end = tail.isEmpty ? "" : inside[tail] ?? tail
      outside[national] = name + end
      usedOutside.insert(name + end)
      return
    }
    let written = heads[national, default: []].sorted()
    for attempt in 0..<1000 {
      let candidate = candidate(for: national, attempt: attempt)
      guard candidate.count == national.count, heads[candidate] == nil, !usedOutside.contains(candidate),
        !blocks.names.values.contains(where: { candidate.hasPrefix($0) }),
        written.allSatisfy({ matchesAlike($0 + national, $0 + candidate) })
      else { continue }
      outside[national] = candidate
      usedOutside.insert(candidate)
      return
    }
    outside[national] = national
    usedOutside.insert(national)
  }

  private func candidate(for national: String, attempt: Int) -> String {
    var draws = key.draws("outside", national, attempt: attempt)
    let ranges = FictionalRange.all.filter {
      $0.country == countries[national] && $0.nationalDigits == national.count
    }
    if attempt < 200, !ranges.isEmpty { return ranges[draws.below(ranges.count)].draw(&draws) }
    if attempt < 600 { return FictionalRange.invented(national.count, &draws) }
    // A pattern spells out the first digits.
    let kept = national.prefix(min(attempt < 800 ? 2 : 4, national.count))
    return kept + draws.digits(national.count - kept.count)
  }

  private func matchesAlike(_ number: String, _ candidate: String) -> Bool {
    rules.fixedPatterns.allSatisfy { $0.matches(number) == $0.matches(candidate) }
  }
}
