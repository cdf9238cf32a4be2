extension TestCase {
  /// The same case with one of its expectations, and with what that one means.
  ///
  /// Goldens are left out. What is unexpected is what nobody else wants: such an expectation keeps the others' wishes,
  /// but how often they come no longer counts.
  ///
  /// - Parameters:
  ///   - index: of the expectation.
  ///   - holding: further expectations that are kept as they are.
  public func focused(on index: Int, holding: [Int] = []) -> TestCase? {
    guard expectations.indices.contains(index), holding.allSatisfy(expectations.indices.contains) else { return nil }
    var result = self
    result.golden = nil
    let focus = expectations[index]
    result.expectations = [focus] + holding.filter { $0 != index }.map { expectations[$0] }
    guard case .nothingUnexpected(let kind) = focus.claim else { return result }
    for (place, expectation) in expectations.enumerated() where !holding.contains(place) {
      result.expectations += expectation.wishes(beside: kind)
    }
    return result
  }
}

extension Expectation {
  /// More records than any run has.
  static let anyCount = CountCondition.compares(.atMost, 1_000_000_000)

  /// What it wants of records that may be taken for those of the kind, in any number.
  fileprivate func wishes(beside kind: RecordKind) -> [Expectation] {
    // Names and alerts are events too.
    let kinds: [RecordKind] = kind == .cdr || kind == .crm ? [kind] : [.events, .display, .systemEvents]
    switch claim {
    case .records(let own, let fields, _) where kinds.contains(own):
      return [Expectation(label: label, place: place, claim: .records(own, fields: fields, count: Self.anyCount))]
    case .order(let own, let steps) where kinds.contains(own):
      return steps.map {
        Expectation(label: label, place: place, claim: .records(own, fields: $0, count: Self.anyCount))
      }
    case .records, .order, .summary, .onlyNames, .assumption, .nothingUnexpected: return []
    }
  }
}
