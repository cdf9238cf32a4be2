import CRMConnectors
import JSON

/// Bodies, queries and header fields of a description.
struct DescribedValueReader {
  let words: DescribedWords
  let scope: DescribedWords.Scope

  private static let caseKey = "$case"

  /// JSON with places: mappings and lists as they are, texts as templates; numbers, `true`, `false` and `null` without
  /// quotes keep their types.
  func value(_ entry: Entry, depth: Int = 0) -> DescribedValue? {
    switch entry.value.content {
    case .mapping(let pairs):
      if pairs.contains(where: { $0.key == Self.caseKey }) { return choice(entry) { value($0) } }
      let members = entry.dictionary(of: "members").compactMap { item in
        value(item.value, depth: depth + 1).map { DescribedValue.Member(item.key, $0) }
      }
      return .object(members)
    case .sequence: return .list(entry.list(max: 200).compactMap { value($0, depth: depth + 1) })
    case .scalar: return scalar(entry)
    }
  }

  private func scalar(_ entry: Entry) -> DescribedValue? {
    guard case .scalar(let text, let isPlain) = entry.value.content else { return nil }
    if entry.value.isNull { return .null }
    if isPlain, text == "true" || text == "false" { return .boolean(text == "true") }
    if isPlain, text.utf8.first.map({ (48...57).contains($0) || $0 == 45 }) ?? false, text.utf8.count < 20 {
      if let number = Int64(text) { return .integer(number) }
      if Double(text) != nil {
        entry.report("a number with a fraction is not kept exactly", remedy: "put it in quotes if the text is meant")
        return nil
      }
    }
    if text.isEmpty { return .template(DescribedTemplate(literal: "")) }
    return words.template(text, at: entry, in: scope).map { .template($0) }
  }

  /// `{$case: CallType, Inbound: …, Missed: …}`: every word of the variable, so that none is forgotten.
  private func choice(_ entry: Entry, _ read: (Entry) -> DescribedValue?) -> DescribedValue? {
    let items = entry.dictionary(of: "`$case` and the words of its variable")
    guard let name = items.first(where: { $0.key == Self.caseKey })?.value.text(),
      let (variable, kind) = words.variable(name, at: entry, in: scope)
    else { return nil }
    let wanted: [String]
    switch kind {
    case .word(let closed): wanted = closed
    case .boolean: wanted = ["true", "false"]
    case .text, .integer, .seconds, .instant:
      entry.report(
        "`\(name)` is no variable of few words",
        remedy: "`$case` takes CallType, EntityType, or a parameter of type choice or boolean")
      return nil
    }
    var cases: [String: DescribedValue?] = [:]
    for item in items where item.key != Self.caseKey {
      guard wanted.contains(item.key) else {
        item.keyEntry.report(
          "`\(Entry.shown(item.key))` is no word of `\(name)`", remedy: "its words: \(wanted.joined(separator: ", "))")
        continue
      }
      cases[item.key] = item.value.value.isNull ? .some(nil) : read(item.value)
    }
    let missing = wanted.filter { cases[$0] == nil && !items.map(\.key).contains($0) }
    guard missing.isEmpty else {
      entry.report(
        "`$case` of `\(name)` says nothing for \(missing.joined(separator: ", "))",
        remedy: "write `\(missing[0]):` with a value, or with nothing to leave the member out")
      return nil
    }
    return .choice(variable, cases)
  }

  /// A query, a form or header fields: names with single values.
  func members(_ entry: Entry) -> [DescribedValue.Member] {
    entry.dictionary(of: "names and values").compactMap { item in
      guard !item.key.isEmpty, item.key.utf8.allSatisfy({ (33..<127).contains($0) }) else {
        item.keyEntry.report("this is no name", remedy: "use visible ASCII characters without spaces")
        return nil
      }
      switch item.value.value.content {
      case .sequence:
        item.value.report(
          "a list is no single value", remedy: "repeat the name with brackets, as \"\(Entry.shown(item.key))[0]\"")
        return nil
      case .mapping(let pairs):
        guard pairs.contains(where: { $0.key == Self.caseKey }) else {
          item.value.report("a mapping is no single value", remedy: "write a text, or `$case`")
          return nil
        }
        return choice(item.value) { scalar($0) }.map { .init(item.key, $0) }
      case .scalar: return scalar(item.value).map { .init(item.key, $0) }
      }
    }
  }
}

extension Entry {
  /// The value as JSON, without places: an example's answer.
  func json() -> JSONValue {
    switch value.content {
    case .mapping: return .object(dictionary(of: "members").map { .init($0.key, $0.value.json()) })
    case .sequence: return .array(list(max: 1000).map { $0.json() })
    case .scalar(let text, let isPlain):
      guard isPlain else { return .string(text) }
      if value.isNull { return .null }
      if text == "true" || text == "false" { return .bool(text == "true") }
      if let number = Int64(text) { return .integer(number) }
      if text.utf8.first.map({ (48...57).contains($0) || $0 == 45 }) ?? false, let number = Double(text),
        number.isFinite
      {
        return .number(number)
      }
      return .string(text)
    }
  }

  /// A way into an answer.
  /// - Parameter plural: whether it may lead to several values.
  func path(plural: Bool) -> AnswerPath? {
    guard
      let path = parsed(
        as: "a path into an answer", remedy: "write names with points between, as properties.phone or results[0].id",
        AnswerPath.init)
    else { return nil }
    if path.isPlural, !plural {
      report("`\(path.text)` leads to several values, and one is meant", remedy: "leave the [] out or write [0]")
      return nil
    }
    return path
  }

  /// One path, or a list of them.
  func paths(plural: Bool) -> [AnswerPath] {
    switch value.content {
    case .scalar, .mapping: return path(plural: plural).map { [$0] } ?? []
    case .sequence:
      if isEmptyList { report("the list of paths is empty", remedy: "write at least one") }
      return list(max: 50).compactMap { $0.path(plural: plural) }
    }
  }
}
