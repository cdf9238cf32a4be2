public import CDRComparison
import PBXModel
public import Primitives

/// The comparison of a run's CDRs with a file's as text: what nobody has explained first, then the known differences by
/// kind, then how many rows agree.
public struct ComparisonText: Sendable {
  /// Rows listed of one unexplained kind, unless all are wanted.
  static let rowsMax = 20

  private let comparison: Comparison
  private let file: CDRTable
  private let timeZone: SiteTimeZone
  private let showsAll: Bool

  /// - Parameter showsAll: list the explained rows as well, and every unexplained one.
  public init(_ comparison: Comparison, file: CDRTable, in timeZone: SiteTimeZone, showsAll: Bool = false) {
    self.comparison = comparison
    self.file = file
    self.timeZone = timeZone
    self.showsAll = showsAll
  }

  /// The whole text, with a line end behind each line.
  public var text: String {
    var text = remarks.map { $0 + "\n" }.joined()
    let groups = comparison.groups
    for (title, isKnown) in [("UNEXPLAINED", false), ("EXPLAINED", true)] {
      let groups = groups.filter { ($0.explanation != nil) == isKnown }
      guard !groups.isEmpty else { continue }
      if !text.isEmpty { text += "\n" }
      text += title + "\n"
      for group in groups { text += section(group) }
    }
    if !text.isEmpty { text += "\n" }
    return text + summary + "\n"
  }

  /// One line of counts.
  public var summary: String {
    let explained = comparison.agreeing - comparison.identical
    let differing = comparison.rows.filter(\.isPaired).count - comparison.agreeing
    let (run, other) = (comparison.rows.filter { $0.theirs == nil }, comparison.rows.filter { $0.ours == nil })
    var parts = ["\(comparison.agreeing) of \(comparison.rowCount) rows agree"]
    if explained > 0 { parts[0] += ", \(explained) of them but for what is explained" }
    if differing > 0 { parts.append("\(differing) differ") }
    for (rows, place) in [(run, "run"), (other, "file")] where !rows.isEmpty {
      let known = rows.count { $0.explanation != nil }
      parts.append("\(rows.count) only in the \(place), \(known) of them explained")
    }
    return parts.joined(separator: "; ")
  }

  /// What the comparison rests on.
  private var remarks: [String] {
    var remarks: [String] = []
    let writer =
      switch comparison.writer {
      case .asterisk: "Asterisk"
      case .appliance: "an appliance"
      }
    let clock =
      switch file.clock {
      case .utc: "UTC"
      case .site: "the site's clock, \(timeZone.name)"
      }
    remarks.append(
      "Rows: \(comparison.ours.count) of the run, \(comparison.theirs.count) of the file, written by \(writer) with "
        + "its times on \(clock).")
    for trunk in comparison.trunks {
      let why = trunk.rows.map { "guessed: \($0 == 1 ? "1 row pairs" : "\($0) rows pair") so" } ?? "given"
      remarks.append("Trunk \(DisplayWidth.printable(trunk.theirs)) of the file is \(trunk.ours) (\(why)).")
    }
    if let detected = comparison.detectedOffset, abs(detected - comparison.offset) > 1 {
      remarks.append(
        "The file's clock is \(abs(detected)) s \(detected > 0 ? "behind" : "ahead of") the run's; "
          + "--offset auto or --offset=\(detected) takes that out.")
    } else if comparison.offset != 0 {
      remarks.append("\(comparison.offset) s are added to the file's times.")
    }
    if !file.unknownColumns.isEmpty {
      remarks.append("Not compared: \(file.unknownColumns.map(DisplayWidth.printable).joined(separator: ", ")).")
    }
    if comparison.writer == .asterisk {
      remarks.append("Contexts, applications and userfield are each dialplan's own words and not compared.")
    }
    return remarks
  }

  private func section(_ group: Comparison.Group) -> String {
    let count = "\(group.rows.count) \(group.rows.count == 1 ? "row" : "rows")"
    var text = "  \(count): \(ComparisonWords.title(of: group.kind))"
    if let explanation = group.explanation {
      text += ". \(explanation.sentence) (\(explanation.certainty.rawValue): \(explanation.source))"
    }
    text += "\n"
    guard showsAll || group.explanation == nil else { return text }
    let shown = showsAll ? group.rows : Array(group.rows.prefix(Self.rowsMax))
    for place in shown { text += "    " + line(comparison.rows[place], group.kind) + "\n" }
    if shown.count < group.rows.count { text += "    … \(group.rows.count - shown.count) more; see --all\n" }
    return text
  }

  private func line(_ row: Comparison.Row, _ kind: Comparison.Kind) -> String {
    var places: [String] = []
    if let ours = row.ours { places.append("run row \(comparison.ours[ours].line)") }
    if let theirs = row.theirs { places.append("line \(comparison.theirs[theirs].line)") }
    guard let shown = row.ours.map({ comparison.ours[$0] }) ?? row.theirs.map({ comparison.theirs[$0] }) else {
      return ""
    }
    let start = shown.start + (row.ours == nil ? comparison.offset : 0)
    let parties = [shown[.channel], shown[.dstchannel]].filter { !$0.isEmpty }.joined(separator: " to ")
    let time = timeZone.local(Instant(seconds: start)).text
    var text = "\(places.joined(separator: ", ")): \(time) \(shown[.src]) > \(shown[.dst])"
    if !parties.isEmpty { text += ", \(parties)" }
    switch kind {
    case .onlyInRun, .onlyInFile:
      let app = shown[.lastapp].isEmpty ? "" : ", \(shown[.lastapp])"
      text += "\(app), \(shown.disposition), \(shown.duration) s, talk \(shown.billsec) s"
    case .field(let field):
      for difference in row.fields where difference.field == field {
        text += ": run \(quoted(difference.ours)), file \(quoted(difference.theirs))"
      }
    }
    return DisplayWidth.printable(text)
  }

  private func quoted(_ text: String) -> String { text.isEmpty ? "(empty)" : "'\(text)'" }
}

/// What kinds of differences are called.
enum ComparisonWords {
  static func title(of kind: Comparison.Kind) -> String {
    switch kind {
    case .onlyInRun: "only in the run"
    case .onlyInFile: "only in the file"
    case .field(let field): "\(field.rawValue) differs"
    }
  }

  static func name(of kind: Comparison.Kind) -> String {
    switch kind {
    case .onlyInRun: "only-in-run"
    case .onlyInFile: "only-in-file"
    case .field(let field): field.rawValue
    }
  }
}
