import Primitives

extension ConnectorEngine {
  /// A question on its way through its searches.
  struct Inquiry: Sendable {
    let question: LookupQuestion
    let number: DialledNumber
    /// What is still to be asked, the running one first.
    var steps: ArraySlice<Step>

    init(_ question: LookupQuestion, _ number: DialledNumber, steps: ArraySlice<Step>) {
      self.question = question
      self.number = number
      self.steps = steps
    }
  }

  /// One search: this spelling in these tables.
  struct Step: Hashable, Sendable {
    let spelling: String
    let tables: [CRMTable]
  }

  /// Every table for one spelling before the next spelling, so that the cap on searches leaves no table out.
  func steps(for number: DialledNumber, _ tables: [CRMTable]) -> ArraySlice<Step> {
    let plan = settings.numbers
    guard !tables.isEmpty else { return [] }
    let groups = dialect.searchesTablesTogether ? [tables] : tables.map { [$0] }
    let steps = dialect.candidates(for: number, plan).flatMap { spelling in
      groups.map { Step(spelling: spelling, tables: $0) }
    }
    return steps.prefix(max(0, plan.maximumSearches))
  }

  /// Asks the first of the inquiry's steps, or ends the search when none is left.
  mutating func search(_ inquiry: Inquiry, at now: Instant) -> [ConnectorOutput] {
    inquiry.steps.isEmpty ? missedEverywhere(inquiry, at: now) : start(Job(work: .search(inquiry)), at: now)
  }

  /// Goes by the records that hold the number; one that does not is no hit, whatever the CRM says. Of several tables
  /// the first one with a hit counts, in the order of the question. In the add-ins' manner the first record is taken as
  /// it comes.
  mutating func verified(
    _ records: [CRMHit], _ inquiry: Inquiry, in tables: [CRMTable], at now: Instant
  ) -> [ConnectorOutput] {
    let verified = believed(records, inquiry.number)
    let table = tables.first { table in verified.contains { $0.isOf(table) } }
    let hits = table.map { table in verified.filter { $0.isOf(table) } } ?? []
    guard let table, let first = hits.first else {
      var rest = inquiry
      rest.steps = inquiry.steps.dropFirst()
      return search(rest, at: now)
    }
    let record = CRMRecordReference(table: table, id: first.id, name: first.name ?? inquiry.question.number)
    guard hits.count > 1, settings.numbers.manner == .verified else { return finish(inquiry.question, .found(record)) }
    switch settings.numbers.severalHits {
    case .first: return finish(inquiry.question, .ambiguous(record, count: hits.count))
    case .none: return finish(inquiry.question, .ambiguous(nil, count: hits.count))
    }
  }

  /// Those whose numbers say what the CRM says; all of them in the add-ins' manner.
  private func believed(_ records: [CRMHit], _ number: DialledNumber) -> [CRMHit] {
    switch settings.numbers.manner {
    case .verified: records.filter { hit in hit.numbers.contains { settings.numbers.matches($0, number) } }
    case .vendorAddIn: records
    }
  }
}

extension CRMHit {
  fileprivate func isOf(_ table: CRMTable) -> Bool { self.table == nil || self.table == table }
}
