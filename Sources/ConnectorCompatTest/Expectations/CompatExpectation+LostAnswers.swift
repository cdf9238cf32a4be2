import CRMConnectors

extension CompatExpectation {
  /// Whatever goes wrong on the way, nobody is added twice and no call is recorded twice or for somebody else.
  static let lostAnswers: [CompatExpectation] = CompatFault.allCases.filter { $0 != .redirect }.flatMap { fault in
    [
      CompatExpectation("an unknown caller is added once for all that (\(fault))", [somebodyElse]) { bench in
        let client = bench.addClient()
        bench.logIn(client)
        bench.plan(fault, for: .create)
        bench.expectAddedInTheEnd(by: client)
      },
      CompatExpectation("an unknown caller is added once, the look for him lost as well (\(fault))", [somebodyElse]) {
        bench in
        let client = bench.addClient()
        bench.logIn(client)
        bench.plan(fault, for: .create)
        bench.plan(.loseAnswer, for: .confirm)
        bench.expectAddedInTheEnd(by: client)
      },
      CompatExpectation("a call is recorded once for all that (\(fault))", [anna, somebodyElse]) { bench in
        bench.expectLoggedInTheEnd { $0.plan(fault, for: .logCall) }
      },
      CompatExpectation("a call is recorded once, its repetition lost as well (\(fault))", [anna, somebodyElse]) {
        bench in
        bench.expectLoggedInTheEnd { bench in
          bench.plan(fault, for: .logCall, times: 2)
          bench.plan(.loseAnswer, for: .confirm)
          bench.plan(fault, for: .link, times: 2)
        }
      },
    ]
  }
}

extension CompatBench {
  /// Whether the first question or a later one adds the caller, in the end there is one of him.
  fileprivate mutating func expectAddedInTheEnd(by client: Int) {
    var outcome: LookupOutcome?
    for _ in 1...5 {
      outcome = lookUp("+493066640", in: [.contacts], addingTo: .contacts, by: client)
      if outcome?.record != nil { break }
      wait(seconds: 60)
    }
    let found = records(in: .contacts).filter { $0.numbers.contains { $0.filter(\.isNumber) == "493066640" } }
    expect(found.count == 1, "one caller has \(found.count) records")
    expect(
      outcome?.record?.id == found.first?.id && outcome?.record != nil,
      "the caller is \(CompatExpectation.words(outcome)), and no record of his was told")
    expectPeople(2)
  }

  fileprivate mutating func expectLoggedInTheEnd(_ plan: (inout CompatBench) -> Void) {
    let client = addClient()
    let caller = lookUp(CompatExpectation.anna.numbers[0], in: [.contacts], by: client)?.record
    expect(caller != nil, "the caller was not found")
    plan(&self)
    let call = call(.inbound, CompatExpectation.anna.numbers[0], about: caller, talkSeconds: 185)
    let outcome = logWithPatience(call, by: client)
    expectLogged(call, outcome)
    let count = calls.count
    expect(count == 1, "one call has \(count) records")
  }
}
