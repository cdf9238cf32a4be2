import HTTPTypes
import Primitives

/// Examines what one user's page opens of any CRM, by having its client do what the appliance would have it do: log in,
/// search each table, look through the calls.
///
/// Nothing is written: a client that is asked for a call that may be recorded already looks for it first, and the
/// request that would record it is not carried out.
struct ConnectorExamination {
  enum Question: Hashable {
    case login
    case search(CRMTable)
    case calls
  }

  /// What came of a question.
  enum Finding: Hashable {
    case done
    case refused(CRMFailure)
  }

  let user: SetUpUser
  let settings: CRMSettings
  let time: Instant
  private(set) var findings: [Question: Finding] = [:]
  /// The lines of what was asked, by question.
  private(set) var asked: [Question: [String]] = [:]
  /// How the login came out; nil until it has.
  private(set) var status: LoginStatus?
  /// Why there is no client.
  private(set) var fault: ConnectorSettingsError?
  private var connector: (any CRMConnector)?
  private var questions: [Question]
  private var current: Question?
  private var pending: [CRMRequest] = []
  private var inFlight: CRMRequest?

  init(user: SetUpUser, settings: CRMSettings, options: SetUpDoctor.Options) {
    self.user = user
    self.settings = settings
    time = options.time ?? .epoch
    questions = user.isEnabled ? [.login] + settings.contactLookups.map { .search($0) } + [.calls] : []
    do throws(ConnectorSettingsError) {
      connector = try settings.connector(for: CRMUserSettings(isEnabled: true, credentials: user.credentials))
    } catch { fault = error }
  }

  /// The next request, with an id of the doctor's.
  mutating func next(id: CRMRequest.ID) -> CRMRequest? {
    guard inFlight == nil, connector != nil else { return nil }
    while pending.isEmpty, !questions.isEmpty {
      let question = questions.removeFirst()
      current = question
      take(ask(question))
    }
    guard !pending.isEmpty else { return nil }
    let request = pending.removeFirst()
    inFlight = request
    return CRMRequest(
      id: id, purpose: request.purpose, subject: request.subject, request: request.request, body: request.body,
      secretFields: request.secretFields)
  }

  mutating func receive(_ answer: CRMAnswer) {
    guard let request = inFlight, let current else { return }
    inFlight = nil
    asked[current, default: []].append(line(of: request, answer))
    let time = time
    take(connector?.receive(answer, for: request.id, at: time) ?? [])
  }

  private mutating func ask(_ question: Question) -> [ConnectorOutput] {
    let time = time
    switch question {
    case .login: return connector?.logIn(at: time) ?? []
    case .search(let table):
      // Fifteen nines are no subscriber's number (ITU-T E.164 has no country code 999).
      return connector?.lookUp(
        LookupQuestion(id: .init(rawValue: 1), number: "+999999999999999", tables: [table], addUnknownTo: nil),
        at: time) ?? []
    case .calls:
      return connector?.log(
        CallLogEntry(
          id: .init(rawValue: 1), direction: .missed, number: "+999999999999999", record: nil, agentExtension: "",
          start: time, utcOffsetSeconds: 0, talkSeconds: 0, mark: "0.0", mayExist: true), at: time) ?? []
    }
  }

  private mutating func take(_ outputs: [ConnectorOutput]) {
    for output in outputs {
      switch output {
      case .send(let request): take(request)
      case .loginStatus(let told):
        if status == nil || told != .loggedIn { status = told }
        guard current == .login else { continue }
        switch told {
        case .loggedIn: findings[.login] = .done
        case .loggedOut(_, let failure):
          findings[.login] = .refused(failure)
          questions = []
        }
      case .lookedUp(_, let outcome):
        if let current { findings[current] = Self.finding(outcome) }
      case .logged(_, let outcome):
        if let current { findings[current] = Self.finding(outcome) }
      }
    }
  }

  /// What would write is not sent, and shows that everything before it was answered.
  private mutating func take(_ request: CRMRequest) {
    switch request.purpose {
    case .token, .login, .search, .confirm: pending.append(request)
    case .create, .logCall, .link:
      if let current { findings[current] = .done }
    }
  }

  private static func finding(_ outcome: LookupOutcome) -> Finding {
    switch outcome {
    case .found, .ambiguous, .missed, .added: .done
    case .failed(let failure): .refused(failure)
    }
  }

  private static func finding(_ outcome: CallLogOutcome) -> Finding {
    switch outcome {
    case .logged: .done
    case .failed(let failure), .postponed(let failure, _): .refused(failure)
    }
  }

  /// `GET crm.example.com/webservice.php: 200`, without the query.
  private func line(of request: CRMRequest, _ answer: CRMAnswer) -> String {
    let path = (request.request.path ?? "").prefix { $0 != "?" }
    let told =
      switch answer {
      case .response(let response, _): String(response.status.code)
      case .unreachable(let reason): reason.rawValue
      }
    return "\(request.request.method.rawValue) \(request.request.authority ?? "")\(path): \(told)"
  }
}
