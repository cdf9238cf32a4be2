import CRMCloud
import CRMConnectors

extension CompatExpectation {
  /// Logging in, being turned away, and being shut out for a while.
  static let sessions: [CompatExpectation] = [
    CompatExpectation("a user with the right credentials is logged in") { bench in
      let client = bench.addClient()
      bench.logIn(client)
      bench.expect(bench.statuses[client] == .loggedIn, "the status is \(words(bench.statuses[client]))")
    },
    CompatExpectation("wrong credentials log a user out, for that reason and without a storm", [anna]) { bench in
      let client = bench.addClient(.stranger)
      bench.logIn(client)
      guard case .loggedOut(let reason, _) = bench.statuses[client],
        bench.subject.traits.reasonsForStrangers.contains(reason)
      else { return bench.expect(false, "a stranger's status is \(words(bench.statuses[client]))") }
      _ = bench.takePurposes()
      for _ in 1...20 {
        bench.wait(seconds: 5)
        let outcome = bench.lookUp(anna.numbers[0], in: [.contacts], addingTo: .contacts, by: client)
        guard case .failed = outcome else { return bench.expect(false, "a stranger's lookup: \(words(outcome))") }
        bench.expectNotLogged(bench.call(.inbound, "+493077710", about: nil), by: client)
      }
      let asked = bench.takePurposes().count
      bench.expect(asked <= 2, "a user who was turned away asked \(asked) times within two minutes")
      bench.expectPeople(1)
    },
    CompatExpectation("the wrong address finds nobody, adds nobody and says that something is wrong", [anna]) { bench in
      let client = bench.addClient(at: .wrong)
      bench.logIn(client)
      guard case .loggedOut = bench.statuses[client] else {
        return bench.expect(false, "at the wrong address the status is \(words(bench.statuses[client]))")
      }
      let outcome = bench.lookUp(anna.numbers[0], in: [.contacts], addingTo: .contacts, by: client)
      guard case .failed = outcome else { return bench.expect(false, "at the wrong address: \(words(outcome))") }
      bench.expectNotLogged(bench.call(.inbound, anna.numbers[0], about: nil), by: client)
      bench.expectPeople(1)
    },
    CompatExpectation("a session that ended is replaced once, and nobody notices", [anna]) { bench in
      let client = bench.addClient()
      bench.expectFound(anna, bench.lookUp(anna.numbers[0], in: [.contacts], by: client))
      let ended = bench.administer(.endSessions)
      let renews = bench.subject.traits.renewsSessions
      bench.expect(renews == (ended != .unsupported && ended != .done(0)), "ending the sessions came to \(ended)")
      _ = bench.takePurposes()
      bench.expectFound(anna, bench.lookUp(anna.numbers[0], in: [.contacts], by: client))
      let searches = bench.takePurposes().filter { $0 == .search }.count
      bench.expect(searches == (renews ? 2 : 1), "a session that ended cost \(searches) searches")
      bench.expect(bench.statuses[client] == .loggedIn, "the status is \(words(bench.statuses[client]))")
    },
    CompatExpectation("a session that ends between lookup and log costs no second record", [anna]) { bench in
      let client = bench.addClient()
      let caller = bench.lookUp(anna.numbers[0], in: [.contacts], by: client)?.record
      _ = bench.administer(.endSessions)
      let call = bench.call(.inbound, anna.numbers[0], about: caller, talkSeconds: 9)
      bench.expectLogged(call, bench.log(call, by: client))
    },
    CompatExpectation("a client that rested for a month finds callers as before", [anna]) { bench in
      let client = bench.addClient()
      for _ in 1...2 {
        bench.expectFound(anna, bench.lookUp(anna.numbers[0], in: [.contacts], by: client))
        bench.wait(seconds: 30 * 86_400)
      }
    },
    CompatExpectation(
      "a limit that is used up is waited out: nobody added, no storm, calls kept", [anna], play: throttled),
    CompatExpectation("two users ask at once, and two clients of one user", [anna]) { bench in
      let clients = [bench.addClient(.first), bench.addClient(.second), bench.addClient(.first)]
      for outcome in bench.lookUpTogether(anna.numbers[0], in: [.leads, .contacts], by: clients) {
        bench.expectFound(anna, outcome)
      }
      for client in clients {
        bench.expect(bench.statuses[client] == .loggedIn, "one of several is \(words(bench.statuses[client]))")
      }
    },
  ]

  private static func throttled(_ bench: inout CompatBench) {
    let client = bench.addClient()
    let caller = bench.lookUp(anna.numbers[0], in: [.contacts], by: client)?.record
    let outcome = bench.administer(.exhaustLimits(true))
    guard bench.subject.traits.hasLimits else {
      return bench.expectFound(anna, bench.lookUp(anna.numbers[0], in: [.contacts], by: client))
    }
    bench.expect(outcome != .unsupported, "the limits cannot be used up")
    _ = bench.takePurposes()
    for _ in 1...20 {
      let outcome = bench.lookUp("+493077720", in: [.contacts], addingTo: .contacts, by: client)
      guard case .failed = outcome else { return bench.expect(false, "past the limit: \(words(outcome))") }
      bench.wait(seconds: 1)
    }
    let asked = bench.takePurposes().count
    bench.expect(asked <= 3, "past the limit \(asked) requests went out in twenty seconds")
    let call = bench.call(.inbound, anna.numbers[0], about: caller, talkSeconds: 9)
    let first = bench.log(call, by: client)
    guard case .postponed(_, false) = first else {
      return bench.expect(false, "past the limit a call was \(words(first))")
    }
    _ = bench.administer(.exhaustLimits(false))
    bench.wait(seconds: 86_401)
    bench.expectLogged(call, bench.log(call, by: client))
    bench.expectFound(anna, bench.lookUp(anna.numbers[0], in: [.contacts], by: client))
    bench.expectPeople(1)
  }

  private static func words(_ status: LoginStatus?) -> String {
    switch status {
    case .loggedIn: "logged in"
    case .loggedOut(let reason, let failure): "logged out, \(reason), \(failure.code)"
    case nil: "not told"
    }
  }
}

extension CompatBench {
  mutating func expectNotLogged(_ call: CallLogEntry, by client: Int) {
    let outcome = log(call, by: client)
    if case .logged = outcome { expect(false, "a call was recorded that could not be") }
    expect(calls.isEmpty, "a call has a record that should not be")
  }
}
