import HTTPTypes
import Primitives

/// Examines what one set of credentials opens: asks, keeps what came back, and makes checks of it.
struct ZohoV2Examination {
  /// What the page holds.
  let user: SetUpUser
  let credentials: ZohoV2Credentials
  let settings: CRMSettings
  /// Where the site's server address leads.
  let home: ZohoDataCentre
  let options: SetUpDoctor.Options

  private(set) var probes: [ZohoProbe] = []
  /// The token that was to be had, and where.
  private(set) var token: (facts: ZohoTokenFacts, centre: ZohoDataCentre)?
  private(set) var creditsLeft: ZohoCreditsLeft?
  private var open: [ZohoProbe.Question] = []
  private var inFlight: (question: ZohoProbe.Question, request: HTTPRequest)?

  init(
    user: SetUpUser, credentials: ZohoV2Credentials, settings: CRMSettings, home: ZohoDataCentre,
    options: SetUpDoctor.Options
  ) {
    self.user = user
    self.credentials = credentials
    self.settings = settings
    self.home = home
    self.options = options
    if user.isEnabled { open = [.refresh(home)] }
  }

  /// The next request; nil when there is nothing left to ask.
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
    let probe = ZohoProbe(question, request, answer, secrets: secrets)
    probes.append(probe)
    switch question {
    case .refresh(let centre): refreshed(at: centre, probe, answer)
    case .client: lookElsewhereIfAllAreAsked()
    case .search, .list, .calls:
      if case .response(let response, _) = answer {
        let left = ZohoCreditsLeft(response.headerFields)
        if left.isKnown { creditsLeft = left }
      }
      goOn(after: question, probe)
    }
  }

  private var secrets: [Secret] {
    user.secrets + (token.map { [$0.facts.accessToken] } ?? [])
  }

  private mutating func refreshed(at centre: ZohoDataCentre, _ probe: ZohoProbe, _ answer: CRMAnswer) {
    if probe.outcome == .done, let facts = ZohoTokenFacts(answer) {
      token = (facts, centre)
      open = settings.contactLookups.map { .search($0) } + [.calls]
    } else if centre == home, options.asksOtherRegions, ["invalid_client", "invalid_code"].contains(probe.code) {
      open = ZohoDataCentre.all.filter { $0 != home }.map { .client($0) }
    }
  }

  /// After the last region has said whether it knows the client, those that do are asked for a token.
  private mutating func lookElsewhereIfAllAreAsked() {
    if open.isEmpty { open = knowingRegions.map { .refresh($0) } }
  }

  /// Regions besides the site's own in which the client is known: any other error than an unknown client says so.
  var knowingRegions: [ZohoDataCentre] {
    probes.compactMap { probe in
      guard case .client(let centre) = probe.question, let code = probe.code else { return nil }
      return ["invalid_client_secret", "invalid_code"].contains(code) ? centre : nil
    }
  }

  private mutating func goOn(after question: ZohoProbe.Question, _ probe: ZohoProbe) {
    guard case .refused(let failure) = probe.outcome else { return }
    // A search may lack the table's scope or the search's own.
    if case .search(let table) = question, failure.code == "OAUTH_SCOPE_MISMATCH" { open.insert(.list(table), at: 0) }
    let isAboutOneTable = failure.status.map { (400..<500).contains($0) && $0 != 429 } ?? false
    let isAboutAll = ["INVALID_TOKEN", "AUTHENTICATION_FAILURE"].contains(failure.code) || probe.isWithoutAPIAccess
    if !isAboutOneTable || isAboutAll { open = [] }
  }

  // MARK: Requests

  private func request(for question: ZohoProbe.Question, id: CRMRequest.ID) -> CRMRequest {
    switch question {
    case .refresh(let centre):
      tokenRequest(id, centre, secret: credentials.clientSecret.value, token: credentials.refreshToken.value)
    // A made-up secret tells an unknown client from a known one without showing the real one to another region.
    case .client(let centre): tokenRequest(id, centre, secret: "unknown", token: "unknown")
    // Fifteen nines are no subscriber's number (ITU-T E.164 has no country code 999).
    case .search(let table):
      apiRequest(id, "\(table.zohoModule)/search?" + PercentEncoding.form([("phone", "+999999999999999")]))
    case .list(let table): apiRequest(id, "\(table.zohoModule)?page=1&per_page=1")
    case .calls: apiRequest(id, "Calls?page=1&per_page=1")
    }
  }

  private func tokenRequest(_ id: CRMRequest.ID, _ centre: ZohoDataCentre, secret: String, token: String) -> CRMRequest
  {
    let form = PercentEncoding.form([
      ("client_id", credentials.clientID), ("client_secret", secret), ("grant_type", "refresh_token"),
      ("refresh_token", token),
    ])
    var request = HTTPRequest(
      method: .post, scheme: "https", authority: centre.accountsHost, path: "/oauth/v2/token")
    request.headerFields[.contentType] = "application/x-www-form-urlencoded"
    return CRMRequest(id: id, purpose: .token, request: request, body: Array(form.utf8))
  }

  private func apiRequest(_ id: CRMRequest.ID, _ path: String) -> CRMRequest {
    let host = token.map { $0.facts.apiHost ?? $0.centre.apiHost } ?? home.apiHost
    var request = HTTPRequest(method: .get, scheme: "https", authority: host, path: "/crm/v2/" + path)
    request.headerFields[.authorization] = "Zoho-oauthtoken " + (token?.facts.accessToken.value ?? "")
    return CRMRequest(id: id, purpose: .search, request: request)
  }
}
