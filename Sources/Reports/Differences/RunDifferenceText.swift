import PBXModel
import Primitives
public import RunComparison

/// What two runs do not have in common, as text: what they were of, the calls that went otherwise by cause, then
/// journal and CRM requests.
public struct RunDifferenceText: Sendable {
  /// Calls, lines or requests listed of one kind, unless all are wanted.
  static let listedMax = 10

  private let difference: RunDifference
  private let before: RecordedRun
  private let after: RecordedRun
  private let showsAll: Bool

  /// - Parameter showsAll: list every call, line and request.
  public init(_ difference: RunDifference, from before: RecordedRun, to after: RecordedRun, showsAll: Bool = false) {
    self.difference = difference
    self.before = before
    self.after = after
    self.showsAll = showsAll
  }

  /// The whole text, with a line end behind each line.
  public var text: String {
    var text = "Before  \(DisplayWidth.printable(before.name))\nAfter   \(DisplayWidth.printable(after.name))\n"
    for fact in difference.facts {
      text +=
        "        \(fact.name) \(RunDifferenceWords.value(fact.before)) → \(RunDifferenceWords.value(fact.after))\n"
    }
    text += columns
    text += list("ASSUMPTIONS only before", difference.assumptionsOnlyBefore)
    text += list("ASSUMPTIONS only after", difference.assumptionsOnlyAfter)
    text += callSections
    text += list("JOURNAL, of no call", difference.journal.map(line))
    text += list("CRM REQUESTS", difference.requests.map(RunDifferenceWords.request))
    return text + "\n" + summary + "\n"
  }

  /// One line of counts.
  public var summary: String {
    if difference.isEmpty { return "Nothing differs: \(Self.calls(difference.callCount))." }
    let journal = difference.calls.count - difference.callsLoggedOtherwise
    var parts: [String] = []
    if difference.parts.contains(.rows) {
      parts.append(
        "\(difference.callsLoggedOtherwise) of \(Self.calls(difference.callCount)) would be logged otherwise")
      if journal > 0 { parts.append("\(journal) more went otherwise with the same rows") }
    } else if journal > 0 {
      parts.append("\(journal) of \(Self.calls(difference.callCount)) went otherwise")
    }
    if !difference.journal.isEmpty { parts.append("\(difference.journal.count) journal lines of no call differ") }
    if !difference.requests.isEmpty { parts.append("\(difference.requests.count) CRM requests differ") }
    return parts.joined(separator: "; ") + "."
  }

  static func calls(_ count: Int) -> String { count == 1 ? "1 call" : "\(count) calls" }

  private var columns: String {
    var text = ""
    for (title, fields) in [("before", difference.columnsOnlyBefore), ("after", difference.columnsOnlyAfter)]
    where !fields.isEmpty {
      text += "Columns only \(title): \(fields.map(\.rawValue).joined(separator: ", "))\n"
    }
    return text
  }

  private func list(_ title: String, _ lines: [String]) -> String {
    guard !lines.isEmpty else { return "" }
    let shown = showsAll ? lines : Array(lines.prefix(Self.listedMax))
    var text = "\n\(title)\n"
    for line in shown { text += "  " + DisplayWidth.printable(line) + "\n" }
    if shown.count < lines.count { text += "  … \(lines.count - shown.count) more; see --all\n" }
    return text
  }

  private var callSections: String {
    guard !difference.calls.isEmpty else { return "" }
    var order: [String] = []
    var groups: [String: [RunDifference.CallChange]] = [:]
    for call in difference.calls {
      let cause = RunDifferenceWords.cause(of: call)
      if groups[cause] == nil { order.append(cause) }
      groups[cause, default: []].append(call)
    }
    var text = "\nCALLS\n"
    for cause in order {
      let calls = groups[cause] ?? []
      text += "  \(Self.calls(calls.count)): \(DisplayWidth.printable(cause))\n"
      let shown = showsAll ? calls : Array(calls.prefix(Self.listedMax))
      for call in shown { text += section(call) }
      if shown.count < calls.count { text += "    … \(calls.count - shown.count) more; see --all\n" }
      text += rules(of: calls)
    }
    return text
  }

  /// How the columns that differ come to their values, once for all calls of a cause.
  private func rules(of calls: [RunDifference.CallChange]) -> String {
    var rules: [CDRField: [String]] = [:]
    for row in calls.flatMap(\.rows) {
      guard let shown = row.after ?? row.before else { continue }
      for field in row.fields {
        let rule = CDRFieldRule(field.name, in: shown).rule
        let text = "\(rule.text) (\(rule.certainty.rawValue))"
        if rules[field.name]?.contains(text) != true { rules[field.name, default: []].append(text) }
      }
    }
    guard !rules.isEmpty else { return "" }
    let lines = CDRField.allCases.flatMap { field in
      (rules[field] ?? []).map { "      \(field.rawValue): \($0)\n" }
    }
    return "    by these rules:\n" + lines.joined()
  }

  private func section(_ call: RunDifference.CallChange) -> String {
    let start = call.start.map { before.timeZone.local($0).text + " " + call.parties } ?? "without rows"
    var lines = ["    \(start) (\(call.session))"]
    for row in call.rows {
      switch (row.before, row.after) {
      case (let one?, .some):
        lines.append("      row \(one.actionType) \(one.dst):")
        for field in row.fields { lines.append("        " + change(field)) }
      case (let one?, nil): lines.append("      row only before: \(RunDifferenceWords.row(one))")
      case (nil, let other?): lines.append("      row only after: \(RunDifferenceWords.row(other))")
      case (nil, nil): break
      }
    }
    if showsAll { lines += call.journal.map { "      " + line($0) } }
    return lines.map { DisplayWidth.printable($0) + "\n" }.joined()
  }

  private func change(_ field: RunDifference.ValueChange<CDRField>) -> String {
    "\(field.name.rawValue) \(RunDifferenceWords.value(field.before)) → \(RunDifferenceWords.value(field.after))"
  }

  private func line(_ change: RunDifference.JournalChange) -> String {
    switch (change.before, change.after) {
    case (let before?, .some):
      let members = change.members.map { member in
        "\(member.name) \(RunDifferenceWords.value(member.before)) → \(RunDifferenceWords.value(member.after))"
      }
      return "\(before.event): \(members.joined(separator: ", "))"
    case (let before?, nil): return "only before: \(before.text)"
    case (nil, let after?): return "only after: \(after.text)"
    case (nil, nil): return ""
    }
  }
}
