import JSON
import PBXModel
import RunComparison

/// What differences between runs are called.
enum RunDifferenceWords {
  /// Why a call went otherwise, as far as the journals tell: the point where they part. For calls whose journals agree,
  /// the columns that differ.
  static func cause(of call: RunDifference.CallChange) -> String {
    guard let divergence = call.firstDivergence else { return columns(of: call) }
    switch (divergence.before, divergence.after) {
    case (let before?, let after?):
      let changes = divergence.members.map { change in
        "\(change.name) \(value(change.before)) → \(value(change.after))"
      }
      return "\(before.event == after.event ? before.event : "\(before.event) → \(after.event)"): "
        + changes.map(generalized).joined(separator: ", ")
    case (let before?, nil): return "only before: \(kind(before))"
    case (nil, let after?): return "only after: \(kind(after))"
    case (nil, nil): return ""
    }
  }

  /// The event with what is not the call's own: limits, codes, outcomes and reasons.
  private static func kind(_ line: JournalLine) -> String {
    let shown = ["limit", "resource", "status", "cause", "outcome", "reason", "disposition"]
    let members = line.members.filter { shown.contains($0.name) }.map { "\($0.name) \($0.value.text)" }
    return ([line.event] + (members.isEmpty ? [] : ["(\(members.joined(separator: ", ")))"])).joined(separator: " ")
  }

  /// Names and times are each call's own; causes that differ in nothing else are one.
  private static func generalized(_ change: String) -> String {
    let own = ["name ", "number ", "extension ", "duration ", "billsec ", "contact ", "detail ", "words "]
    return own.first { change.hasPrefix($0) }.map { String($0.dropLast()) } ?? change
  }

  private static func columns(of call: RunDifference.CallChange) -> String {
    let (gone, new) = (call.rows.count { $0.after == nil }, call.rows.count { $0.before == nil })
    var parts: [String] = []
    if gone > 0 { parts.append("rows only before") }
    if new > 0 { parts.append("rows only after") }
    let changed = CDRField.allCases.filter { field in
      call.rows.contains { $0.fields.contains { $0.name == field } }
    }
    if !changed.isEmpty { parts.append(changed.map(\.rawValue).joined(separator: ", ")) }
    return parts.joined(separator: "; ")
  }

  static func value(_ text: String?) -> String {
    guard let text else { return "(none)" }
    return text.isEmpty ? "(empty)" : "'\(text)'"
  }

  /// The row's kind and whom it is about.
  static func row(_ row: CDRRecord) -> String {
    "\(row.actionType) \(row.src) > \(row.dst), \(row.disposition.rawValue), \(row.durationSeconds) s, "
      + "talk \(row.billsecSeconds) s"
  }

  /// What a request is, without its host where the path tells enough.
  static func request(_ change: RunDifference.RequestChange) -> String {
    switch (change.before, change.after) {
    case (let before?, let after?):
      let status =
        before.status == after.status
        ? "another body" : "answered \(status(before)) → \(status(after))"
      return "\(before.text): \(status)"
    case (let before?, nil): return "only before: \(before.text), answered \(status(before))"
    case (nil, let after?): return "only after: \(after.text), answered \(status(after))"
    case (nil, nil): return ""
    }
  }

  private static func status(_ request: RequestLine) -> String { request.status.map { String($0) } ?? "not at all" }
}
