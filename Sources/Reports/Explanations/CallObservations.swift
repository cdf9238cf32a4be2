public import CRMConnectors
import HardwareProfiles
public import JSON
public import PBXModel
public import Primitives
public import Simulation

/// What a run made of one call, noted down as its effects came.
public struct CallObservations: Sendable {
  /// One request to the CRM about this call, and its answer.
  public struct Exchange: Hashable, Sendable {
    /// What the request was for.
    public let purpose: CRMRequest.Purpose
    /// Whether it served the call's record, and not its lookup.
    public let isAboutCallLog: Bool
    /// From the request to its answer.
    public let wait: Instant.Span
    /// As `CRMExchangeReport` has it: without credentials.
    public let line: JSONValue
  }

  /// The rows written, and why each is there.
  public struct Rows: Sendable {
    /// Oldest first.
    public let session: CDRSession
    /// One for each row.
    public let origins: [CDRRowOrigin]
  }

  /// The call listened to.
  public let call: Call.ID
  /// What the appliance did about the call, at most `journalMax` entries.
  public private(set) var journal: [JournalEntry] = []
  /// How each CRM user's last login before the call's end went, in the order of their first.
  public private(set) var logins: [(extensions: [String], status: LoginStatus)] = []
  /// nil when no row was written.
  public private(set) var rows: Rows?
  /// In the order of their answers, at most `exchangesMax`.
  public private(set) var exchanges: [Exchange] = []
  /// What the call leaned on, in the order of `Assumption`.
  public var assumptions: [Assumption] { Assumption.allCases.filter { leanedOn.contains($0) } }
  /// The places for calls, just after this one asked for one; nil if it never began.
  public private(set) var places: ResourceUse?
  /// The extensions with a contact bound when it began, of those asked for in `noteStart`.
  public private(set) var registered: Set<String> = []

  /// The first other call that one of this one's legs went into; nil when none did.
  public private(set) var wentInto: Call.ID?

  /// Whether the appliance was down when the call began.
  public private(set) var beganWhileDown = false

  private var isDown = false
  private var leanedOn: Set<Assumption> = []
  private var isRefusedJustNow = false
  private var isOver = false

  /// Entries kept of a call's journal.
  public static let journalMax = 10_000
  /// Requests kept of a call.
  public static let exchangesMax = 1000

  /// Nothing heard yet.
  public init(of call: Call.ID) { self.call = call }

  /// Takes note of an effect, whichever call it is about.
  public mutating func receive(_ effect: Effect) {
    switch effect {
    case .askCRM, .cleanCDR, .dropCRMConnections: break
    case .writeCDR(let draft):
      if draft.call == call { rows = Rows(session: draft.session, origins: draft.origins) }
    case .journal(let entry): receive(entry)
    }
  }

  /// Takes note of a request that was answered, if it is about the call.
  public mutating func receive(_ answer: CRMAnswer, to envelope: CRMEnvelope, sent: Instant, answered: Instant) {
    guard envelope.call == call, exchanges.count < Self.exchangesMax else { return }
    let line = CRMExchangeReport.json(envelope, sent: sent, answered: answered, answer: answer)
    let isAboutCallLog =
      switch envelope.request.subject {
      case .entry: true
      case .question, nil: false
      }
    exchanges.append(
      Exchange(
        purpose: envelope.request.purpose, isAboutCallLog: isAboutCallLog, wait: answered - sent, line: line))
  }

  /// Takes note of what the run leaned on while it dealt with the call.
  public mutating func note(leanedOn assumptions: [Assumption]) { leanedOn.formUnion(assumptions) }

  /// Takes note of the places for calls as the call began, and of who of `numbers` had a contact bound.
  public mutating func noteStart(places: ResourceUse, registry: ExtensionRegistry, numbers: [String]) {
    self.places = places
    beganWhileDown = isDown
    registered = Set(numbers.filter { registry.isRegistered($0) })
  }

  /// Takes note that one of the call's legs came into another call.
  public mutating func noteDeparture(into other: Call.ID) {
    if wentInto == nil { wentInto = other }
  }

  private mutating func receive(_ entry: JournalEntry) {
    let wasRefusedJustNow = isRefusedJustNow
    isRefusedJustNow = false
    switch entry.event {
    case .crmLogin(let extensions, let status):
      guard !isOver else { return }
      if let index = logins.firstIndex(where: { $0.extensions == extensions }) {
        logins[index].status = status
      } else {
        logins.append((extensions, status))
      }
    case .systemEvent:
      // The refusal of a call is followed at once by its system event, unless that was raised before.
      if wasRefusedJustNow { keep(entry) }
    case .callRefused(let call, _, _, _, _, _, _, _, _), .legNotDialled(let call, _, _):
      isRefusedJustNow = call == self.call
      if isRefusedJustNow { keep(entry) }
    case .callJoined(let call, let main):
      if call == self.call || main == self.call { keep(entry) }
    case .callEnded(let call, _, _, _, _):
      guard call == self.call else { return }
      isOver = true
      keep(entry)
    case .callStarted(let call, _, _, _), .callAnswered(let call, _), .callTransferred(let call, _),
      .callWithoutRow(let call), .failedOver(let call, _, _), .callNotRecorded(let call), .callRetried(let call, _),
      .outcomeUnknown(let call, _), .display(let call, _, _), .crmLookup(let call, _, _), .crmLog(let call, _),
      .crmLogLost(let call, _):
      if call == self.call { keep(entry) }
    case .powerCut:
      isDown = true
      if !isOver, !journal.isEmpty { keep(entry) }
    case .rowsNotStored(let call, _, _):
      if call == self.call { keep(entry) }
    case .registered, .unregistered, .registrationRefused, .extensionState, .cdrCleaned, .crmSettingsApplied: break
    case .booted: isDown = false
    }
  }

  private mutating func keep(_ entry: JournalEntry) {
    if journal.count < Self.journalMax { journal.append(entry) }
  }
}
