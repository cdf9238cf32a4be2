import HTTPTypes
import Primitives

/// Examines what one security token opens of version 1 of Zoho's API.
struct ZohoV1Examination {
  enum Question: Hashable {
    /// Whether the token is alive: the modules, which any token may see (observed in clients).
    case modules
    case search(CRMTable)
    case calls
  }

  let user: SetUpUser
  let token: Secret
  let settings: CRMSettings
  let home: ZohoDataCentre
  let options: SetUpDoctor.Options
  private(set) var outcomes: [Question: (outcome: SetUpAnswer.Outcome, line: String)] = [:]
  private var open: [Question]
  private var inFlight: (question: Question, request: HTTPRequest)?

  init(user: SetUpUser, token: Secret, settings: CRMSettings, home: ZohoDataCentre, options: SetUpDoctor.Options) {
    self.user = user
    self.token = token
    self.settings = settings
    self.home = home
    self.options = options
    open = user.isEnabled ? [.modules] : []
  }

  var isPastEnd: Bool { options.time.map { $0 >= ZohoV1Dialect.end } ?? false }

  mutating func next(id: CRMRequest.ID) -> CRMRequest? {
    guard inFlight == nil, !open.isEmpty else { return nil }
    let question = open.removeFirst()
    let request = request(for: question, id: id)
    inFlight = (question, request.request)
    return request
  }

  mutating func receive(_ answer: CRMAnswer) {
    guard let (question, request) = inFlight else { return }
    inFlight = nil
    let read = SetUpAnswer(answer, secrets: user.secrets, code: SetUpAnswer.codeOfV1)
    let line = "\(request.method.rawValue) \(request.authority ?? "")\(request.path ?? ""): \(read.told)"
    outcomes[question] = (read.outcome, line)
    if question == .modules, read.outcome == .done { open = settings.contactLookups.map { .search($0) } + [.calls] }
  }

  /// A POST with everything in its body: an address ends in logs (documented: parameters count in both).
  private func request(for question: Question, id: CRMRequest.ID) -> CRMRequest {
    let (path, parameters): (String, [(name: String, value: String)]) =
      switch question {
      case .modules: ("Info/getModules", [("type", "api")])
      // Fifteen nines are no subscriber's number (ITU-T E.164 has no country code 999).
      case .search(let table):
        ("\(table.zohoModule)/searchRecords", [("criteria", "(Phone:+999999999999999)"), ("selectColumns", "All")])
      case .calls: ("Calls/getRecords", [("fromIndex", "1"), ("toIndex", "1")])
      }
    var request = HTTPRequest(
      method: .post, scheme: "https", authority: home.crmHost, path: "/crm/private/json/" + path)
    request.headerFields[.contentType] = "application/x-www-form-urlencoded"
    let form = PercentEncoding.form([("authtoken", token.value), ("scope", "crmapi")] + parameters)
    return CRMRequest(id: id, purpose: .search, request: request, body: Array(form.utf8))
  }
}
