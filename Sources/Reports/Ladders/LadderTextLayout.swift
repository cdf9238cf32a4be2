import PBXModel

/// Where a ladder's columns stand on a terminal.
///
/// The outermost titles hang inwards and the others stand centred on their life lines, so that three columns fit the
/// 80 of an old terminal. Labels stand between the PBX and its neighbours; further gaps have to hold titles only.
struct LadderTextLayout {
  /// With as many columns as fit; further callees share one.
  let ladder: Ladder
  /// Column of the terminal of each life line.
  let lifelines: [Int]
  /// What fits of each column's title.
  let titleWidths: [Int]
  /// Ports are left out where the addresses would be cut otherwise.
  let addresses: [String]
  /// Where notes begin, to the right of the picture.
  let notesStart: Int
  /// Whether notes that do not fit there go below their arrow, for want of room to wrap them in.
  let putsNotesBelow: Bool
  /// Width of the frame numbers.
  let frameWidth: Int

  static let timeWidth = 12
  static let deltaWidth = 9
  /// How far an outermost title reaches over its life line.
  static let overhang = 2
  /// What an arrow takes besides its label: both life lines, its point, dashes and blanks.
  static let arrowRoom = 6
  /// Beside the PBX; callees share a column rather than make it narrower.
  private static let labelGapWanted = 26
  /// Beside the PBX when no column can be spared.
  private static let labelGapMin = 17
  private static let gapMin = 12
  private static let gapMax = 100
  private static let notesWidthMin = 34

  init(_ ladder: Ladder, width: Int?) {
    let frames = ladder.rows.map { String($0.message.frame).utf8.count }.max() ?? 0
    frameWidth = max(5, frames)
    let gutter = frameWidth + Self.timeWidth + Self.deltaWidth + 4
    let outside = gutter + 2 * Self.overhang + 1
    var merged = ladder
    var gaps = Self.gaps(of: merged)
    if let width {
      while merged.columns.count > merged.pbxColumn + 2, Self.leastWidth(of: merged) + outside > width {
        merged = ladder.merged(toColumns: merged.columns.count - 1)
      }
      gaps = Self.shrunk(Self.gaps(of: merged), of: merged, labelGapMin: Self.labelGapWanted, to: width - outside)
      gaps = Self.shrunk(gaps, of: merged, labelGapMin: Self.labelGapMin, to: width - outside)
    }
    self.ladder = merged
    var lifelines = [gutter + Self.overhang]
    for gap in gaps { lifelines.append((lifelines.last ?? 0) + gap) }
    self.lifelines = lifelines
    let wanted = merged.columns.map { Self.titleWidth($0.name, $0.address) }
    let widths = Self.fitted(wanted, gaps: gaps)
    if widths == wanted {
      (titleWidths, addresses) = (widths, merged.columns.map(\.address))
    } else {
      titleWidths = Self.fitted(merged.columns.map { Self.titleWidth($0.name, $0.shortAddress) }, gaps: gaps)
      addresses = merged.columns.map(\.shortAddress)
    }
    let notesStart = (lifelines.last ?? 0) + Self.overhang + 3
    self.notesStart = notesStart
    putsNotesBelow = width.map { $0 - notesStart < Self.notesWidthMin } ?? false
  }

  private static func titleWidth(_ name: String, _ address: String) -> Int {
    max(
      DisplayWidth.columns(of: DisplayWidth.printable(name)),
      DisplayWidth.columns(of: DisplayWidth.printable(address)))
  }

  private static func gaps(of ladder: Ladder) -> [Int] {
    let titles = ladder.columns.map { titleWidth($0.name, $0.address) }
    let extents = titles.indices.map { Self.extents(titles[$0], $0, titles.count) }
    let pbx = ladder.pbxColumn
    var labels = (left: 0, right: 0)
    for row in ladder.rows {
      let width = DisplayWidth.columns(of: ladder.label(of: row)) + arrowRoom
      if ladder.columnOfLeg[row.message.leg] < pbx {
        labels.left = max(labels.left, width)
      } else {
        labels.right = max(labels.right, width)
      }
    }
    return titles.indices.dropLast().map { index in
      let title = extents[index].right + extents[index + 1].left + 3
      let label = index + 1 == pbx ? labels.left : index == pbx ? labels.right : 0
      return min(gapMax, max(index + 1 == pbx || index == pbx ? labelGapMin : gapMin, title, label))
    }
  }

  /// How far a title reaches to both sides of its life line.
  private static func extents(_ width: Int, _ index: Int, _ count: Int) -> (left: Int, right: Int) {
    if index == 0 { return (overhang, max(0, width - overhang - 1)) }
    if index == count - 1 { return (max(0, width - overhang - 1), overhang) }
    return (width / 2, (width - 1) / 2)
  }

  private static func gapMin(_ index: Int, _ ladder: Ladder, labelGapMin: Int) -> Int {
    index == ladder.pbxColumn || index + 1 == ladder.pbxColumn ? labelGapMin : gapMin
  }

  private static func leastWidth(of ladder: Ladder) -> Int {
    ladder.columns.indices.dropLast().reduce(0) { $0 + gapMin($1, ladder, labelGapMin: labelGapWanted) }
  }

  /// Takes columns from the widest gaps until they fit or are as narrow as they may be.
  private static func shrunk(_ gaps: [Int], of ladder: Ladder, labelGapMin: Int, to limit: Int) -> [Int] {
    var gaps = gaps
    var total = gaps.reduce(0, +)
    while total > limit {
      let widest = gaps.indices.filter { gaps[$0] > gapMin($0, ladder, labelGapMin: labelGapMin) }.max {
        gaps[$0] < gaps[$1]
      }
      guard let widest else { break }
      gaps[widest] -= 1
      total -= 1
    }
    return gaps
  }

  /// A title gives way to its neighbour where it is the longer one.
  private static func fitted(_ titles: [Int], gaps: [Int]) -> [Int] {
    var widths = titles
    for index in gaps.indices {
      while true {
        let left = extents(widths[index], index, widths.count).right
        let right = extents(widths[index + 1], index + 1, widths.count).left
        guard left + right + 3 > gaps[index], max(left, right) > 0 else { break }
        widths[left >= right ? index : index + 1] -= 1
      }
    }
    return widths
  }

  /// Where a title of that width begins.
  func titleStart(_ index: Int, width: Int) -> Int {
    lifelines[index] - Self.extents(width, index, lifelines.count).left
  }
}
