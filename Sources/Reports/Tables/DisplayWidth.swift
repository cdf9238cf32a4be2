/// How many columns of a terminal a text takes.
///
/// After Unicode Standard Annex #11 (East Asian Width) and the emoji rules of UTS #51, an accent adds
/// nothing, a family emoji joined from four people is one picture of two columns. Terminals differ at the edges; this
/// is what the common ones do.
public enum DisplayWidth {
  /// The columns `text` takes, having no control characters (see `printable(_:)`).
  public static func columns(of text: some StringProtocol) -> Int {
    if text.utf8.allSatisfy({ 0x20..<0x7f ~= $0 }) { return text.utf8.count }
    return text.reduce(0) { $0 + columns(of: $1) }
  }

  /// The longest beginning of `text` that takes at most `limit` columns, with `…` as its last column when text is left
  /// out. A limit of 0 gives nothing.
  public static func truncated(_ text: String, to limit: Int) -> String {
    guard columns(of: text) > limit else { return text }
    guard limit > 0 else { return "" }
    var used = 0
    var kept = ""
    for character in text {
      let width = columns(of: character)
      guard used + width < limit else { break }
      used += width
      kept.append(character)
    }
    return kept + "…"
  }

  /// `text` with every character that would steer a terminal replaced by a visible one.
  ///
  /// Control characters become their pictures (U+2400…); U+0080–009F, line separators and characters that turn the
  /// direction of writing become U+FFFD. A display name comes from whoever calls, and must not move the cursor.
  public static func printable(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { picture(of: $0) != nil }) else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { result.append(picture(of: scalar) ?? scalar) }
    return String(result)
  }

  private static func picture(of scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar.value {
    case 0..<0x20: Unicode.Scalar(0x2400 + scalar.value)
    case 0x7f: "\u{2421}"
    case 0x80..<0xa0, 0x2028...0x202e, 0x2066...0x2069, 0x200e, 0x200f, 0x61c: "\u{fffd}"
    default: nil
    }
  }

  private static func columns(of character: Character) -> Int {
    let scalars = character.unicodeScalars
    // One picture, whatever is joined to it; U+FE0F asks for the picture of the character before it.
    if let first = scalars.first, first.properties.isEmojiPresentation { return 2 }
    if scalars.contains(where: { $0.value == 0xfe0f }) { return 2 }
    return scalars.reduce(0) { $0 + columns(of: $1) }
  }

  private static func columns(of scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x300 { return scalar.value == 0xad ? 0 : 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: break
    }
    // Vowels and finals of Hangul letters stand inside the block their consonant opened.
    if 0x1160...0x11ff ~= scalar.value || 0xd7b0...0xd7ff ~= scalar.value { return 0 }
    return isWide(scalar) ? 2 : 1
  }

  /// East Asian Width W or F, by block where a block is uniform; emoji by their own property.
  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x1100...0x115f, 0x2e80...0x303e, 0x3041...0x33ff, 0x3400...0x4dbf, 0x4e00...0x9fff, 0xa000...0xa4cf,
      0xa960...0xa97c, 0xac00...0xd7a3, 0xf900...0xfaff, 0xfe10...0xfe19, 0xfe30...0xfe6f, 0xff01...0xff60,
      0xffe0...0xffe6, 0x16fe0...0x18aff, 0x1b000...0x1b2ff, 0x20000...0x3fffd:
      true
    default: scalar.properties.isEmojiPresentation
    }
  }
}
