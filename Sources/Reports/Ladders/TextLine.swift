/// One line of a terminal, column by column, so that a label can lie over what is drawn already.
struct TextLine {
  /// What a stretch of text means, by which a terminal may colour it.
  enum Style: Hashable {
    case plain
    /// Of second rank: numbers of frames, life lines.
    case dim
    /// Names of columns.
    case title
    case tone(Ladder.Row.Tone)
  }

  private struct Cell {
    /// Empty behind a character of two columns.
    var text: String
    var style: Style
  }

  private var cells: [Cell] = []

  /// Columns used.
  var width: Int { cells.count }

  /// Writes `text`, which is printable, over what is there; what does not fit before `limit` is cut with `…`.
  mutating func put(_ text: String, at column: Int, _ style: Style = .plain, before limit: Int = .max) {
    guard column >= 0, column < limit else { return }
    let kept = limit == .max ? text : DisplayWidth.truncated(text, to: limit - column)
    while cells.count < column { cells.append(Cell(text: " ", style: .plain)) }
    var place = column
    for character in kept {
      let width = DisplayWidth.columns(of: String(character))
      if width == 0 {
        if place > 0, place <= cells.count { cells[place - 1].text.append(character) }
        continue
      }
      set(Cell(text: String(character), style: style), at: place)
      for extra in 1..<max(2, width) where extra < width { set(Cell(text: "", style: style), at: place + extra) }
      place += width
    }
  }

  private mutating func set(_ cell: Cell, at place: Int) {
    if place < cells.count { cells[place] = cell } else { cells.append(cell) }
  }

  /// Appends the line and its end; no spaces before the end.
  ///
  /// - Parameters:
  ///   - isASCII: draws lines with `|`, `-`, `+`, `<` and `>`; what else is not ASCII becomes `?`, a cut `~`.
  ///   - isColoured: with the escape sequences of ECMA-48 (SGR).
  func append(to text: inout String, isASCII: Bool, isColoured: Bool) {
    var last = cells.count
    while last > 0, cells[last - 1].text == " " { last -= 1 }
    var style = Style.plain
    for cell in cells.prefix(last) {
      if isColoured, cell.style != style, cell.text != " " {
        if style != .plain { text += "\u{1b}[0m" }
        text += cell.style.sequence
        style = cell.style
      }
      text += isASCII ? Self.ascii(cell.text) : cell.text
    }
    if isColoured, style != .plain { text += "\u{1b}[0m" }
    text += "\n"
  }

  private static func ascii(_ text: String) -> String {
    switch text {
    case "": " "
    case "│": "|"
    case "─": "-"
    case "╌": "."
    case "►", "→": ">"
    case "◄": "<"
    case "├", "┤", "┼": "+"
    case "…": "~"
    case "↔": "="
    default: text.utf8.allSatisfy { $0 < 0x80 } ? text : "?"
    }
  }
}

extension TextLine.Style {
  fileprivate var sequence: String {
    switch self {
    case .plain: ""
    case .dim: "\u{1b}[2m"
    case .title: "\u{1b}[1m"
    case .tone(.request): "\u{1b}[36m"
    case .tone(.provisional): "\u{1b}[33m"
    case .tone(.success): "\u{1b}[32m"
    case .tone(.failure): "\u{1b}[31m"
    case .tone(.challenge): "\u{1b}[35m"
    }
  }
}
