import PBXModel

/// Where things stand in a ladder's SVG, in pixels.
///
/// Nobody can measure text here, so widths are reckoned for a wide fixed-pitch font: 0.61 of its size for a column.
struct LadderSVGLayout {
  static let margin = 20
  static let boxHeight = 44
  static let noteLine = 16
  private static let rowHeight = 32
  private static let columnsMax = 44

  /// Right end of the frame numbers.
  let frameEnd: Int
  /// Left end of the times.
  let timeStart: Int
  /// Right end of the times since the row before.
  let deltaEnd: Int
  /// Middles of the columns.
  let lifelines: [Int]
  /// Left end of the notes.
  let notesStart: Int
  /// Lines above the picture, one for each leg.
  let legLines: [String]
  /// Top of the boxes with the columns' names.
  let boxTop: Int
  /// The line of each row's arrow.
  let rowLines: [Int]
  /// Where the life lines end.
  let end: Int
  /// Whether the names stand at the lower end too.
  let repeatsBoxes: Bool
  let width: Int
  let height: Int
  private let pbxColumn: Int

  init(_ ladder: Ladder, legLines: [String]) {
    let frames = ladder.rows.map { String($0.message.frame).utf8.count }.max() ?? 0
    frameEnd = Self.margin + Self.pixels(max(5, frames), size: 12)
    timeStart = frameEnd + 16
    deltaEnd = timeStart + Self.pixels(12, size: 13) + 12 + Self.pixels(10, size: 12)
    pbxColumn = ladder.pbxColumn
    self.legLines = legLines
    let boxes = ladder.columns.map(Self.boxWidth)
    var lifelines = [deltaEnd + 24 + (boxes.first ?? 0) / 2]
    for gap in Self.gaps(ladder, boxes) { lifelines.append((lifelines.last ?? 0) + gap) }
    self.lifelines = lifelines
    let right = (lifelines.last ?? 0) + (boxes.last ?? 0) / 2
    notesStart = right + 16
    boxTop = 28 + 40 + legLines.count * Self.noteLine + 4
    var y = boxTop + Self.boxHeight + 8
    var rowLines: [Int] = []
    var noteWidth = 0
    for row in ladder.rows {
      let lines = Self.noteLines(row)
      noteWidth = lines.reduce(noteWidth) { max($0, DisplayWidth.columns(of: $1)) }
      rowLines.append(y + 22)
      y += Self.rowHeight + max(0, lines.count - 1) * Self.noteLine
    }
    self.rowLines = rowLines
    end = y + (ladder.messagesLeftOut > 0 ? 44 : 20)
    repeatsBoxes = ladder.rows.count > 20
    height = end + (repeatsBoxes ? Self.boxHeight : 0) + Self.margin
    let heads = ladder.headLines.map { min(100, DisplayWidth.columns(of: DisplayWidth.printable($0))) }
    let texts = [
      noteWidth == 0 ? right : notesStart + Self.pixels(noteWidth, size: 12),
      Self.margin + Self.pixels(heads.first ?? 0, size: 17), Self.margin + Self.pixels(heads.last ?? 0, size: 13),
      Self.margin + Self.pixels(legLines.map { DisplayWidth.columns(of: $0) }.max() ?? 0, size: 12),
    ]
    width = (texts.max() ?? 0) + Self.margin
  }

  /// Between neighbours: room for their boxes, and beside the PBX for the labels.
  private static func gaps(_ ladder: Ladder, _ boxes: [Int]) -> [Int] {
    let pbx = ladder.pbxColumn
    var labels = (left: 0, right: 0)
    for row in ladder.rows {
      let width = pixels(DisplayWidth.columns(of: label(ladder, row)), size: 13) + 32
      if ladder.columnOfLeg[row.message.leg] < pbx {
        labels.left = max(labels.left, width)
      } else {
        labels.right = max(labels.right, width)
      }
    }
    return boxes.indices.dropLast().map { index in
      let label = index + 1 == pbx ? labels.left : index == pbx ? labels.right : 0
      return max(label, (boxes[index] + boxes[index + 1]) / 2 + 16)
    }
  }

  static func pixels(_ columns: Int, size: Int) -> Int { (columns * size * 61 + 99) / 100 }

  static func cut(_ text: String) -> String { DisplayWidth.truncated(DisplayWidth.printable(text), to: columnsMax) }

  static func label(_ ladder: Ladder, _ row: Ladder.Row) -> String {
    ladder.label(of: row, columns: 72)
  }

  static func noteLines(_ row: Ladder.Row) -> [String] {
    LadderText.wrapped(DisplayWidth.printable(row.notes.joined(separator: "; ")), to: LadderSVG.noteColumns)
  }

  private static func boxWidth(_ column: Ladder.Column) -> Int {
    let name = pixels(DisplayWidth.columns(of: cut(column.name)), size: 14)
    return max(name, pixels(DisplayWidth.columns(of: cut(column.address)), size: 12)) + 20
  }

  func boxWidth(_ column: Ladder.Column) -> Int { Self.boxWidth(column) }

  /// The middle between the PBX and its neighbour on that side, where labels stand.
  func labelMiddle(isCallee: Bool) -> Int {
    let neighbour = isCallee ? min(pbxColumn + 1, lifelines.count - 1) : max(pbxColumn - 1, 0)
    return (lifelines[pbxColumn] + lifelines[neighbour]) / 2
  }
}
