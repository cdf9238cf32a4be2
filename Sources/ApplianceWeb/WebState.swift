public import ApplianceAPI
public import JSON
public import Primitives

/// What the web interface shows beyond what the APIs answer for.
///
/// Everything is as of the moment of the call; nothing is changed by asking.
public protocol WebState: ApplianceState {
  /// Entries of Maintenance > System Events, the latest last; older ones may be forgotten.
  var systemEvents: [SystemEventFacts] { get }
  /// Requests to the CRM with their answers, the latest last; older ones may be forgotten.
  var crmExchanges: [CRMExchangeFacts] { get }
  /// What came of the replay so far.
  var totals: RunTotals { get }
  /// How the trace's clock goes.
  var clock: ReplayClock { get }
  /// A part of the list of calls.
  func cdrListing(_ request: CDRListingRequest) throws(CDRRequest.Refusal) -> CDRListing
  /// The call of that id in the list; nil where there is none any more.
  func cdrCall(_ id: Int64) throws(CDRRequest.Refusal) -> CDRCallFacts?
  /// What the phone of an extension shows.
  func phone(_ number: String) -> PhoneFacts
  /// How that call went; asked for that of `WebInterface.Reading.callShown` alone.
  func callFlow(_ id: Int64) -> CallFlow
}

/// One entry of the list of system events.
public struct SystemEventFacts: Hashable, Sendable {
  /// When.
  public var time: Instant
  /// As the appliance names it.
  public var name: String
  /// `Generate Alert` or `Restore to Normal`.
  public var kind: String
  /// The log line.
  public var detail: String
  /// Whether it says that something is over.
  public var isRestored: Bool

  /// Takes all as they are.
  public init(time: Instant, name: String, kind: String, detail: String, isRestored: Bool) {
    self.time = time
    self.name = name
    self.kind = kind
    self.detail = detail
    self.isRestored = isRestored
  }
}

/// One request to the CRM and its answer, as `crm.jsonl` has it, without secrets.
public struct CRMExchangeFacts: Hashable, Sendable {
  /// Its number within the replay, from 1.
  public var number: Int
  /// As `CRMExchangeReport` makes it.
  public var line: JSONValue

  /// Takes both as they are.
  public init(number: Int, line: JSONValue) {
    self.number = number
    self.line = line
  }
}

/// How the trace's clock goes.
public struct ReplayClock: Hashable, Sendable {
  /// Trace seconds in one of the machine's; nil for as fast as possible.
  public var speed: Double?
  /// Nothing goes on until somebody says so.
  public var isPaused: Bool
  /// The traces are at their end.
  public var isFinished: Bool
  /// It is the machine's: nobody can stop or hurry it.
  public var isLive: Bool

  /// Takes all as they are.
  public init(speed: Double?, isPaused: Bool, isFinished: Bool, isLive: Bool = false) {
    self.speed = speed
    self.isPaused = isPaused
    self.isFinished = isFinished
    self.isLive = isLive
  }

  /// Seconds the trace's clock goes on in one of the machine's while a page is looked at.
  var rate: Double { isPaused || isFinished ? 0 : speed ?? 0 }
}

/// What somebody wants of the trace's clock; whoever drives the replay does it.
public enum ClockCommand: Hashable, Sendable {
  /// Nothing goes on.
  case pause
  /// It goes on.
  case resume
  /// One message of the trace, without waiting for its time.
  case step
  /// As far as the next thing that the journal tells, without waiting.
  case nextEvent
  /// So many times as fast as recorded; nil for as fast as possible.
  case speed(Double?)
}
