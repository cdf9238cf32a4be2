import CloudPages
import Primitives

/// What a consent page asks about, and where its form goes.
struct ZohoConsent {
  let session: ZohoTokenStore.Session
  let clientName: String
  let action: String
  /// Sent along by the form.
  let parameters: [(name: String, value: String)]

  init(
    session: ZohoTokenStore.Session, clientName: String, action: String, _ parameters: [(name: String, value: String)]
  ) {
    self.session = session
    self.clientName = clientName
    self.action = action
    self.parameters = parameters
  }
}

extension ZohoCloud {
  /// The page with the scopes in words, Accept and Reject.
  func consentPage(
    _ consent: ZohoConsent, _ browser: ZohoBrowserSessions.Session, at centre: Int
  ) -> CloudResponse {
    let session = consent.session
    var hidden = consent.parameters.map { PageForm.Hidden($0.name, $0.value) }
    var facts: [PageFact] = []
    for service in session.scopes.servicesWithTenants {
      let id = (service.tenant == .portal ? session.portalID : session.organisationID) ?? ""
      hidden.append(.init("tenant-" + service.name, id))
      let name = tenants(of: service, for: session.zuid, at: centre).first { $0.id == id }?.name ?? id
      facts.append(PageFact(id: "chosen-" + service.name, service.title, name))
    }
    if session.scopes.servicesWithTenants.contains(.crm) {
      hidden.append(.init("environment", session.environment.rawValue))
      facts.append(PageFact(id: "environment", "Environment", session.environment.title))
    }
    hidden.append(.init("csrf", browser.formToken))
    let form = PageForm(
      id: "consent", action: consent.action, hidden: hidden,
      buttons: [
        PageButton("Accept", sending: .init("decision", "accept")),
        PageButton("Reject", sending: .init("decision", "reject")),
      ])
    return accountsPage(
      "\(consent.clientName) would like to access the following information", browser,
      (facts.isEmpty ? [] : [.facts(facts)]) + [
        .list(session.scopes.words, numbered: false),
        .text(
          "By accepting you let \(consent.clientName) do this with your account until you remove it under "
            + "Active Sessions, Connected Apps."),
        .form(form),
      ], at: centre)
  }

  /// The page that asks for which organisation or portal.
  func tenantPage(
    _ services: [ZohoService], for person: ZohoPerson, _ browser: ZohoBrowserSessions.Session, action: String,
    _ parameters: [(name: String, value: String)], error: String? = nil, at centre: Int
  ) -> CloudResponse {
    if let missing = services.first(where: { tenants(of: $0, for: person.zuid, at: centre).isEmpty }) {
      return accountsPage(
        "No organisation to choose", browser, [.text("Ask an administrator of \(missing.title) to invite you.")],
        notice: PageNotice(.error, "You work in no organisation of \(missing.title)."), status: 403, at: centre)
    }
    let form = PageForm(
      id: "tenant", action: action,
      hidden: parameters.map { PageForm.Hidden($0.name, $0.value) } + [.init("csrf", browser.formToken)],
      fields: tenantFields(services, for: person.zuid, at: centre), buttons: [PageButton("Submit")])
    return accountsPage(
      "Choose an organisation", browser, [.form(form)], notice: error.map { PageNotice(.error, $0) },
      status: error == nil ? 200 : 400, at: centre)
  }

  /// A choice for each service, and for the CRM the environment.
  func tenantFields(_ services: [ZohoService], for zuid: String, at centre: Int) -> [PageField] {
    var fields = services.map { service in
      PageField(
        "tenant-" + service.name, service.title + (service.tenant == .portal ? " portal" : " organisation"),
        .choice(tenants(of: service, for: zuid, at: centre).map { PageOption($0.id, $0.name) }))
    }
    if services.contains(.crm) {
      fields.append(
        PageField(
          "environment", "Environment",
          .choice(ZohoEnvironment.allCases.map { PageOption($0.rawValue, $0.title) })))
    }
    return fields
  }

  /// What is wrong with a request that has no safe place to answer to (documented; the wording is ours).
  func authorizationError(_ failure: ZohoAuthorizationRequest.Failure, at centre: Int) -> CloudResponse {
    let (title, text) =
      switch failure {
      case .client:
        ("Invalid Client", "The client id is unknown, or the client is not enabled in this data centre (Multi-DC).")
      case .redirectURI:
        (
          "Invalid Redirect URI",
          "The redirect URI is none of those registered for the client; it is compared character by character."
        )
      case .responseType:
        (
          "Invalid Response Type",
          "The response type has to be code, or token for a client of the type Client-based Application."
        )
      case .scope(""): ("Invalid Scope", "No scope is asked for, or more than \(ZohoScope.maximumCount).")
      case .scope(let name): ("Invalid Scope", "The scope \(name.prefix(200)) does not exist.")
      }
    return accountsPage(title, nil, [], notice: PageNotice(.error, text), status: 400, at: centre)
  }
}

extension ZohoEnvironment {
  /// As the pages call it.
  var title: String {
    switch self {
    case .production: "Production"
    case .sandbox: "Sandbox"
    case .developer: "Developer"
    }
  }
}
