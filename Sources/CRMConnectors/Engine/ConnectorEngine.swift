import Primitives

/// What every connector does alike, whatever its CRM's API: one state machine over a dialect.
///
/// A question asks table after table for each spelling of its number and verifies what comes back; a number found
/// nowhere is added where the question says so, unless a search failed. Requests wait for the one login in flight. A
/// refused session is replaced once and its request repeated once; a record whose answer was lost is looked for before
/// it is made again; nothing else is ever sent twice. While the CRM has asked for silence, or has refused the
/// credentials, questions fail with that code.
struct ConnectorEngine<Dialect: CRMDialect>: CRMConnector {
  let dialect: Dialect
  let settings: ConnectorSettings
  let isEnabled: Bool

  var sessions: SessionCache
  var added: AddedNumbers
  /// In the order asked, until the session is open.
  var waiting: [Job] = []
  var inFlight: [CRMRequest.ID: Flight] = [:]
  var silence: Silence?
  var openQuestions = 0
  /// Answers of the login under way that have been asked for.
  var loginStep = 0
  /// Whether the login under way renews a session that has ended.
  var isRenewing = false
  /// What the login under way has opened already.
  var openingSession: CRMSession?
  private var lastRequest = 0
  private var reportedStatus: LoginStatus?

  init(_ dialect: Dialect, isEnabled: Bool, settings: ConnectorSettings) {
    self.dialect = dialect
    self.isEnabled = isEnabled
    self.settings = settings
    sessions = SessionCache(margin: settings.refreshMargin)
    added = AddedNumbers(span: settings.createdNumberMemory, limit: settings.maximumRememberedNumbers)
  }

  /// Opens a session, unless one is held or on its way; the status follows as `.loggedOut` at once where the user's
  /// page is off or the CRM is left alone.
  mutating func logIn(at now: Instant) -> [ConnectorOutput] {
    reportedStatus = nil
    guard isEnabled else { return report(.loggedOut(.userDisabled, CRMFailure(.userDisabled))) }
    switch sessions.lease(at: now) {
    case .use: return report(.loggedIn)
    case .wait: return []
    case .logIn:
      if let refusal = silenceRefusal(at: now) {
        return report(.loggedOut(refusal.reason ?? .loginRefused, refusal.failure))
      }
      return [.send(loginRequest())]
    }
  }

  /// Fails without a request when the user's page is off, too many questions are open (`queueFull`), the number is none
  /// that the site's manner lets be asked about, or the CRM is left alone. No tables at all is `.missed`.
  mutating func lookUp(_ question: LookupQuestion, at now: Instant) -> [ConnectorOutput] {
    if let fault = admissionFault { return [.lookedUp(question.id, .failed(CRMFailure(fault)))] }
    let number: DialledNumber
    do throws(DialledNumber.Fault) {
      number = try settings.numbers.number(shown: question.number)
    } catch {
      return [.lookedUp(question.id, .failed(CRMFailure(status: nil, code: error.rawValue)))]
    }
    openQuestions += 1
    return search(Inquiry(question, number, steps: steps(for: number, question.tables)), at: now)
  }

  /// Fails without a request when the user's page is off, or the number is no field's length; is postponed when too
  /// many questions are open or the CRM is left alone.
  mutating func log(_ call: CallLogEntry, at now: Instant) -> [ConnectorOutput] {
    guard isEnabled else { return [.logged(call.id, .failed(CRMFailure(.userDisabled)))] }
    guard call.number.utf8.count <= DialledNumber.bytesMax else {
      let code = DialledNumber.Fault.numberTooLong.rawValue
      return [.logged(call.id, .failed(CRMFailure(status: nil, code: code)))]
    }
    guard admissionFault == nil else {
      return [.logged(call.id, .postponed(CRMFailure(.queueFull), mayExist: call.mayExist))]
    }
    openQuestions += 1
    return start(Job(work: call.mayExist ? .findCall(call, page: 1) : .logCall(call)), at: now)
  }

  /// Takes an answer in and goes on with the question it belongs to; an answer nobody waits for is ignored.
  mutating func receive(
    _ answer: CRMAnswer, for request: CRMRequest.ID, at now: Instant
  ) -> [ConnectorOutput] {
    if sessions.isOpening(by: request) { return receiveLogin(answer, at: now) }
    guard let flight = inFlight.removeValue(forKey: request) else { return [] }
    do throws(CRMRefusal) {
      let outputs = try receive(answer, for: flight, at: now)
      return reportRecovery() + outputs
    } catch {
      return refused(error, flight, at: now)
    }
  }

  private var admissionFault: ConnectorFault? {
    if !isEnabled { return .userDisabled }
    return openQuestions >= settings.maximumOpenQuestions ? .queueFull : nil
  }

  mutating func nextRequestID() -> CRMRequest.ID {
    lastRequest &+= 1
    return CRMRequest.ID(rawValue: lastRequest)
  }

  /// The login status, if it is news.
  mutating func report(_ status: LoginStatus) -> [ConnectorOutput] {
    guard status != reportedStatus else { return [] }
    reportedStatus = status
    return [.loginStatus(status)]
  }

  /// Logged in again, where what had logged the user out has passed.
  private mutating func reportRecovery() -> [ConnectorOutput] {
    switch reportedStatus {
    case .loggedOut(let reason, _) where reason.passes: report(.loggedIn)
    case .loggedOut, .loggedIn, nil: []
    }
  }
}

extension ConnectorEngine: CustomStringConvertible, CustomReflectable {
  /// `Connector(www.zohoapis.com, 2 open questions)`: neither secrets nor numbers.
  var description: String { "Connector(\(dialect.hostName), \(openQuestions) open questions)" }
  /// Shows no children, so that a dump prints neither credentials nor numbers.
  var customMirror: Mirror { Mirror(self, children: []) }
}

extension CRMFailure {
  /// A failure before anything was sent.
  init(_ fault: ConnectorFault) { self.init(status: nil, code: fault.rawValue) }
}
