/// Text from a CRM or for one, on one line: names end in a SIP header and in a CDR.
enum DisplayText {
  /// Without control characters and not longer than a single-line field of Zoho's; nil when nothing is left.
  static func line(_ text: String, limit: Int = 255) -> String? {
    // Most texts are one plain line already, with single spaces between the words.
    if text.utf8.count <= limit, isPlain(text.utf8) { return text.isEmpty ? nil : text }
    let scalars = text.unicodeScalars.prefix(limit).map { scalar in
      let category = scalar.properties.generalCategory
      let breaksLine = category == .control || category == .lineSeparator || category == .paragraphSeparator
      return breaksLine ? " " : scalar
    }
    let words = String(String.UnicodeScalarView(scalars)).split(separator: " ")
    return words.isEmpty ? nil : words.joined(separator: " ")
  }

  private static func isPlain(_ bytes: String.UTF8View) -> Bool {
    var followsSpace = true
    for byte in bytes {
      guard (32..<127).contains(byte), byte != 32 || !followsSpace else { return false }
      followsSpace = byte == 32
    }
    return bytes.isEmpty || !followsSpace
  }
}
