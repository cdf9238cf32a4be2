public import PBXModel

/// What a run came to, in numbers.
public struct RunTally: Hashable, Sendable {
  /// Calls that began, refused ones and those up at the start included.
  public var calls = 0
  /// Calls among them that became a part of another: their callers fetched a parked call or picked one up.
  public var callsJoined = 0
  /// Ended and refused calls by how they ended; refused ones are FAILED.
  public var callsByDisposition: [Disposition: Int] {
    Dictionary(uniqueKeysWithValues: Disposition.allCases.map { ($0, dispositions[$0.place]) }).filter { $0.value > 0 }
  }
  /// Ended and refused calls by their type.
  public var callsByDirection: [CallDirection: Int] {
    Dictionary(uniqueKeysWithValues: CallDirection.allCases.map { ($0, directions[$0.place]) }).filter { $0.value > 0 }
  }
  private var dispositions = [Int](repeating: 0, count: Disposition.allCases.count)
  private var directions = [Int](repeating: 0, count: CallDirection.allCases.count)
  /// Calls the model could not carry, for want of a place.
  public var callsRefused = 0
  /// Calls to an extension that is not registered here, because the model refused its REGISTER, and has no mailbox.
  public var callsUnreachable = 0
  /// Calls to such an extension that its mailbox took.
  public var callsToMailbox = 0
  /// Calls among all that seem to be another try of one that was refused.
  public var callsRetried = 0
  /// Calls of which nobody can say how they would have gone on here; they are over for the run.
  public var outcomesUnknown = 0
  /// Phones and trunks the recorded box dialled and this one did not.
  public var legsNotDialled = 0
  /// Calls that left over another trunk of their route than the recorded one.
  public var failovers = 0
  /// Calls that were to be recorded and were not.
  public var recordingsMissed = 0
  /// Parties of conferences that came in without their video.
  public var partiesWithoutVideo = 0
  /// Up when the trace began or when it ended: they have no row.
  public var callsRunningAtStart = 0
  /// Up when the trace ended, refused ones left out; one that ran all along is counted in both.
  public var callsRunningAtEnd = 0
  /// CDR rows written, a call's legs each counted.
  public var rows = 0
  /// Contacts bound that were not bound before.
  public var bindingsAdded = 0
  /// Contacts bound already that got more time.
  public var bindingsRefreshed = 0
  /// Contacts taken back by their phones.
  public var bindingsRemoved = 0
  /// Contacts whose time was up.
  public var bindingsExpired = 0
  /// Contacts that made room for newer ones of their extension.
  public var bindingsDisplaced = 0
  /// REGISTERs answered with 401 or 407, most of them the first half of a registration.
  public var registrationsChallenged = 0
  /// REGISTERs refused: by the recorded box, over an extension's contacts, or over the users of the model or plan.
  public var registrationsRefused = 0
  /// Questions to the CRM that found somebody.
  public var lookupsHit = 0
  /// Questions to the CRM that found nobody and added nobody.
  public var lookupsMissed = 0
  /// Questions to the CRM that found nobody and added the number.
  public var lookupsAdded = 0
  /// Questions to the CRM that failed: refused, not answered, or not asked in the end.
  public var lookupsFailed = 0
  /// Questions to the CRM that found several, whichever of them was taken.
  public var lookupsAmbiguous = 0
  /// Calls the CRM has recorded.
  public var callsLogged = 0
  /// Calls the CRM was to record and did not.
  public var callLogsFailed = 0
  /// Calls the CRM could not record at once, and which were kept to be recorded later.
  public var callLogsPostponed = 0
  /// Kept calls that the store had no room for.
  public var callLogsDiscarded = 0
  /// Kept calls that were not recorded by the end of the run, or of the settings they were kept for.
  public var callLogsUnsent = 0
  /// How the CRM's users stand, in the order of their first status.
  public var crmUsers: [CRMUserStanding] = []
  /// Power failures.
  public var powerCuts = 0
  /// Calls that were up when the power failed; they have no row.
  public var callsCut = 0
  /// Rows gathered and not yet durable when the power failed.
  public var rowsCut = 0
  /// Call logs not yet recorded when the power failed, as far as the appliance knew.
  public var callLogsCut = 0
  /// Calls that began while the appliance was down.
  public var callsWhileDown = 0
  /// REGISTER transactions while the appliance was down.
  public var registrationsWhileDown = 0
  /// Rows for which there was no room.
  public var rowsNotStored = 0
  /// Rows the cleaner took away.
  public var rowsCleaned = 0
  /// Entries for Maintenance > System Events that say that something began.
  public var systemEvents = 0
  /// Entries that say that it is over.
  public var systemEventsRestored = 0
  /// How often the run leaned on each assumption.
  public var assumptions: [Assumption: Int] {
    Dictionary(uniqueKeysWithValues: Assumption.allCases.map { ($0, leanings.counts[$0.place]) })
      .filter { $0.value > 0 }
  }
  /// The same, to be held against another moment.
  public private(set) var leanings = Leanings()

  /// How often a run had leaned on each assumption at one moment; costs next to nothing to keep.
  public struct Leanings: Hashable, Sendable {
    fileprivate var counts = [Int](repeating: 0, count: Assumption.allCases.count)

    /// None.
    public init() {}

    /// What was leaned on since an earlier moment, in the order of `Assumption`.
    public func since(_ earlier: Leanings) -> [Assumption] {
      guard counts != earlier.counts else { return [] }
      return Assumption.allCases.filter { counts[$0.place] > earlier.counts[$0.place] }
    }
  }

  /// A tally of nothing: every count 0.
  public init() {}

  /// Notes that the run leaned on an assumption so many times more; 0 or less notes nothing.
  public mutating func leanOn(_ assumption: Assumption, times: Int = 1) {
    if times > 0 { leanings.counts[assumption.place] += times }
  }

  /// Notes a call that ended or was refused.
  mutating func count(_ disposition: Disposition, _ direction: CallDirection) {
    dispositions[disposition.place] += 1
    directions[direction.place] += 1
  }
}

extension Disposition {
  fileprivate var place: Int {
    switch self {
    case .answered: 0
    case .noAnswer: 1
    case .busy: 2
    case .failed: 3
    }
  }
}

extension CallDirection {
  fileprivate var place: Int {
    switch self {
    case .internal: 0
    case .inbound: 1
    case .outbound: 2
    case .external: 3
    }
  }
}
