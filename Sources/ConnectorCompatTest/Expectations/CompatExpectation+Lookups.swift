import CRMConnectors

extension CompatExpectation {
  /// Who calls.
  static let lookups: [CompatExpectation] = [
    CompatExpectation("a caller is found by either number", [anna, somebodyElse]) { bench in
      let client = bench.addClient()
      for number in anna.numbers {
        bench.expectFound(anna, bench.lookUp(number, in: [.contacts], by: client))
      }
    },
    CompatExpectation("a caller is found in whichever table he is", CRMTable.allCases.map(caller)) { bench in
      let client = bench.addClient()
      for table in bench.subject.traits.tables {
        let person = caller(in: table)
        bench.expectFound(person, bench.lookUp(person.numbers[0], in: [table], by: client))
      }
    },
    CompatExpectation(
      "a caller in two tables is the one of the table asked first",
      [CompatPerson(.leads, "Lead", "+493055502"), CompatPerson(.accounts, "Company", "+493055502")]
    ) { bench in
      let client = bench.addClient()
      for (order, name) in [([CRMTable.leads, .accounts], "Lead"), ([.accounts, .leads], "Company")] {
        let outcome = bench.lookUp("+493055502", in: [.contacts] + order, by: client)
        bench.expectFound(CompatPerson(order[0], name), outcome)
      }
    },
    CompatExpectation("of several records with the number the first counts, and it is said", twins) { bench in
      let client = bench.addClient()
      let outcome = bench.lookUp(twins[0].numbers[0], in: [.contacts], by: client)
      let ids = bench.records(in: .contacts).map(\.id)
      guard case .ambiguous(let record?, 2) = outcome, ids.contains(record.id), record.table == .contacts else {
        return bench.expect(false, "two records with the number gave \(words(outcome))")
      }
    },
    CompatExpectation("of several records with the number none counts where the site wants it so", twins) { bench in
      var settings = ConnectorSettings()
      settings.numbers.severalHits = .none
      let client = bench.addClient(settings: settings)
      let outcome = bench.lookUp(twins[0].numbers[0], in: [.contacts], addingTo: .contacts, by: client)
      bench.expect(outcome == .ambiguous(nil, count: 2), "two records with the number gave \(words(outcome))")
      bench.expect(bench.records(in: .contacts).count == 2, "somebody was added for an ambiguous number")
    },
    CompatExpectation("a caller whom nobody knows is missed, and nobody is added", [somebodyElse]) { bench in
      let client = bench.addClient()
      let outcome = bench.lookUp("+493055599", in: bench.subject.traits.tables, by: client)
      bench.expect(outcome == .missed, "an unknown number gave \(words(outcome))")
      bench.expectPeople(1)
    },
    CompatExpectation(
      "a record whose number is only part of the caller's, or holds it, is not his",
      [CompatPerson(.contacts, "Longer", "+4930555019"), CompatPerson(.contacts, "Shorter", "55501")]
    ) { bench in
      let client = bench.addClient()
      let outcome = bench.lookUp("+493055501", in: [.contacts], by: client)
      bench.expect(outcome == .missed, "numbers that only resemble the caller's gave \(words(outcome))")
    },
    CompatExpectation("a table that is not asked about is not looked into", [caller(in: .leads)]) { bench in
      let client = bench.addClient()
      let outcome = bench.lookUp(caller(in: .leads).numbers[0], in: [.contacts], by: client)
      bench.expect(outcome == .missed, "a number of another table gave \(words(outcome))")
    },
  ]

  static let anna = CompatPerson(.contacts, "Anna", "+493055501", "+4915155501")
  static let somebodyElse = CompatPerson(.contacts, "Somebody", "+493099999")
  static let twins = [CompatPerson(.contacts, "Ann", "+493055504"), CompatPerson(.contacts, "Ben", "+493055504")]

  static func caller(in table: CRMTable) -> CompatPerson {
    switch table {
    case .contacts: CompatPerson(.contacts, "Contact", "+493055511")
    case .leads: CompatPerson(.leads, "Lead", "+493055512")
    case .accounts: CompatPerson(.accounts, "Company", "+493055513")
    }
  }

  /// An outcome without what the CRM says of people.
  static func words(_ outcome: LookupOutcome?) -> String {
    switch outcome {
    case .found(let record): "found in \(record.table)"
    case .ambiguous(let record, let count): "ambiguous, \(count), \(record == nil ? "nobody" : "somebody")"
    case .missed: "missed"
    case .added(let record): "added to \(record.table)"
    case .failed(let failure): "failed, \(failure.code)"
    case nil: "no answer"
    }
  }
}

extension CompatBench {
  /// - Parameter person: known by table and name.
  mutating func expectFound(_ person: CompatPerson, _ outcome: LookupOutcome?) {
    guard let record = record(person.name, in: person.table) else {
      return expect(false, "the cloud does not show \(person.name)")
    }
    guard case .found(let found) = outcome else {
      return expect(false, "\(person.name) was not found but \(CompatExpectation.words(outcome))")
    }
    expect(found.table == person.table && found.id == record.id, "\(person.name) was asked for, another found")
    expect(found.name.contains(person.name), "\(person.name) was found, and another name shown")
  }

  /// How many people and companies there are in all tables.
  mutating func expectPeople(_ count: Int) {
    let found = subject.traits.tables.reduce(0) { $0 + records(in: $1).count }
    expect(found == count, "there are \(found) records of people and companies, and should be \(count)")
  }
}
