/// Finds secrets in any text of an HTTP exchange: a query, a form, JSON, `.properties`, a header's value.
///
/// By name (`refresh_token=…`, `"refresh_token":"…"`, `<n1:password>…</n1:password>`) and by form (`1000.` with two
/// times 32 hexadecimal digits; 32 or more of them alone). What is found is replaced, so that the text stays of its
/// kind.
struct SecretScanner {
  struct Find {
    let range: Range<Int>
    let kind: SecretKind
    /// A number where JSON has a string otherwise: its stand-in takes quotes.
    var isBare = false
  }

  private struct Value {
    let range: Range<Int>
    var isMember = false
    /// The text of an XML element.
    var isElement = false
    var isBare = false
  }

  let bytes: [UInt8]

  init(_ text: [UInt8]) { bytes = text }

  /// In the order of the text; no two overlap.
  func finds() -> [Find] {
    var result: [Find] = []
    var at = 0
    while at < bytes.count {
      guard Self.isWord(bytes[at]) else {
        at += 1
        continue
      }
      let word = at..<endOfWord(from: at)
      if let kind = name(word), let value = value(of: word), isSecret(value, kind) {
        result.append(Find(range: value.range, kind: kind, isBare: value.isBare))
        at = max(value.range.upperBound, word.upperBound)
      } else if let find = token(word) {
        result.append(find)
        at = find.range.upperBound
      } else {
        at = word.upperBound
      }
    }
    return result
  }

  /// The text with each find replaced.
  func replacing(_ replacement: (SecretKind, String) -> String) -> [UInt8] {
    var result: [UInt8] = []
    var copied = 0
    for find in finds() {
      result += bytes[copied..<find.range.lowerBound]
      let standIn = replacement(find.kind, String(decoding: bytes[find.range], as: UTF8.self))
      result += (find.isBare ? "\"\(standIn)\"" : standIn).utf8
      copied = find.range.upperBound
    }
    result += bytes[copied...]
    return result
  }

  private func name(_ word: Range<Int>) -> SecretKind? {
    guard word.count <= 32 else { return nil }
    return SecretKind.names[String(decoding: bytes[word], as: UTF8.self).lowercased()]
  }

  /// Answers have a `code` that says what went wrong, and pages one that shows some; `null` and the like are no secrets
  /// either.
  private func isSecret(_ value: Value, _ kind: SecretKind) -> Bool {
    if value.range.isEmpty || ((value.isMember || value.isElement) && kind == .code) { return false }
    guard value.isBare else { return true }
    return bytes[value.range].first.map { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ?? false
  }

  /// Where the value stands that belongs to a name: behind `=`, behind `":"`, in an XML element of that name, or on a
  /// multipart part's own line.
  private func value(of word: Range<Int>) -> Value? {
    let end = word.upperBound
    var at = end
    if byte(at) == UInt8(ascii: ">") { return element(word).map { Value(range: $0, isElement: true) } }
    if byte(at) == UInt8(ascii: "=") { return Value(range: at + 1..<endOfParameter(from: at + 1)) }
    guard byte(at) == UInt8(ascii: "\"") else { return nil }
    at = skipBlanks(from: at + 1)
    if byte(at) == UInt8(ascii: ":") {
      at = skipBlanks(from: at + 1)
      guard byte(at) == UInt8(ascii: "\"") else {
        return Value(range: at..<endOfLiteral(from: at), isMember: true, isBare: true)
      }
      return Value(range: at + 1..<endOfString(from: at + 1), isMember: true)
    }
    return multipartValue(after: end).map { Value(range: $0) }
  }

  /// `<name>value</name>`, with any prefix; the end has to be there, because stand-ins are written `<token>`.
  private func element(_ word: Range<Int>) -> Range<Int>? {
    let before = byte(word.lowerBound - 1)
    guard before == UInt8(ascii: "<") || before == UInt8(ascii: ":") else { return nil }
    let start = word.upperBound + 1
    guard let end = bytes[start...].firstIndex(of: UInt8(ascii: "<")), byte(end + 1) == UInt8(ascii: "/") else {
      return nil
    }
    let closing = bytes[(end + 2)...].prefix { $0 != UInt8(ascii: ">") }
    let name = closing.lastIndex(of: UInt8(ascii: ":")).map { closing[($0 + 1)...] } ?? closing
    return name.elementsEqual(bytes[word]) ? start..<end : nil
  }

  /// `name="password"` CR LF CR LF value CR LF.
  private func multipartValue(after end: Int) -> Range<Int>? {
    let opening: [UInt8] = [13, 10, 13, 10]
    var at = end
    while at + 4 <= bytes.count, at < end + 256 {
      if Array(bytes[at..<at + 4]) == opening {
        let start = at + 4
        return start..<(bytes[start...].firstIndex { $0 == 13 || $0 == 10 } ?? bytes.count)
      }
      at += 1
    }
    return nil
  }

  /// A token by its form; `1000.<32 hex>.<32 hex>` or at least 32 hexadecimal digits.
  private func token(_ word: Range<Int>) -> Find? {
    if Self.isHexadecimal(bytes[word]), word.count >= 32 { return Find(range: word, kind: .token) }
    let parts = bytes[word].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 3, parts[1].count >= 16, parts[2].count >= 16, Self.isHexadecimal(parts[1]),
      Self.isHexadecimal(parts[2])
    else { return nil }
    return Find(range: word, kind: .token)
  }

  private func byte(_ at: Int) -> UInt8? { bytes.indices.contains(at) ? bytes[at] : nil }

  private func endOfWord(from start: Int) -> Int { bytes[start...].firstIndex { !Self.isWord($0) } ?? bytes.count }

  private func skipBlanks(from start: Int) -> Int {
    guard start < bytes.count else { return bytes.count }
    return bytes[start...].firstIndex { $0 != 32 && $0 != 9 && $0 != 10 && $0 != 13 } ?? bytes.count
  }

  private func endOfParameter(from start: Int) -> Int {
    guard start < bytes.count else { return bytes.count }
    return bytes[start...].firstIndex { Self.endsParameter.contains($0) } ?? bytes.count
  }

  private func endOfLiteral(from start: Int) -> Int {
    guard start < bytes.count else { return bytes.count }
    return bytes[start...].firstIndex { Self.endsLiteral.contains($0) } ?? bytes.count
  }

  /// At the closing quote, an escaped one passed over.
  private func endOfString(from start: Int) -> Int {
    var at = start
    while at < bytes.count, bytes[at] != UInt8(ascii: "\"") {
      at += bytes[at] == UInt8(ascii: "\\") ? 2 : 1
    }
    return min(at, bytes.count)
  }

  private static let endsParameter: Set<UInt8> = Set("&\"'<> \r\n\t;".utf8)
  private static let endsLiteral: Set<UInt8> = Set(",}] \r\n\t".utf8)

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."):
      true
    default: false
    }
  }

  private static func isHexadecimal(_ bytes: some Sequence<UInt8>) -> Bool {
    bytes.allSatisfy {
      switch $0 {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
        UInt8(ascii: "A")...UInt8(ascii: "F"):
        true
      default: false
      }
    }
  }
}
