import HTTPTypes
import Primitives

/// What one CRM's API says and understands: requests as values, answers read into values. Everything else a client does
/// (waiting for its session, asking table after table, adding once, looking again before repeating) is the engine's.
protocol CRMDialect: Sendable {
  /// For descriptions; no secret.
  var hostName: String { get }

  /// Opens a session, or checks the credentials where they are the session.
  func loginRequest() -> DialectRequest
  func readLogin(_ answer: CRMAnswer, at now: Instant) throws(CRMRefusal) -> CRMSession
  /// Whether a refused session may be replaced by logging in again.
  var renewsSessions: Bool { get }
  /// The word on a user whose session was refused right after it had been opened.
  func reasonOfRefusedSession(at now: Instant) -> LogoutReason

  /// Whether a search for this spelling can be put into a request at all.
  func canSearch(_ spelling: String) -> Bool
  func search(_ spelling: String, in table: CRMTable, _ session: CRMSession) -> DialectRequest
  /// The newest records of a table, past any index; for a look whether one is there.
  func newest(in table: CRMTable, _ session: CRMSession) -> DialectRequest
  /// The records of a search or a list, in the CRM's order; none for a miss.
  func readRecords(_ answer: CRMAnswer, in table: CRMTable) throws(CRMRefusal) -> [CRMHit]

  func create(_ caller: NewCaller, _ session: CRMSession) -> DialectRequest
  func record(_ call: CallRecordTexts, _ session: CRMSession) -> DialectRequest
  /// The id of what `create` or `record` made.
  func readInsertion(_ answer: CRMAnswer) throws(CRMRefusal) -> String

  /// A page of the newest calls, from 1.
  func newestCalls(page: Int, _ session: CRMSession) -> DialectRequest
  func readCalls(_ answer: CRMAnswer) throws(CRMRefusal) -> CRMCallPage
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
}

/// A page of calls: each one's id and the texts its mark may stand in.
struct CRMCallPage {
  let calls: [(id: String, texts: [String])]
  let isLast: Bool
}
