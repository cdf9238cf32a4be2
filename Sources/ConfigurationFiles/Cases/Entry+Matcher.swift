import Cases

extension Entry {
  /// What a value must be: a text or number, `>= 3`, a list of such, or a mapping of one of `matcherKeys`.
  func matcher() -> Matcher? {
    switch value.content {
    case .scalar(let text, let isPlain):
      if value.isNull { return .exists(false) }
      guard text.utf8.count <= 4096 else {
        report("the text is longer than 4096 bytes")
        return nil
      }
      // In quotes a comparison is one, too: YAML takes a bare `> 3` for a folded text.
      _ = isPlain
      return Matcher(scalar: text)
    case .sequence:
      let matchers = list(max: 1000).compactMap { $0.matcher() }
      if isEmptyList { report("the list is empty, so nothing can fit", remedy: "name at least one value") }
      return .oneOf(matchers)
    case .mapping:
      return matcherOfMapping()
    }
  }

  private static let matcherKeys = ["is", "like", "not", "exists", "between"]

  private func matcherOfMapping() -> Matcher? {
    guard let mapping = mapping(keys: Self.matcherKeys) else { return nil }
    let given = Self.matcherKeys.filter { mapping[$0] != nil }
    guard given.count == 1, let key = given.first, let entry = mapping[key] else {
      report(
        "expected exactly one of \(Self.matcherKeys.joined(separator: ", "))",
        remedy: "write a pattern as {like: \"An*\"}")
      return nil
    }
    switch key {
    case "is": return entry.text(maxLength: 4096).map(Matcher.equals)
    case "like": return entry.text(maxLength: 1024).map { .like(GlobPattern($0)) }
    case "not": return entry.matcher().map(Matcher.not)
    case "exists": return entry.boolean().map(Matcher.exists)
    default:
      let ends = entry.list(max: 2).compactMap { $0.number() }
      guard ends.count == 2, ends[0] <= ends[1] else {
        entry.report("expected two numbers, the smaller first", remedy: "write it as [1, 3]")
        return nil
      }
      return .not(.oneOf([.compares(.less, ends[0]), .compares(.more, ends[1]), .not(.compares(.atLeast, ends[0]))]))
    }
  }

  private func number() -> Double? {
    parsed(as: "a number") { text in Double(text).flatMap { $0.isFinite ? $0 : nil } }
  }

  /// `3`, or `>= 1`.
  func countCondition() -> CountCondition? {
    guard case .scalar(let text, _) = value.content else {
      report("expected a count such as 3 or \">= 1\", found \(value.kindName)")
      return nil
    }
    let range = 0.0...1_000_000_000
    switch Matcher(scalar: text) {
    case .compares(let sign, let number) where range.contains(number) && number.rounded() == number:
      return .compares(sign, Int(number))
    case .equals(let text):
      if let number = Int(text), range.contains(Double(number)) { return .exactly(number) }
    case .like, .compares, .oneOf, .not, .exists: break
    }
    report("`\(Self.shown(text))` is no count", remedy: "write a number, or a comparison in quotes as \">= 1\"")
    return nil
  }

  /// The scalar as it is written, for `--update`; nil for one in quotes or of several lines.
  var renewable: Expectation.Renewable? {
    guard case .scalar(let text, isPlain: true) = value.content else { return nil }
    return .init(place: SourcePlace(value.place), text: text)
  }
}
