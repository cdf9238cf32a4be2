public import CRMConnectors

/// Which spelling of a caller's number finds which spelling in the CRM: every pair tried by the system's own client
/// against the system's own cloud.
///
/// For each stored spelling the cloud has one person with it, and a second without any number, whom only a careless
/// query finds. Nobody is ever added.
public struct NumberMatrix: Sendable {
  /// Spellings of one number as people type them into a CRM, most of them measured on real servers (reference 7.2).
  public static let storedByDefault = [
    "+16175550142", "16175550142", "6175550142", "+1 (617) 555-0142", "(617) 555-0142", "001617-555.0142",
    "617.555.0142 ext 5",
  ]
  /// The same number as networks signal it, parts of it, and what is no number (reference 7.1).
  public static let callersByDefault = [
    "+16175550142", "16175550142", "6175550142", "0016175550142", "5550142", "0142", "+1 617", "42", "00", "0", "1",
    "*97", "anonymous", "O'Brien", "",
  ]

  /// Spellings in the CRM.
  public var stored = storedByDefault
  /// What callers show.
  public var callers = callersByDefault
  /// How the client asks and compares.
  public var plan = NumberPlan()

  /// The default spellings, asked for as they are dialled.
  public init() {}

  /// Every pair, stored spelling by stored spelling.
  public func trials(of subject: any CompatSubject) -> [NumberTrial] {
    stored.flatMap { spelling in trials(of: subject, stored: spelling) }
  }

  private func trials(of subject: any CompatSubject, stored spelling: String) -> [NumberTrial] {
    let owner = CompatPerson(.contacts, "Owner", spelling)
    let nobody = CompatPerson(.contacts, "Nobody", numbers: [])
    guard let server = try? InProcessServer(subject.contents(of: [owner, nobody])) else {
      return callers.map { trial(subject, spelling, $0, .notStored, 0) }
    }
    var bench = CompatBench(subject, server)
    var settings = ConnectorSettings()
    settings.numbers = plan
    let client = bench.addClient(settings: settings)
    bench.logIn(client)
    return callers.map { caller in
      // What one question did to the client, as a wait after an error, is no matter of the next.
      bench.wait(seconds: 86_400)
      _ = bench.lookUp("999999999", in: [.contacts], by: client)
      _ = bench.takePurposes()
      let outcome = bench.lookUp(caller, in: [.contacts], by: client)
      let requests = bench.takePurposes().filter { $0 == .search }.count
      let found = verdict(outcome, owner: bench.record(owner.name, in: .contacts), spelling, caller)
      return trial(subject, spelling, caller, found, requests)
    }
  }

  private func trial(
    _ subject: any CompatSubject, _ stored: String, _ caller: String, _ verdict: NumberTrial.Verdict, _ requests: Int
  ) -> NumberTrial {
    NumberTrial(system: subject.system, stored: stored, caller: caller, verdict: verdict, requests: requests)
  }

  private func verdict(
    _ outcome: LookupOutcome?, owner: CompatRecord?, _ stored: String, _ caller: String
  ) -> NumberTrial.Verdict {
    let isTheirs = Self.isSameNumber(stored, caller)
    switch outcome {
    case .found(let record), .ambiguous(let record?, _), .added(let record):
      return isTheirs && record.id == owner?.id ? .hit : .wrongHit
    case .ambiguous(nil, _), .missed: return isTheirs ? .miss : .rightlyNobody
    case .failed(let failure): return .failed(code: failure.code)
    case nil: return .failed(code: "unanswered")
    }
  }

  /// Whether the caller is the one with the stored number, as a person would see it: their last nine digits are the
  /// same, or all digits of the shorter, of which there are seven at least. An extension does not count.
  static func isSameNumber(_ stored: String, _ caller: String) -> Bool {
    guard let number = try? DialledNumber(caller) else { return false }
    return NumberPlan().matches(stored, number)
  }
}

/// One caller's spelling against one stored spelling in one CRM.
public struct NumberTrial: Hashable, Sendable {
  /// What came of it.
  public enum Verdict: Hashable, Sendable {
    /// The person with the number was found.
    case hit
    /// That person was not found.
    case miss
    /// Somebody was found who does not have the number.
    case wrongHit
    /// Nobody was found, and nobody has the number.
    case rightlyNobody
    /// The client would not ask, or the CRM would not answer.
    case failed(code: String)
    /// The CRM takes no such text for a number.
    case notStored

    /// `hit`, `miss`, `wrong hit`, `nobody`, `not stored`, or the code.
    public var words: String {
      switch self {
      case .hit: "hit"
      case .miss: "miss"
      case .wrongHit: "wrong hit"
      case .rightlyNobody: "nobody"
      case .failed(let code): code
      case .notStored: "not stored"
      }
    }
  }

  /// Whose client and cloud.
  public let system: CRMSystem
  /// As it stands in the CRM.
  public let stored: String
  /// As the caller shows it.
  public let caller: String
  /// What came of it.
  public let verdict: Verdict
  /// Searches that it took.
  public let requests: Int
}
