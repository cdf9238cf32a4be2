import CRMConnectors

extension CompatExpectation {
  /// What becomes of callers whom nobody knows.
  static let adding: [CompatExpectation] = [
    CompatExpectation("an unknown caller is added where the site says, with the number") { bench in
      let client = bench.addClient()
      for (index, table) in bench.subject.traits.tables.enumerated() {
        let number = "+4930666\(10 + index)"
        let outcome = bench.lookUp(number, in: bench.subject.traits.tables, addingTo: table, by: client)
        bench.expectAdded(number, to: table, outcome)
        bench.expectPeople(index + 1)
      }
    },
    CompatExpectation("a caller just added is known from then on") { bench in
      let client = bench.addClient()
      let first = bench.lookUp("+493066620", in: [.contacts], addingTo: .contacts, by: client)
      for seconds in [0, 1, 30, 3600] as [Int64] {
        bench.wait(seconds: seconds)
        let again = bench.lookUp("+493066620", in: [.contacts], addingTo: .contacts, by: client)
        guard case .found(let record) = again, record.id == first?.record?.id else {
          return bench.expect(false, "\(seconds) s later the one just added is \(words(again))")
        }
      }
      bench.expectPeople(1)
    },
    CompatExpectation("a known caller is not added, and neither is one of another table asked", [anna]) { bench in
      let client = bench.addClient()
      let outcome = bench.lookUp(anna.numbers[1], in: [.leads, .contacts], addingTo: .leads, by: client)
      bench.expectFound(anna, outcome)
      bench.expectPeople(1)
    },
    CompatExpectation("nobody is added after a search that failed", [somebodyElse]) { bench in
      let client = bench.addClient()
      bench.logIn(client)
      for fault in [CompatFault.refuseConnection, .loseAnswer, .serverError, .crash, .page, .redirect] {
        bench.plan(fault, for: .search)
        let outcome = bench.lookUp("+493066630", in: [.contacts], addingTo: .contacts, by: client)
        guard case .failed = outcome else {
          bench.expect(false, "after \(fault) of the search the caller is \(words(outcome))")
          continue
        }
        bench.wait(seconds: 900)
      }
      bench.expectPeople(1)
    },
  ]
}

extension CompatBench {
  /// The cloud has exactly one record with the number, and it is the one told.
  mutating func expectAdded(_ number: String, to table: CRMTable, _ outcome: LookupOutcome?) {
    let digits = number.filter(\.isNumber)
    let matches = records(in: table).filter { $0.numbers.contains { $0.filter(\.isNumber) == digits } }
    expect(matches.count == 1, "\(matches.count) records of \(table) have the number of one added")
    guard case .added(let record) = outcome else {
      return expect(false, "an unknown caller was \(CompatExpectation.words(outcome)), not added to \(table)")
    }
    expect(record.table == table && record.id == matches.first?.id, "another record was told than the one added")
  }
}
