/// Text from a CRM or for one, on one line: names end in a SIP header and in a CDR.
enum DisplayText {
  /// Without control characters and not longer than a single-line field of Zoho's; nil when nothing is left.
  static func line(_ text: String, limit: Int = 255) -> String? {
    // Most texts are one plain line already.
    let bytes = text.utf8
    if bytes.count <= limit, bytes.allSatisfy({ (33..<127).contains($0) }) { return bytes.isEmpty ? nil : text }
    let scalars = text.unicodeScalars.prefix(limit).map { scalar in
      let category = scalar.properties.generalCategory
      let breaksLine = category == .control || category == .lineSeparator || category == .paragraphSeparator
      return breaksLine ? " " : scalar
    }
    let words = String(String.UnicodeScalarView(scalars)).split(separator: " ")
    return words.isEmpty ? nil : words.joined(separator: " ")
  }
}
