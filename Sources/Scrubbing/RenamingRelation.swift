import JSON
import Primitives

/// Whether two runs' files say the same under two sets of names.
///
/// Lines are compared member by member and text by text. A text has to be the other's stand-in, word by word; a word
/// that stands for somebody in one place and for itself in another (`1000` as an extension and as milliseconds) may be
/// either. Digests and other long hexadecimal words, which change with what they were made of, have to be the same
/// wherever they were the same.
public struct RenamingRelation {
  private var names: [String: String] = [:]
  private var digests: [String: String] = [:]
  private var origins: [String: String] = [:]
  private var renaming: Renaming

  /// - Parameter renaming: one that is settled.
  public init(_ renaming: Renaming) {
    self.renaming = renaming
    for (original, pseudonym) in renaming.pairs { names[original.lowercased()] = pseudonym.lowercased() }
  }

  /// A difference: where it is in the line, and what stands there in both.
  public struct Difference: Sendable {
    /// The member, as `answer.data[0].Phone`; empty for the line.
    public let path: String
    /// In the run of the given traces.
    public let before: String
    /// In the run of the new ones.
    public let after: String
  }

  /// The first difference of two lines of JSON, or of two lines of another form; nil when they say the same.
  public mutating func difference(_ before: String, _ after: String) -> Difference? {
    if let first = JSONValue(parsing: Array(before.utf8)), let second = JSONValue(parsing: Array(after.utf8)) {
      return difference(first, second, "")
    }
    return areAlike(before, after) ? nil : Difference(path: "", before: before, after: after)
  }

  private mutating func difference(_ before: JSONValue, _ after: JSONValue, _ path: String) -> Difference? {
    switch (before, after) {
    case (.object(let first), .object(let second)) where first.count == second.count:
      for (one, other) in zip(first, second) {
        guard areAlike(one.name, other.name) else {
          return Difference(path: path, before: one.name, after: other.name)
        }
        if let found = difference(one.value, other.value, path.isEmpty ? one.name : path + "." + one.name) {
          return found
        }
      }
      return nil
    case (.array(let first), .array(let second)) where first.count == second.count:
      for (place, pair) in zip(first, second).enumerated() {
        if let found = difference(pair.0, pair.1, "\(path)[\(place)]") { return found }
      }
      return nil
    case (.string(let first), .string(let second)):
      // JSON and forms inside a text: what they say counts, not how long that is.
      if let one = JSONValue(parsing: Array(first.utf8)), let other = JSONValue(parsing: Array(second.utf8)),
        first.hasPrefix("{") || first.hasPrefix("[")
      {
        return difference(one, other, path)
      }
      return areAlike(first, second) ? nil : Difference(path: path, before: first, after: second)
    default:
      // How many bytes an answer has depends on the names in it.
      if before == after || path.hasSuffix("bytes") { return nil }
      let (one, other) = (
        String(decoding: before.bytes(), as: UTF8.self), String(decoding: after.bytes(), as: UTF8.self)
      )
      return areAlike(one, other) ? nil : Difference(path: path, before: one, after: other)
    }
  }

  /// Word by word, and the signs between them.
  private mutating func areAlike(_ before: String, _ after: String) -> Bool {
    if before == after { return true }
    let (first, second) = (before.lowercased(), after.lowercased())
    if names[first] == second { return true }
    let (plain, other) = (withAddresses(Self.plain(first)), Self.plain(second))
    if plain == other || renaming.name(plain).lowercased() == other { return true }
    if names[plain] == other || areChunksAlike(plain, other) { return true }
    let (words, others) = (Self.words(plain), Self.words(other))
    guard words.count == others.count else { return areHostsAlike(plain, other) }
    return zip(words, others).allSatisfy { isStandIn(String($0), String($1)) } || areHostsAlike(plain, other)
  }

  /// Column by column, of a line that has some.
  private mutating func areChunksAlike(_ before: String, _ after: String) -> Bool {
    let separators: (Character) -> Bool = { ",\"<>;|=&/".contains($0) }
    let (first, second) = (before.split(whereSeparator: separators), after.split(whereSeparator: separators))
    guard first.count == second.count else { return false }
    return zip(first, second).allSatisfy { one, other in
      isStandIn(String(one), String(other)) || areHostsAlike(String(one), String(other))
    }
  }

  /// The text with its bracketed addresses replaced: theirs are not as many words as their stand-ins have.
  private func withAddresses(_ text: String) -> String {
    guard text.contains("[") else { return text }
    var result = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "["), let close = rest[open...].firstIndex(of: "]") {
      let inner = rest.index(after: open)..<close
      result += rest[...open] + (names[String(rest[inner])] ?? String(rest[inner]))
      rest = rest[close...]
    }
    return result + rest
  }

  /// A host's name may have more or fewer labels than its stand-in: names first, then what is around them.
  private mutating func areHostsAlike(_ before: String, _ after: String) -> Bool {
    let separators: (Character) -> Bool = { " <>\"';,@/:&=?()[]{}|".contains($0) }
    let (first, second) = (before.split(whereSeparator: separators), after.split(whereSeparator: separators))
    guard first.count == second.count else { return false }
    return zip(first, second).allSatisfy { one, other in
      if names[String(one)] == String(other) { return true }
      let (words, others) = (Self.words(String(one)), Self.words(String(other)))
      return words.count == others.count && zip(words, others).allSatisfy { isStandIn(String($0), String($1)) }
    }
  }

  private mutating func isStandIn(_ before: String, _ after: String) -> Bool {
    if before == after || names[before] == after || renaming.name(before).lowercased() == after { return true }
    let isNumber = before.contains(where: \.isNumber) && before.allSatisfy { $0.isNumber || "+*#".contains($0) }
    if isNumber, renaming.number(before) == after { return true }
    if isNumber, before.count >= 4, before.count == after.count, isEnd(before, after) { return true }
    if isID(before, after) { return true }
    guard before.count >= 16, before.count == after.count, before.allSatisfy(\.isHexDigit),
      after.allSatisfy(\.isHexDigit)
    else { return false }
    if let known = digests[before] { return known == after }
    guard origins[after] == nil else { return false }
    (digests[before], origins[after]) = (after, before)
    return true
  }

  /// Salesforce's ids: three signs of the object, twelve of the record, and three more that follow from them.
  private func isID(_ before: String, _ after: String) -> Bool {
    guard [15, 18].contains(before.count), before.count == after.count, before.prefix(3) == after.prefix(3),
      let record = names[String(before.dropFirst(3).prefix(12))]
    else { return false }
    return after.dropFirst(3).prefix(12) == record
  }

  /// Whether some number ends with the digits, and its stand-in with the others: CRMs are asked for last digits.
  private func isEnd(_ before: String, _ after: String) -> Bool {
    names.contains { $0.key.hasSuffix(before) && $0.value.hasSuffix(after) }
  }

  private static func plain(_ text: String) -> String {
    text.contains("%") ? withoutGaps(PercentEncoding.decode(Array(text.utf8))) : text
  }

  /// `%1%2%3%`, by which CRMs are asked for digits with anything between them, as `%123%`.
  private static func withoutGaps(_ text: String) -> String {
    let (percent, digits) = (UInt8(ascii: "%"), UInt8(ascii: "0")...UInt8(ascii: "9"))
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    for (place, byte) in bytes.enumerated() {
      let isGap =
        byte == percent && place > 1 && place + 2 < bytes.count && bytes[place - 2] == percent
        && bytes[place + 2] == percent && digits.contains(bytes[place - 1]) && digits.contains(bytes[place + 1])
      if !isGap { result.append(byte) }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// Runs of letters, runs of digits with `+` and `*`, and every other sign by itself.
  private static func words(_ text: String) -> [Substring] {
    var result: [Substring] = []
    var rest = text[...]
    while let first = rest.first {
      let word: Substring
      if first.isLetter || first.isNumber {
        let run = rest.prefix { $0.isLetter || $0.isNumber }
        let isToken = run.contains(where: \.isLetter) && run.contains(where: \.isNumber) && run.count < 12
        word = isToken ? rest.prefix { first.isLetter ? $0.isLetter : $0.isNumber } : run
      } else {
        word = rest.prefix(1)
      }
      result.append(word)
      rest = rest.dropFirst(word.count)
    }
    return result
  }
}
