import PBXModel
import Primitives

/// A ladder for the terminal: frame, time and time since the line before at the left, then the picture, then notes.
public struct LadderText {
  private let layout: LadderTextLayout
  private let width: Int?
  private let isASCII: Bool
  private let isColoured: Bool
  private var ladder: Ladder { layout.ladder }

  private static let legsMax = 50
  private static let noteLinesMax = 8
  /// With less room below an arrow, its notes begin at the first life line.
  private static let noteColumnsMin = 40

  /// - Parameters:
  ///   - width: columns of the terminal; nil cuts nothing.
  ///   - isASCII: draws without box characters, and prints no character that is not ASCII.
  public init(_ ladder: Ladder, width: Int?, isASCII: Bool = false, isColoured: Bool = false) {
    layout = LadderTextLayout(ladder, width: width)
    self.width = width
    self.isASCII = isASCII
    self.isColoured = isColoured
  }

  /// The whole picture, each line with its end.
  public var text: String {
    var text = ""
    for line in ladder.headLines { append(line, to: &text) }
    append("", to: &text)
    for line in legTable.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      append(String(line), to: &text)
    }
    append("", to: &text)
    appendTitles(to: &text)
    for row in ladder.rows { append(row, to: &text) }
    appendEnd(to: &text)
    return text
  }

  private func append(_ plain: String, to text: inout String) {
    var line = TextLine()
    line.put(DisplayWidth.printable(plain), at: 0, before: width ?? .max)
    append(line, to: &text)
  }

  private func append(_ line: TextLine, to text: inout String) {
    line.append(to: &text, isASCII: isASCII, isColoured: isColoured)
  }

  private var legTable: String {
    var table = TextTable([.init("LEG"), .init("PARTY"), .init("ENDED"), .init("CALL-ID")])
    for (index, leg) in ladder.legs.prefix(Self.legsMax).enumerated() {
      let party = leg.name == leg.address ? leg.name : "\(leg.name) \(leg.address)"
      table.append([
        String(index + 1), (leg.isOutgoing ? "to " : "from ") + party, leg.outcome ?? "running", leg.callID,
      ])
    }
    let left = ladder.legs.count - Self.legsMax
    return table.text(width: width) + (left > 0 ? "… \(left) more legs\n" : "")
  }

  private func appendTitles(to text: inout String) {
    for (index, texts) in [ladder.columns.map(\.name), layout.addresses].enumerated() {
      var line = TextLine()
      if index == 0 {
        line.put("FRAME", at: layout.frameWidth - 5, .dim)
        line.put("TIME", at: layout.frameWidth + 1, .dim)
        line.put("DELTA", at: layout.frameWidth + LadderTextLayout.timeWidth + LadderTextLayout.deltaWidth - 3, .dim)
      }
      for (column, title) in texts.enumerated() {
        let title = DisplayWidth.truncated(DisplayWidth.printable(title), to: layout.titleWidths[column])
        let start = layout.titleStart(column, width: DisplayWidth.columns(of: title))
        line.put(title, at: start, index == 0 ? .title : .dim)
      }
      append(line, to: &text)
    }
    append(lifelines(), to: &text)
  }

  private func lifelines() -> TextLine {
    var line = TextLine()
    for place in layout.lifelines { line.put("│", at: place, .dim) }
    return line
  }

  private func append(_ row: Ladder.Row, to text: inout String) {
    var line = lifelines()
    let frame = String(row.message.frame)
    line.put(frame, at: layout.frameWidth - frame.utf8.count, .dim)
    line.put(ladder.timeZone.clock(row.message.time), at: layout.frameWidth + 1)
    let delta = row.delta?.signedSeconds ?? ""
    let deltaEnd = layout.frameWidth + 2 + LadderTextLayout.timeWidth + LadderTextLayout.deltaWidth
    line.put(delta, at: deltaEnd - delta.utf8.count, .dim)
    draw(row, in: &line)
    let notes = DisplayWidth.printable(row.notes.joined(separator: "; "))
    let room = width.map { $0 - layout.notesStart } ?? .max
    guard layout.putsNotesBelow, DisplayWidth.columns(of: notes) > room else {
      let lines = Self.wrapped(notes, to: room)
      if let first = lines.first { line.put(first, at: layout.notesStart) }
      append(line, to: &text)
      for more in lines.dropFirst() { appendNote(more, at: layout.notesStart, to: &text) }
      return
    }
    append(line, to: &text)
    let ends = ladder.ends(of: row)
    var start = layout.lifelines[min(ends.from, ends.to)] + 2
    if let width, width - start < Self.noteColumnsMin { start = (layout.lifelines.first ?? 0) + 2 }
    for more in Self.wrapped(notes, to: width.map { $0 - start } ?? .max) { appendNote(more, at: start, to: &text) }
  }

  private func appendNote(_ note: String, at start: Int, to text: inout String) {
    var line = lifelines()
    // A blank on both sides keeps a note apart from the life lines it lies over.
    line.put((start > 0 ? " " : "") + note + " ", at: max(0, start - 1))
    append(line, to: &text)
  }

  private func draw(_ row: Ladder.Row, in line: inout TextLine) {
    let ends = ladder.ends(of: row)
    let (from, to) = (layout.lifelines[ends.from], layout.lifelines[ends.to])
    let isRightwards = from < to
    let (left, right) = (min(from, to), max(from, to))
    guard left < right else { return }
    let style = TextLine.Style.tone(row.tone)
    let dash: Character = row.retransmissionOf == nil ? "─" : "╌"
    line.put(String(repeating: dash, count: right - left - 1), at: left + 1, style)
    for place in layout.lifelines where left < place && place < right { line.put("┼", at: place, style) }
    line.put(isRightwards ? "├" : "┤", at: from, style)
    line.put(isRightwards ? "►" : "◄", at: isRightwards ? right - 1 : left + 1, style)
    // The label stands beside the PBX, where labels of all columns line up.
    let pbx = ladder.pbxColumn
    let isCallee = max(ends.from, ends.to) > pbx
    let start = isCallee ? layout.lifelines[pbx] : left
    let end = isCallee ? right : layout.lifelines[pbx]
    let room = end - start - LadderTextLayout.arrowRoom
    guard room > 0 else { return }
    let label = ladder.label(of: row, columns: room)
    line.put(" \(label) ", at: start + 2, style)
  }

  private func appendEnd(to text: inout String) {
    if ladder.messagesLeftOut > 0 {
      var line = lifelines()
      line.put("… \(ladder.messagesLeftOut) more", at: 0)
      append(line, to: &text)
    }
  }

  /// Lines of at most `limit` columns, broken between words; a longer word is cut.
  static func wrapped(_ text: String, to limit: Int) -> [String] {
    guard !text.isEmpty else { return [] }
    guard DisplayWidth.columns(of: text) > limit else { return [text] }
    var lines: [String] = []
    var line = ""
    var used = 0
    for word in text.split(separator: " ") {
      let word = DisplayWidth.truncated(String(word), to: max(1, limit))
      let width = DisplayWidth.columns(of: word)
      if !line.isEmpty, used + 1 + width > limit {
        lines.append(line)
        (line, used) = ("", 0)
        if lines.count == noteLinesMax { return lines.dropLast() + [(lines.last ?? "") + "…"] }
      }
      line += (line.isEmpty ? "" : " ") + word
      used += width + (used == 0 ? 0 : 1)
    }
    return lines + [line]
  }
}
