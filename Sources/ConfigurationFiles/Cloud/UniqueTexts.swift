/// Texts of which each may stand once. None is repeated in an error, because some are secrets.
final class UniqueTexts {
  private var lines: [String: Int] = [:]

  /// The text, after a report if it stands elsewhere already.
  func claim(_ text: String?, as what: String, at entry: Entry) -> String? {
    guard let text else { return nil }
    if let line = lines[text] {
      entry.report("this \(what) is already used in line \(line)", remedy: "give each its own")
    } else {
      lines[text] = entry.value.place.line
    }
    return text
  }

  /// The line in which the text stands; that of `entry` where it is new.
  func line(of text: String, at entry: Entry) -> Int {
    let line = lines[text] ?? entry.value.place.line
    lines[text] = line
    return line
  }
}
