/// A value and the way to it, ready to be read as something.
///
/// Every reading method answers nil after it has reported what was wrong, so a reader goes on to the next value.
struct Entry {
  let value: YAMLValue
  let keyPath: String
  let errors: ErrorCollector

  func report(_ message: String, remedy: String? = nil) {
    errors.report(message, remedy: remedy, at: value.place, keyPath: keyPath)
  }

  /// A value as an error may show it: short, on one line, without control characters.
  static func shown(_ text: String) -> String {
    let scalars = text.unicodeScalars.prefix(40).map { scalar in
      scalar.properties.generalCategory == .control ? "\u{fffd}" : Character(scalar)
    }
    return String(scalars) + (text.unicodeScalars.count > 40 ? "…" : "")
  }

  /// The value's text, quoted or not. A bare `true`, `false`, `null` or nothing is not a text.
  func text(maxLength: Int = 128) -> String? {
    guard let (text, isPlain) = scalar(expected: "a text") else { return nil }
    if isPlain, text == "true" || text == "false" {
      report("expected a text, found \(text)", remedy: "put it in quotes if the text is meant")
      return nil
    }
    guard !text.isEmpty, text.count <= maxLength else {
      report(text.isEmpty ? "the text is empty" : "the text is longer than \(maxLength) characters")
      return nil
    }
    return text
  }

  /// A text that never appears in an error.
  func secret(maxLength: Int = 1024) -> String? {
    guard let (text, _) = scalar(expected: "a text") else { return nil }
    guard !text.isEmpty, text.count <= maxLength else {
      report(text.isEmpty ? "the text is empty" : "the text is longer than \(maxLength) characters")
      return nil
    }
    return text
  }

  /// - Parameter word: what may stand there instead, for the error; the caller has looked for it.
  func integer(in range: ClosedRange<Int>, orWord word: String? = nil) -> Int? {
    let wanted =
      "a whole number, \(range.lowerBound) to \(range.upperBound)" + (word.map { ", or \($0)" } ?? "")
    guard let (text, isPlain) = scalar(expected: wanted) else { return nil }
    guard isPlain, text.utf8.count <= 19, text.utf8.allSatisfy({ (48...57).contains($0) || $0 == 45 }),
      let number = Int(text), range.contains(number)
    else {
      report("expected \(wanted), found `\(Self.shown(text))`", remedy: isPlain ? nil : "write it without quotes")
      return nil
    }
    return number
  }

  func boolean() -> Bool? {
    guard let (text, isPlain) = scalar(expected: "true or false") else { return nil }
    if isPlain, text == "true" { return true }
    if isPlain, text == "false" { return false }
    let meant = ["yes": "true", "on": "true", "no": "false", "off": "false"][text.lowercased()] ?? text.lowercased()
    report(
      "expected true or false, found `\(Self.shown(text))`",
      remedy: meant == "true" || meant == "false" ? "write \(meant) without quotes" : nil)
    return nil
  }

  /// One of an enumeration's words.
  func choice<Choice: RawRepresentable<String> & CaseIterable>(of type: Choice.Type = Choice.self) -> Choice? {
    choice(among: Choice.allCases.map(\.rawValue)).flatMap(Choice.init)
  }

  /// One of these words.
  func choice(among words: [String]) -> String? {
    guard let (text, _) = scalar(expected: "one of \(words.joined(separator: ", "))") else { return nil }
    if words.contains(text) { return text }
    report(
      "expected one of \(words.joined(separator: ", ")); found `\(Self.shown(text))`",
      remedy: errors.nearest(to: text, among: words).map { "did you mean `\($0)`?" })
    return nil
  }

  /// A text that has to be of a form, by a parser that answers nil for any other.
  func parsed<Result>(as what: String, remedy: String? = nil, _ parse: (String) -> Result?) -> Result? {
    guard let text = text() else { return nil }
    guard let result = parse(text) else {
      report("`\(Self.shown(text))` is not \(what)", remedy: remedy)
      return nil
    }
    return result
  }

  /// The elements of a list.
  func list(max: Int = 20_000) -> [Entry] {
    guard case .sequence(let elements) = value.content else {
      report("expected a list, found \(value.kindName)", remedy: "start each element with `- `")
      return []
    }
    if elements.count > max { report("the list has \(elements.count) elements; no more than \(max) are read") }
    return elements.prefix(max).enumerated().map { index, element in
      Entry(value: element, keyPath: "\(keyPath)[\(index)]", errors: errors)
    }
  }

  /// Whether there is a list without elements; another kind of value has been reported by then.
  var isEmptyList: Bool {
    if case .sequence(let elements) = value.content { elements.isEmpty } else { false }
  }

  private func scalar(expected: String) -> (text: String, isPlain: Bool)? {
    guard case .scalar(let text, let isPlain) = value.content, !value.isNull else {
      let isBracketed = if case .sequence = value.content { true } else { false }
      report(
        "expected \(expected), found \(value.kindName)",
        remedy: isBracketed ? "put a text that starts with `[` in quotes" : nil)
      return nil
    }
    return (text, isPlain)
  }
}
