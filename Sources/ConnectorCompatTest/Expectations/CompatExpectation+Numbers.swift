import CRMConnectors

extension CompatExpectation {
  /// Whatever a caller's side shows as number, it asks for nothing it should not.
  static let numbers: [CompatExpectation] = [
    CompatExpectation("what is no number is not asked for and adds nobody", known) { bench in
      let client = bench.addClient()
      bench.logIn(client)
      _ = bench.takePurposes()
      for text in CompatNumbers.hostile {
        bench.expectNobody(text, addingTo: .contacts, by: client)
        let asked = bench.takePurposes().count
        bench.expect(asked == 0, "\(asked) requests were sent for what is no number: \(text.debugDescription)")
      }
      bench.expectPeople(known.count)
    },
    CompatExpectation("a number too short to be anybody's finds nobody", known) { bench in
      let client = bench.addClient()
      for text in CompatNumbers.short { bench.expectNobody(text, addingTo: nil, by: client) }
      bench.expectPeople(known.count)
    },
  ]

  /// Records that a careless comparison would take for the caller of a short number.
  static let known = [
    CompatPerson(.contacts, "International", "+1 (617) 555-0142"), CompatPerson(.contacts, "Zero", "0"),
    CompatPerson(.contacts, "National", "(617) 555-0142"), CompatPerson(.contacts, "Empty", numbers: []),
  ]
}

/// Texts that come in where a number belongs.
public enum CompatNumbers {
  /// No numbers at all (reference section 7.1, and what text can be put into a query).
  public static let hostile = [
    "", " ", "anonymous", "O'Brien", "*97", "**", "#21#", "1", "0", "+", "%", "_", "x' OR '1'='1", "' or ''='",
    "617555%", "6175550142'", "6175550142\"", "6175550142\\", "6175550142;", "6175550142&a=b",
    "6175550142\u{0}", "6175550142\r\nX: y", "６１７５５５", "٦١٧٥٥٥", "<number>6175550142</number>",
    String(repeating: "9", count: 65), "sip:6175550142@example.com", "6175550142{a}", "null",
  ]

  /// Digits, but too few or too common to tell anybody.
  public static let short = ["00", "42", "01", "+1", "0142", "000000", "+0", "55-50"]
}

extension CompatBench {
  fileprivate mutating func expectNobody(_ text: String, addingTo table: CRMTable?, by client: Int) {
    let outcome = lookUp(text, in: [.contacts], addingTo: table, by: client)
    switch outcome {
    case .failed, .missed: break
    case .found, .ambiguous, .added, nil:
      expect(false, "\(text.debugDescription) was taken for somebody: \(CompatExpectation.words(outcome))")
    }
  }
}
