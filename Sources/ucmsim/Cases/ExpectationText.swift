import Cases

/// Expectations as the section `expect` of a case file, as `CaseFile` reads it back.
struct ExpectationText {
  let expectations: [Expectation]

  /// With the line `expect:` in front.
  var lines: [String] {
    var lines = ["expect:"]
    for kind in Expectation.RecordKind.allCases { lines += recordLines(kind) }
    var sections = Section()
    for expectation in expectations { Self.add(expectation, to: &sections) }
    return lines + sections.lines(indent: "  ") + orderLines + restLines
  }

  private func recordLines(_ kind: Expectation.RecordKind) -> [String] {
    let elements = expectations.flatMap { expectation -> [String] in
      guard case .records(kind, let fields, let count) = expectation.claim else { return [] }
      let condition =
        switch count {
        case .exactly(let count): String(count)
        case .compares(let sign, let count): CaseText.quoted("\(sign.rawValue) \(count)")
        }
      // Without fields every record is meant.
      guard !fields.isEmpty else { return ["    - count: \(condition)"] }
      return ["    - where: \(Self.text(fields))", "      count: \(condition)"]
    }
    return elements.isEmpty ? [] : ["  \(kind.rawValue):"] + elements
  }

  private var orderLines: [String] {
    let lines = expectations.flatMap { expectation -> [String] in
      guard case .order(let kind, let steps) = expectation.claim else { return [] }
      return ["    \(kind.rawValue):"] + steps.map { "      - \(Self.text($0))" }
    }
    return lines.isEmpty ? [] : ["  order:"] + lines
  }

  private var restLines: [String] {
    let kinds = expectations.compactMap { expectation -> String? in
      if case .nothingUnexpected(let kind) = expectation.claim { kind.rawValue } else { nil }
    }
    return kinds.isEmpty ? [] : ["  nothingUnexpected: [\(kinds.joined(separator: ", "))]"]
  }

  // MARK: The summary

  /// Keys with what stands under them, in the order in which they were added.
  private struct Section {
    private var keys: [String] = []
    private var texts: [String: String] = [:]
    private var lists: [String: [String]] = [:]
    private var sections: [String: Section] = [:]

    mutating func add(_ text: String, at path: some Collection<String>) {
      guard let key = path.first else { return }
      note(key)
      if path.count == 1 {
        texts[key] = text
      } else {
        sections[key, default: Section()].add(text, at: path.dropFirst())
      }
    }

    mutating func add(element: String, at path: some Collection<String>) {
      guard let key = path.first else { return }
      note(key)
      if path.count == 1 {
        lists[key, default: []].append(element)
      } else {
        sections[key, default: Section()].add(element: element, at: path.dropFirst())
      }
    }

    private mutating func note(_ key: String) {
      if !keys.contains(key) { keys.append(key) }
    }

    func lines(indent: String) -> [String] {
      keys.flatMap { key -> [String] in
        let start = indent + ExpectationText.key(key) + ":"
        if let text = texts[key] { return [start + " " + text] }
        if let list = lists[key] { return [start + " [" + list.joined(separator: ", ") + "]"] }
        return [start] + (sections[key]?.lines(indent: indent + "  ") ?? [])
      }
    }
  }

  private static func add(_ expectation: Expectation, to section: inout Section) {
    switch expectation.claim {
    case .summary(let path, let matcher): section.add(text(matcher), at: keys(of: path))
    case .onlyNames(let path, let names):
      let only = ["fates": "onlyFates", "remarks": "onlyRemarks"]
      let keys = path.dropLast() + [path.last.flatMap { only[$0] } ?? ""]
      section.add("[" + names.map(CaseText.quoted).joined(separator: ", ") + "]", at: keys)
    case .assumption(let name, let isLeanedOn):
      section.add(element: name, at: ["assumptions", isLeanedOn ? "leanedOn" : "notLeanedOn"])
    case .records, .order, .nothingUnexpected: break
    }
  }

  /// Where the case file has what the summary has at the path.
  private static func keys(of path: [String]) -> [String] {
    switch path.first {
    case "limits": ["ledger"] + path.dropFirst()
    case "failures": ["account", "brokenTraces"]
    case "calls": ["calls", path.last ?? ""]
    default: path
    }
  }

  // MARK: Values

  private static func text(_ fields: [Expectation.Field]) -> String {
    "{" + fields.map { "\(key($0.name)): \(text($0.matcher))" }.joined(separator: ", ") + "}"
  }

  private static func key(_ name: String) -> String {
    let isPlain = name.utf8.allSatisfy { byte in
      Character(UnicodeScalar(byte)).isLetter || Character(UnicodeScalar(byte)).isNumber || byte == UInt8(ascii: ".")
        || byte == UInt8(ascii: "_")
    }
    return isPlain && name.first?.isLetter == true ? name : CaseText.quoted(name)
  }

  private static func text(_ matcher: Matcher) -> String {
    switch matcher {
    case .equals(let text): CaseText.scalar(text)
    case .like(let pattern): "{like: \(CaseText.quoted(pattern.text))}"
    case .compares: CaseText.quoted(matcher.text)
    case .oneOf(let matchers): "[" + matchers.map(text).joined(separator: ", ") + "]"
    case .not(let matcher): "{not: \(text(matcher))}"
    case .exists(let isThere): "{exists: \(isThere)}"
    }
  }
}
