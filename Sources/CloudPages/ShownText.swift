extension String {
  /// The text as a page shows it: what would move or turn the text around it, or is no character to be seen, is marked.
  ///
  /// A name may come from anybody; with a right-to-left override in it, the number behind it would read as another.
  var shown: String {
    guard utf8.contains(where: { $0 < 0x20 || $0 >= 0x7F }) else { return self }
    guard unicodeScalars.contains(where: \.isUnshown) else { return self }
    return String(String.UnicodeScalarView(unicodeScalars.map { $0.isUnshown ? "\u{FFFD}" : $0 }))
  }
}

extension Unicode.Scalar {
  fileprivate var isUnshown: Bool {
    switch value {
    // Lines and columns of a text.
    case 0x09, 0x0A, 0x0D: false
    // https://www.unicode.org/reports/tr9/ section 2: formatting characters.
    case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
    default: false
    }
  }
}
