/// Text for an SVG document (XML 1.0 section 2.4).
enum SVGText {
  /// Fit for the content of an element or an attribute in double quotes.
  ///
  /// Control characters and those that turn the direction of writing become visible (`DisplayWidth.printable`), the
  /// two characters XML does not know become U+FFFD.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in DisplayWidth.printable(text).unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\u{fffe}", "\u{ffff}": result += "\u{fffd}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
