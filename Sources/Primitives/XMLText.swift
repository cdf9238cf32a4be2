/// Text within XML 1.0. What that cannot hold at all, however it is written, is left out.
public enum XMLText {
  /// Text as it may stand between tags or in an attribute.
  public static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars where isHeld(scalar) {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&apos;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Text as it may stand between tags, its markup unescaped: one CDATA section, or several where the text has the mark
  /// that ends one.
  public static func section(_ text: String) -> String {
    var inside = ""
    inside.unicodeScalars.append(contentsOf: text.unicodeScalars.filter(isHeld))
    return "<![CDATA["
      + inside.split(separator: "]]>", omittingEmptySubsequences: false)
      .joined(separator: "]]]]><![CDATA[>") + "]]>"
  }

  /// XML 1.0 section 2.2.
  private static func isHeld(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\t", "\n", "\r", " "..."\u{d7ff}", "\u{e000}"..."\u{fffd}", "\u{10000}"..."\u{10ffff}": true
    default: false
    }
  }
}
