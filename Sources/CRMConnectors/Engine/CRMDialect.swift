import HTTPTypes
import Primitives

/// What one CRM's API says and understands: requests as values, answers read into values. Everything else a client does
/// (waiting for its session, asking table after table, adding once, looking again before repeating) is the engine's.
protocol CRMDialect: Sendable {
  /// For descriptions; no secret.
  var hostName: String { get }

  /// Opens a session, or checks the credentials where they are the session.
  func loginRequest() -> DialectRequest
  /// Opens a session in place of `former`, which has ended; nil where that takes a login like the first. If the CRM
  /// refuses, a login follows.
  func renewalRequest(of former: CRMSession) -> DialectRequest?
  /// Goes on with a login, or ends it.
  /// - Parameter step: which of this login's answers it is, from 1.
  func readLogin(_ answer: CRMAnswer, step: Int, at now: Instant) throws(CRMRefusal) -> LoginProgress
  /// The same with the session that an earlier answer opened, where that was not the login's end.
  func readLogin(
    _ answer: CRMAnswer, step: Int, within session: CRMSession?, at now: Instant
  ) throws(CRMRefusal) -> LoginProgress
  /// Whether a refused session may be replaced by logging in again.
  var renewsSessions: Bool { get }
  /// The word on a user whose session was refused right after it had been opened.
  func reasonOfRefusedSession(at now: Instant) -> LogoutReason

  /// The forms of a number to ask for, in order.
  func candidates(for number: DialledNumber, _ plan: NumberPlan) -> [String]
  /// Whether one search covers every table, so that a lookup costs one request for each form of the number.
  var searchesTablesTogether: Bool { get }
  /// - Parameter tables: one, unless `searchesTablesTogether`.
  func search(_ spelling: String, in tables: [CRMTable], _ session: CRMSession) -> DialectRequest
  /// A look whether a record whose creation went unanswered is there, past any index.
  func find(_ caller: NewCaller, _ session: CRMSession) -> DialectRequest
  /// The records of a `search` or `find`, in the CRM's order; none for a miss.
  func readRecords(_ answer: CRMAnswer, in tables: [CRMTable]) throws(CRMRefusal) -> [CRMHit]
  /// The records of a `find`, where its answers are others than those of a `search`.
  func readFind(_ answer: CRMAnswer, in table: CRMTable) throws(CRMRefusal) -> [CRMHit]

  func create(_ caller: NewCaller, _ session: CRMSession) -> DialectRequest
  func record(_ call: CallRecordTexts, _ session: CRMSession) -> DialectRequest
  /// The id of what `create` or `record` made.
  func readInsertion(_ answer: CRMAnswer) throws(CRMRefusal) -> String
  /// The id of what `create` made, where its answers are others than those of a `record`.
  func readCreation(_ answer: CRMAnswer, in table: CRMTable) throws(CRMRefusal) -> String

  /// A page, from 1, of the calls among which one with this mark is, if it is there.
  func findCall(_ call: CallRecordTexts, page: Int, _ session: CRMSession) -> DialectRequest
  func readCalls(_ answer: CRMAnswer) throws(CRMRefusal) -> CRMCallPage

  /// A second request that a call's record needs to show up with its caller; nil where the first said it all. Asked
  /// again it must change nothing.
  func link(_ call: CallRecordTexts, id: String, _ session: CRMSession) -> DialectRequest?
  func readLink(_ answer: CRMAnswer) throws(CRMRefusal)
}

extension CRMDialect {
  func renewalRequest(of former: CRMSession) -> DialectRequest? { nil }

  func readLogin(
    _ answer: CRMAnswer, step: Int, within session: CRMSession?, at now: Instant
  ) throws(CRMRefusal) -> LoginProgress {
    try readLogin(answer, step: step, at: now)
  }

  var searchesTablesTogether: Bool { false }
  func candidates(for number: DialledNumber, _ plan: NumberPlan) -> [String] { plan.candidates(for: number) }
  func readFind(_ answer: CRMAnswer, in table: CRMTable) throws(CRMRefusal) -> [CRMHit] {
    try readRecords(answer, in: [table])
  }
  func readCreation(_ answer: CRMAnswer, in table: CRMTable) throws(CRMRefusal) -> String {
    try readInsertion(answer)
  }
  func link(_ call: CallRecordTexts, id: String, _ session: CRMSession) -> DialectRequest? { nil }
  func readLink(_ answer: CRMAnswer) throws(CRMRefusal) {}
}

/// How far a login has come.
enum LoginProgress {
  case opened(CRMSession)
  /// Another request is needed, whose answer is the next step.
  case next(DialectRequest)
  /// The session is open, and another request tells more about it before it is used.
  case nextWithin(CRMSession, DialectRequest)
}

/// A request before it has an id.
struct DialectRequest {
  var purpose: CRMRequest.Purpose
  var request: HTTPRequest
  var body: [UInt8] = []
  var secretFields: Set<String> = []
}

/// One record of a search.
struct CRMHit: Hashable {
  let id: String
  /// nil where the record has none that can be shown.
  let name: String?
  /// Its telephone numbers as they are stored.
  let numbers: [String]
  /// nil for the only table that was asked.
  var table: CRMTable? = nil
}

/// A page of calls: each one's id and the texts its mark may stand in.
struct CRMCallPage {
  let calls: [(id: String, texts: [String])]
  let isLast: Bool
}
