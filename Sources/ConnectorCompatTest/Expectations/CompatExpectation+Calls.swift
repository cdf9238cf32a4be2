import CRMConnectors

extension CompatExpectation {
  /// What is recorded of calls.
  static let calls: [CompatExpectation] = [
    CompatExpectation("a call is recorded once with whom, which way and how long", [anna]) { bench in
      let client = bench.addClient()
      let caller = bench.lookUp(anna.numbers[0], in: [.contacts], by: client)?.record
      bench.expect(caller != nil, "the caller was not found")
      let talks: [(CallLogEntry.Direction, Int64)] = [
        (.inbound, 185), (.missed, 0), (.outbound, 72), (.outbound, 0), (.inbound, 3600), (.inbound, 59),
        (.inbound, 90_061),
      ]
      for (direction, seconds) in talks {
        let call = bench.call(direction, anna.numbers[0], about: caller, talkSeconds: seconds)
        bench.expectLogged(call, bench.log(call, by: client))
        bench.wait(seconds: 60)
      }
      let count = bench.calls.count
      bench.expect(count == talks.count, "\(talks.count) calls gave \(count) records")
    },
    CompatExpectation("a call stands with its own caller, whatever the table", CRMTable.allCases.map(caller)) { bench in
      let client = bench.addClient()
      for table in bench.subject.traits.tables {
        let person = caller(in: table)
        let record = bench.lookUp(person.numbers[0], in: bench.subject.traits.tables, by: client)?.record
        bench.expect(record != nil, "nobody was found in \(table)")
        let call = bench.call(.inbound, person.numbers[0], about: record, talkSeconds: 5)
        bench.expectLogged(call, bench.log(call, by: client))
      }
    },
    CompatExpectation("a call of nobody in particular is recorded as such", [anna]) { bench in
      let client = bench.addClient()
      let call = bench.call(.inbound, "+493077701", about: nil, talkSeconds: 5)
      bench.expectLogged(call, bench.log(call, by: client))
    },
    CompatExpectation("a call that may have its record is looked for before another is made", [anna]) { bench in
      let client = bench.addClient()
      let caller = bench.lookUp(anna.numbers[0], in: [.contacts], by: client)?.record
      var call = bench.call(.inbound, anna.numbers[0], about: caller, talkSeconds: 5)
      call.mayExist = true
      bench.expectLogged(call, bench.log(call, by: client))
      bench.expectLogged(call, bench.log(call, by: client))
    },
  ]
}

extension CompatBench {
  /// The cloud has exactly one record of the call, and it says what the call was.
  mutating func expectLogged(_ call: CallLogEntry, _ outcome: CallLogOutcome?) {
    let marked = calls.filter { kept in kept.texts.contains { $0.contains("ucmsim call \(call.mark)]") } }
    expect(marked.count == 1, "a call has \(marked.count) records")
    guard case .logged(let id) = outcome else {
      return expect(false, "a call was not recorded but \(CompatExpectation.words(outcome))")
    }
    guard let kept = marked.first else { return }
    expect(kept.id == id, "another record was told than the one made")
    expect(kept.record == call.record?.id, "a call stands with somebody else than its caller")
    if let direction = kept.direction {
      expect(direction == call.direction, "\(call.direction) of a call became \(direction)")
    }
    if let seconds = kept.seconds {
      let unit = max(1, subject.traits.secondsOfDuration)
      expect(abs(seconds - call.talkSeconds) < unit, "\(call.talkSeconds) s of talk became \(seconds)")
    }
  }
}

extension CompatExpectation {
  static func words(_ outcome: CallLogOutcome?) -> String {
    switch outcome {
    case .logged: "recorded"
    case .failed(let failure): "failed, \(failure.code)"
    case .postponed(let failure, let mayExist): "postponed, \(failure.code), \(mayExist ? "in doubt" : "not made")"
    case nil: "no answer"
    }
  }
}
