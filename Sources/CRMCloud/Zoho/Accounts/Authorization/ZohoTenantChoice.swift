/// An organisation or portal that a person can grant access to.
struct ZohoTenantChoice: Codable, Hashable {
  let id: String
  let name: String
}

extension ZohoCloud {
  /// What a person can choose among for a service: organisations of the CRM they work in, or Desk's portals.
  func tenants(of service: ZohoService, for zuid: String, at centre: Int) -> [ZohoTenantChoice] {
    switch service.tenant {
    case .organisation:
      centres[centre].organisations
        .filter { $0.users.contains { $0.zuid == zuid && $0.status == .active } }
        .map { ZohoTenantChoice(id: $0.id, name: $0.name) }
    case .portal:
      centres[centre].desk.portals(of: zuid).map { ZohoTenantChoice(id: $0.id, name: $0.companyName) }
    case nil: []
    }
  }

  /// The environments a grant of the CRM can be for. Sandboxes come with the larger editions (documented).
  func environments(of organisationID: String, at centre: Int) -> [ZohoEnvironment] {
    switch centres[centre].organisations.first(where: { $0.id == organisationID })?.edition {
    case .enterprise, .ultimate: ZohoEnvironment.allCases
    case .free, .standard, .professional: [.production, .developer]
    case nil: [.production]
    }
  }

  /// A session with the choices of a form; nil where one is missing, or is not the person's to make.
  func session(
    of client: String, _ scopes: ZohoScopes, for zuid: String, choosing form: FormParameters, at centre: Int
  ) -> ZohoTokenStore.Session? {
    var session = ZohoTokenStore.Session(clientID: client, zuid: zuid, organisationID: nil, scopes: scopes)
    for service in scopes.servicesWithTenants {
      let choices = tenants(of: service, for: zuid, at: centre)
      guard let id = form["tenant-" + service.name], choices.contains(where: { $0.id == id }) else { return nil }
      if service.tenant == .portal { session.portalID = id }
      if service.tenant == .organisation || session.organisationID == nil { session.organisationID = id }
    }
    if scopes.servicesWithTenants.contains(.crm), let name = form["environment"] {
      guard let environment = ZohoEnvironment(rawValue: name),
        environments(of: session.organisationID ?? "", at: centre).contains(environment)
      else { return nil }
      session.environment = environment
    }
    return session
  }
}
