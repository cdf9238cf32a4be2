import Primitives

/// Finds in a text what belongs to somebody: numbers, addresses, hosts and secrets, each with its line and column.
///
/// Text is not understood: a number is what begins with `+` or `0` and has seven digits or more, a host is a word with
/// dots and a domain of letters in an address or an e-mail address, a secret is what stands behind a name of one. What
/// looks like an address behind a key of a version is one of firmware.
public enum TextCheck {
  /// A finding and its place, counted from 1.
  public struct Finding: Sendable {
    /// The line.
    public let line: Int
    /// The first character, of the line.
    public let column: Int
    /// One line for people; a secret is not in it.
    public let what: String
  }

  /// Findings at most of one text.
  public static let findingsMax = 10_000

  private static let secretNames: Set<String> = [
    "password", "secret", "clientsecret", "client_secret", "refreshtoken", "refresh_token", "accesskey",
    "securitytoken",
    "authtoken", "apikey", "api_key", "access_token",
  ]
  /// Words by which a secret says that it opens nothing.
  private static let harmless = ["example", "loopback", "invented", "fictional", "redacted", "secret", "test", "dummy"]

  /// In the order of the text.
  public static func findings(in text: String) -> [Finding] {
    var result: [Finding] = []
    // The key whose elements stand on lines of their own.
    var listKey = ""
    for (place, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      guard result.count < findingsMax else { break }
      let characters = Array(line)
      if let key = keyAtEnd(characters) { listKey = key }
      for (column, what) in numbers(characters) + words(characters, listKey: listKey) + secrets(characters) {
        result.append(Finding(line: place + 1, column: column + 1, what: what))
      }
    }
    return result
  }

  private static func numbers(_ line: [Character]) -> [(Int, String)] {
    var result: [(Int, String)] = []
    var place = 0
    while place < line.count {
      let before = place > 0 ? line[place - 1] : " "
      let isStart = line[place] == "+" || (line[place] == "0" && !before.isNumber)
      guard isStart, !before.isLetter, !before.isNumber, !".:-_/+".contains(before) else {
        place += 1
        continue
      }
      var end = place + 1
      let separators = " -()/"
      while end < line.count, line[end].isASCII, line[end].isNumber || separators.contains(line[end]) { end += 1 }
      while end > place + 1, separators.contains(line[end - 1]) { end -= 1 }
      let digits = String(line[place..<end].filter { $0.isNumber || $0 == "+" })
      // A zero and a dash begin dates as well.
      let isLong =
        digits.count >= 8 && digits.count <= (line[place] == "+" ? 16 : 14)
        && (end >= line.count || !line[end].isLetter && line[end] != ":")
      if isLong, !NumberCheck.isFictional(digits) { result.append((place, "the number \(digits) may be somebody's")) }
      place = end
    }
    return result
  }

  /// The key that a line ends with; nil where there is none, and the text where the line begins something else.
  private static func keyAtEnd(_ line: [Character]) -> String? {
    guard let last = line.last(where: { !$0.isWhitespace }) else { return nil }
    if last == ":" { return key(before: line.count, in: line) }
    return line.first { !$0.isWhitespace } == "-" ? nil : ""
  }

  /// The last word with a colon behind it in front of a place.
  private static func key(before place: Int, in line: [Character]) -> String? {
    guard let colon = line.indices.last(where: { $0 < place && line[$0] == ":" }) else { return nil }
    let front = line[..<colon].reversed().drop { $0 == "\"" || $0 == " " }
    return String(String(front.prefix { $0.isLetter || $0 == "_" }).reversed()).lowercased()
  }

  private static func words(_ line: [Character], listKey: String) -> [(Int, String)] {
    var result: [(Int, String)] = []
    var place = 0
    while place < line.count {
      guard isHostSign(line[place]) || line[place] == "[" else {
        place += 1
        continue
      }
      var end = place + 1
      while end < line.count, isHostSign(line[end]) || line[end] == ":" || line[end] == "]" { end += 1 }
      let word = String(line[place..<end])
      let bracket = word.hasPrefix("[") && word.contains(".") ? 1 : 0
      let key = key(before: place, in: line) ?? listKey
      if !["version", "firmware"].contains(where: { key.contains($0) }),
        let what = finding(
          word, before: place > 0 ? line[place - 1] : " ", twoBefore: place > 1 ? line[place - 2] : " ")
      {
        result.append((place + bracket, what))
      }
      place = end
    }
    return result
  }

  private static func finding(_ word: String, before: Character, twoBefore: Character) -> String? {
    var trimmed = String(word.drop { $0 == "." || $0 == "-" })
    while let last = trimmed.last, last == ":" || last == "." || last == "]" && !trimmed.contains("[") {
      trimmed.removeLast()
    }
    // A bracket may be a list's.
    if trimmed.hasPrefix("["), IPEndpoint(trimmed) == nil { trimmed = trimmed.filter { $0 != "[" && $0 != "]" } }
    if let endpoint = IPEndpoint(trimmed) {
      let isAddress = trimmed.contains(".") && trimmed.count >= 7 || trimmed.count(where: { $0 == ":" }) >= 2
      guard isAddress, !AddressRenaming.isOfNobody(endpoint.address) else { return nil }
      return "the address \(endpoint.address) may be somebody's"
    }
    let isPlace = before == "@" || before == "/" && twoBefore == "/"
    let host = String(trimmed.prefix { $0 != ":" })
    guard isPlace, host.contains("."), host.last?.isLetter == true, !Hosts.isFictional(host) else { return nil }
    return "the host \(host) may be somebody's"
  }

  private static func isHostSign(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber || character == "." || character == "-")
  }

  /// `name: value` and `"name": "value"`.
  private static func secrets(_ line: [Character]) -> [(Int, String)] {
    var result: [(Int, String)] = []
    for colon in line.indices where line[colon] == ":" || line[colon] == "=" {
      let front = line[..<colon].reversed().drop { $0 == "\"" || $0 == " " }
      let name = String(String(front.prefix { $0.isLetter || $0 == "_" }).reversed()).lowercased()
      guard secretNames.contains(name) else { continue }
      let value = String(line[(colon + 1)...].drop { " \"'".contains($0) }.prefix { !" \"',}&".contains($0) })
      let isHarmless = harmless.contains { value.lowercased().contains($0) }
      if value.count >= 4, !isHarmless, !value.hasPrefix("{"), !value.hasPrefix("<") {
        result.append((colon + 1, "behind `\(name)` stands what may be a secret"))
      }
    }
    return result
  }
}
