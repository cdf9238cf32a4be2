/// Text broken between words where a line would be too long.
enum WrappedText {
  /// - Parameters:
  ///   - mark: stands before the text in the first line.
  ///   - hanging: columns by which further lines are indented more than the first.
  static func lines(_ text: String, indent: Int, hanging: Int, width: Int, mark: String = "") -> [String] {
    var lines: [String] = []
    var line = String(repeating: " ", count: indent) + mark
    let start = line
    let margin = String(repeating: " ", count: indent + hanging)
    var isEmpty = true
    for word in DisplayWidth.printable(text).split(separator: " ", omittingEmptySubsequences: true) {
      if !isEmpty, DisplayWidth.columns(of: line) + 1 + DisplayWidth.columns(of: word) > width {
        lines.append(line)
        line = margin + word
      } else {
        line += (isEmpty ? "" : " ") + word
      }
      isEmpty = false
    }
    lines.append(isEmpty ? start : line)
    return lines
  }
}
