import JSON

/// Journal lines of one call, or of none, matched with those of the other run.
enum JournalComparison {
  static func changes(_ before: [JournalLine], _ after: [JournalLine]) -> [RunDifference.JournalChange] {
    let pairing = Pairing(before, after, by: [\.whole, { "\($0.event) \($0.subject)" }, \.event])
    let changed = pairing.pairs.compactMap { pair -> (time: Double, change: RunDifference.JournalChange)? in
      let (one, other) = (before[pair.before], after[pair.after])
      let members = members(one, other)
      return members.isEmpty ? nil : (one.time ?? 0, .init(before: one, after: other, members: members))
    }
    let gone = pairing.onlyBefore.map { place in
      (
        time: before[place].time ?? 0,
        change: RunDifference.JournalChange(before: before[place], after: nil, members: [])
      )
    }
    let new = pairing.onlyAfter.map { place in
      (time: after[place].time ?? 0, change: RunDifference.JournalChange(before: nil, after: after[place], members: []))
    }
    let all = Array((changed + gone + new).enumerated())
    return all.sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element.change)
  }

  private static func members(_ one: JournalLine, _ other: JournalLine) -> [RunDifference.ValueChange<String>] {
    let names = one.compared.map(\.name) + other.compared.map(\.name).filter { one[$0] == nil }
    return names.compactMap { name in
      let (before, after) = (one[name]?.text, other[name]?.text)
      return before == after ? nil : .init(name: name, before: before, after: after)
    }
  }
}

extension RunDifference.JournalChange {
  /// Whether the line is of a decision, and not of what followed from one.
  var saysWhy: Bool {
    let decisions: Set<String> = [
      "callRefused", "legNotDialled", "failedOver", "outcomeUnknown", "crmLookup", "crmLog",
    ]
    return [before, after].contains { $0.map { decisions.contains($0.event) } ?? false }
  }
}

extension JournalLine {
  fileprivate var whole: String {
    ([event] + compared.map { "\($0.name)=\($0.value.text)" }).joined(separator: "\u{0}")
  }
}
