import PBXModel
import Primitives

/// A ladder as an SVG document that needs nothing else: colours for light and dark, text that can be read out,
/// searched and copied.
public struct LadderSVG {
  let ladder: Ladder
  let layout: LadderSVGLayout

  static let noteColumns = 64
  private static let legsMax = 20
  /// Columns of a picture that a screen can show; further callees share the last one.
  static let columnsMax = 14

  /// A document of all of the ladder's rows.
  public init(_ ladder: Ladder) {
    let ladder = ladder.merged(toColumns: Self.columnsMax)
    self.ladder = ladder
    layout = LadderSVGLayout(ladder, legLines: Self.legLines(ladder))
  }

  /// The whole document, the same bytes for the same ladder.
  public var text: String {
    var svg = LadderSVGStyle.head(width: layout.width, height: layout.height)
    svg += "<title id=\"title\">\(SVGText.escaped(ladder.title))</title>\n"
    svg += "<desc id=\"desc\">\(SVGText.escaped(description))</desc>\n"
    svg += LadderSVGStyle.sheet
    svg += "<rect class=\"paper\" width=\"100%\" height=\"100%\"/>\n"
    appendHead(to: &svg)
    for (column, x) in zip(ladder.columns, layout.lifelines) {
      svg += "<line class=\"life\" x1=\"\(x)\" y1=\"\(layout.boxTop)\" x2=\"\(x)\" y2=\"\(layout.end)\"/>\n"
      appendBox(column, x: x, y: layout.boxTop, to: &svg)
      if layout.repeatsBoxes { appendBox(column, x: x, y: layout.end, to: &svg) }
    }
    for (row, y) in zip(ladder.rows, layout.rowLines) { append(row, y: y, to: &svg) }
    if ladder.messagesLeftOut > 0 {
      svg += text("… \(ladder.messagesLeftOut) more", x: layout.frameEnd, y: layout.end - 8, "note", anchor: "end")
    }
    return svg + "</svg>\n"
  }

  private var description: String {
    let names = ladder.columns.map(\.name).joined(separator: ", ")
    let left = ladder.messagesLeftOut > 0 ? " \(ladder.messagesLeftOut) more are left out." : ""
    return "The SIP messages of the call in the order of the trace, from top to bottom. Columns from left to right: "
      + "\(names). \(ladder.rows.count) message\(ladder.rows.count == 1 ? "" : "s").\(left)"
  }

  private static func legLines(_ ladder: Ladder) -> [String] {
    let pbx = ladder.columns[ladder.pbxColumn].name
    var lines = ladder.legs.prefix(legsMax).enumerated().map { index, leg in
      let ways = leg.isOutgoing ? "\(pbx) → \(leg.name)" : "\(leg.name) → \(pbx)"
      return "Leg \(index + 1): \(ways), \(leg.outcome ?? "running"), Call-ID \(leg.callID)"
    }
    if ladder.legs.count > legsMax { lines.append("… \(ladder.legs.count - legsMax) more legs") }
    return lines.map { DisplayWidth.truncated(DisplayWidth.printable($0), to: 120) }
  }

  private func appendHead(to svg: inout String) {
    var y = 28
    for (index, line) in ladder.headLines.enumerated() {
      let line = DisplayWidth.truncated(DisplayWidth.printable(line), to: 100)
      svg += text(line, x: LadderSVGLayout.margin, y: y, index == 0 ? "head" : "plain")
      y += 20
    }
    for line in layout.legLines {
      svg += text(line, x: LadderSVGLayout.margin, y: y, "note")
      y += LadderSVGLayout.noteLine
    }
    let y1 = layout.boxTop + 27
    svg += text("frame", x: layout.frameEnd, y: y1, "note", anchor: "end")
    svg += text("time", x: layout.timeStart, y: y1, "note")
    svg += text("delta", x: layout.deltaEnd, y: y1, "note", anchor: "end")
  }

  private func appendBox(_ column: Ladder.Column, x: Int, y: Int, to svg: inout String) {
    let width = layout.boxWidth(column)
    let height = LadderSVGLayout.boxHeight
    svg +=
      "<g class=\"\(column.side.rawValue)\"><rect class=\"box\" x=\"\(x - width / 2)\" y=\"\(y)\" width=\"\(width)\" "
      + "height=\"\(height)\" rx=\"5\"/>\n"
    let name = LadderSVGLayout.cut(column.name)
    svg += text(name, x: x, y: y + (column.address.isEmpty ? 27 : 19), "name", anchor: "middle")
    if !column.address.isEmpty {
      svg += text(LadderSVGLayout.cut(column.address), x: x, y: y + 35, "note", anchor: "middle")
    }
    svg += "</g>\n"
  }

  private func append(_ row: Ladder.Row, y: Int, to svg: inout String) {
    let ends = ladder.ends(of: row)
    let names = (ladder.columns[ends.from].name, ladder.columns[ends.to].name)
    let again = row.retransmissionOf == nil ? "" : " again"
    svg +=
      "<g class=\"\(row.tone.rawValue)\(again)\"><title>"
      + SVGText.escaped(
        "Frame \(row.message.frame), \(names.0) to \(names.1): \(([row.label] + row.notes).joined(separator: "; "))")
      + "</title>\n"
    svg += text(String(row.message.frame), x: layout.frameEnd, y: y + 4, "note", anchor: "end")
    svg += text(ladder.timeZone.clock(row.message.time), x: layout.timeStart, y: y + 4, "plain")
    if let delta = row.delta {
      svg += text(delta.signedSeconds, x: layout.deltaEnd, y: y + 4, "note", anchor: "end")
    }
    appendArrow(from: layout.lifelines[ends.from], to: layout.lifelines[ends.to], y: y, to: &svg)
    let label = LadderSVGLayout.label(ladder, row)
    let middle = layout.labelMiddle(isCallee: max(ends.from, ends.to) > ladder.pbxColumn)
    svg += text(label, x: middle, y: y - 7, "label", anchor: "middle")
    for (index, line) in LadderSVGLayout.noteLines(row).enumerated() {
      svg += text(line, x: layout.notesStart, y: y + 4 + index * LadderSVGLayout.noteLine, "note")
    }
    svg += "</g>\n"
  }

  private func appendArrow(from: Int, to: Int, y: Int, to svg: inout String) {
    let back = from < to ? -1 : 1
    let base = to + 9 * back
    svg +=
      "<line class=\"arrow\" x1=\"\(from)\" y1=\"\(y)\" x2=\"\(base)\" y2=\"\(y)\"/>"
      + "<path class=\"point\" d=\"M\(to + back) \(y)L\(base) \(y - 4)V\(y + 4)Z\"/>\n"
  }

  private func text(_ text: String, x: Int, y: Int, _ style: String, anchor: String? = nil) -> String {
    let anchor = anchor.map { " text-anchor=\"\($0)\"" } ?? ""
    return "<text class=\"\(style)\" x=\"\(x)\" y=\"\(y)\"\(anchor)>\(SVGText.escaped(text))</text>\n"
  }
}
