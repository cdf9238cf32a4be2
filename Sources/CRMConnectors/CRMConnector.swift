public import Primitives

/// The appliance's client of one CRM for one set of credentials: a state machine without clock, socket or log.
///
/// The CRM module hands it questions and the CRM's answers; it returns what to do next. A question asked while no
/// token is held waits inside for the token (one refresh in flight). Every question is answered exactly once, by
/// `.lookedUp` or `.logged`, however the CRM behaves, as long as each `.send` is answered by one `receive`: a connector
/// has no clock to give up by, so whoever carries requests out ends them with `.unreachable(.timedOut)`.
public protocol CRMConnector: Sendable {
  /// Logs in, as the appliance does when the user's settings are applied.
  mutating func logIn(at now: Instant) -> [ConnectorOutput]
  /// Asks the CRM who `question.number` is; what comes of it is one `.lookedUp` with the question's id, here or later.
  mutating func lookUp(_ question: LookupQuestion, at now: Instant) -> [ConnectorOutput]
  /// Has the CRM record an ended call; what comes of it is one `.logged` with the entry's id, here or later. Of an
  /// entry that may exist already the record is looked for first, and made only if it is not there.
  mutating func log(_ call: CallLogEntry, at now: Instant) -> [ConnectorOutput]
  /// The CRM's answer to a request returned earlier as `.send`. An unknown `request` is ignored.
  mutating func receive(_ answer: CRMAnswer, for request: CRMRequest.ID, at now: Instant) -> [ConnectorOutput]
}

/// What a connector wants done.
public enum ConnectorOutput: Hashable, Sendable {
  /// Carry this request out and give its answer to `receive(_:for:at:)`.
  case send(CRMRequest)
  /// What came of a question; the last word on it.
  case lookedUp(LookupQuestion.ID, LookupOutcome)
  /// What came of recording a call; the last word on it.
  case logged(CallLogEntry.ID, CallLogOutcome)
  /// The user's login status, only when it is news.
  case loginStatus(LoginStatus)
}
