/// Text with `[Word]` places, filled in one pass: what is filled in is never read as a template again.
struct TextTemplate {
  let text: String

  /// Words without a value stay as they stand.
  func filled(_ values: [(word: String, value: String)]) -> String {
    var result = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "[") {
      result += rest[..<open]
      rest = rest[open...]
      guard let hit = values.first(where: { rest.hasPrefix("[\($0.word)]") }) else {
        result += "["
        rest = rest.dropFirst()
        continue
      }
      result += hit.value
      rest = rest.dropFirst(hit.word.count + 2)
    }
    return result + rest
  }
}
