import CRMConnectors

extension CompatExpectation {
  /// A question that cannot be answered fails with a code, and the next one is asked afresh.
  static let trouble: [CompatExpectation] =
    CompatFault.allCases.map { fault in
      CompatExpectation("a search that goes wrong fails with a code, and the next one works (\(fault))", [anna]) {
        bench in
        let client = bench.addClient()
        bench.logIn(client)
        bench.plan(fault, for: .search)
        bench.expectFailure(bench.lookUp(anna.numbers[0], in: [.contacts], addingTo: .contacts, by: client))
        bench.wait(seconds: 900)
        bench.expectFound(anna, bench.lookUp(anna.numbers[0], in: [.contacts], by: client))
        bench.expectPeople(1)
      }
    }
    + CompatFault.allCases.map { fault in
      CompatExpectation("a login that goes wrong asks for nothing more, and the next one works (\(fault))", [anna]) {
        bench in
        let client = bench.addClient()
        bench.plan(fault)
        bench.expectFailure(bench.lookUp(anna.numbers[0], in: [.contacts], addingTo: .contacts, by: client))
        bench.expect(!bench.takePurposes().contains(.search), "a search was sent without a login")
        bench.wait(seconds: 900)
        bench.expectFound(anna, bench.lookUp(anna.numbers[0], in: [.contacts], by: client))
        bench.expectPeople(1)
      }
    }
}

extension CompatBench {
  /// Codes are words of the CRM's or ours; a body or a page is none.
  fileprivate mutating func expectFailure(_ outcome: LookupOutcome?) {
    guard case .failed(let failure) = outcome else {
      return expect(false, "what went wrong was taken for \(CompatExpectation.words(outcome))")
    }
    expect(
      (1...64).contains(failure.code.utf8.count) && !failure.code.utf8.contains { $0 < 32 || $0 == UInt8(ascii: "<") },
      "a failure's code is no word")
  }
}
