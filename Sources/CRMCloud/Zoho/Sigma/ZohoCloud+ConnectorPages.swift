import CloudPages
import HTTPTypes
import Primitives

extension ZohoCloud {
  mutating func connectorsPage(
    _ request: CloudRequest, _ visit: SigmaVisit, at centre: Int, _ now: Instant
  ) -> CloudResponse {
    let isPost = request.method == .post
    guard let id = visit.parts.first else { return isPost ? visit.notFound : connectorList(visit, at: centre) }
    if id == "new", visit.parts.count == 1 { return newConnector(request, visit, at: centre) }
    guard let connector = centres[centre].sigma.connector(id), connector.ownerZUID == visit.visitor.person.zuid else {
      return visit.refusal(404, "You have no such connector.")
    }
    switch (visit.parts.dropFirst().first, visit.parts.count, isPost) {
    case (nil, 1, false): return connectorPage(connector, visit, at: centre, now)
    case ("credentials", 2, _): return credentials(request, connector, visit, at: centre)
    case ("authorize", 2, true): return authorize(connector, visit, at: centre, now)
    case ("callback", 2, false): return authorized(request, connector, visit, at: centre, now)
    case ("apis", 2, _): return newAPI(request, connector, visit, at: centre)
    case ("apis", 4, true): return act(request, onAPIOf: connector, visit, at: centre, now)
    case ("publish", 2, true):
      guard connector.tokens != nil, !connector.apis.isEmpty else {
        return visit.refusal(409, "Authorize the connector and add an API to it before you publish it.")
      }
      centres[centre].sigma.update(connector: id) { $0.isPublished = true }
      return .redirect(to: connector.path, status: 303)
    case ("delete", 2, true):
      centres[centre].sigma.remove(connector: id)
      return .redirect(to: "/connectors", status: 303)
    case _: return visit.notFound
    }
  }

  private func connectorList(_ visit: SigmaVisit, at centre: Int) -> CloudResponse {
    let connectors = centres[centre].sigma.connectors.filter { $0.ownerZUID == visit.visitor.person.zuid }
    let table = PageTable(
      id: "connectors", caption: "Your connectors", columns: ["Connector", "Authorization", "Published"],
      rows: connectors.map { connector in
        [
          .link(PageLink(connector.name, connector.path)),
          .text(connector.tokens == nil ? "Not authorized" : "Authorized"),
          .text(connector.isPublished ? "Yes" : "No"),
        ]
      }, emptyText: "You have no connectors yet.")
    return visit.page("Connectors", [.table(table), .links([PageLink("New connector", "/connectors/new")])])
  }

  private mutating func newConnector(_ request: CloudRequest, _ visit: SigmaVisit, at centre: Int) -> CloudResponse {
    let form = request.form
    var errors: [String: String] = [:]
    if request.method == .post {
      let service = OAuthService(
        requestURL: form["request_url"] ?? "", accessTokenURL: form["access_url"] ?? "",
        refreshTokenURL: form["refresh_url"] ?? "")
      errors = service.addressErrors
      let zuid = visit.visitor.person.zuid
      let link = ZohoConnections.link(from: form["name"] ?? "")
      if link == nil { errors["name"] = "Enter a name with a letter or digit." }
      if centres[centre].sigma.connectors.contains(where: { $0.ownerZUID == zuid && $0.link == link }) {
        errors["name"] = "You have a connector of this name."
      }
      if errors.isEmpty, let link {
        let connector = ZohoConnector(
          id: centres[centre].authorizations.newIdentifier(), name: String((form["name"] ?? "").prefix(100)),
          link: link, ownerZUID: zuid, oauth: service)
        guard centres[centre].sigma.add(connector) else {
          return visit.refusal(409, "There is room for no more connectors.")
        }
        return .redirect(to: connector.path + "/credentials", status: 303)
      }
    }
    func field(_ name: String, _ label: String, _ kind: PageField.Kind = .url, hint: String = "") -> PageField {
      PageField(
        name, label, kind, value: form[name] ?? "", isRequired: true, hint: hint, error: errors[name] ?? "")
    }
    let fields = [
      field("name", "Connector Name", .text),
      field(
        "request_url", "Request Token URL",
        hint: "With its scopes, and access_type=offline for a connector that lasts longer than an hour."),
      field("access_url", "Access Token URL"), field("refresh_url", "Refresh Token URL"),
    ]
    return visit.page(
      "New connector", status: errors.isEmpty ? 200 : 400,
      [visit.form("new-connector", "/connectors/new", fields: fields, "Save")])
  }

  /// The dialog after saving: the redirect URL to register, and the client's id and secret to paste.
  private mutating func credentials(
    _ request: CloudRequest, _ connector: ZohoConnector, _ visit: SigmaVisit, at centre: Int
  ) -> CloudResponse {
    var errors: [String: String] = [:]
    if request.method == .post {
      var service = connector.oauth
      service.clientID = OAuthService.trimmed(request.form["client_id"])
      service.clientSecret = Secret(OAuthService.trimmed(request.form["client_secret"]))
      errors = service.credentialErrors
      if errors.isEmpty {
        let entered = service
        centres[centre].sigma.update(connector: connector.id) { $0.oauth = entered }
        return .redirect(to: connector.path, status: 303)
      }
    }
    let fields = [
      PageField(
        "client_id", "Client ID", value: request.form["client_id"] ?? connector.oauth.clientID, isRequired: true,
        error: errors["client_id"] ?? ""),
      PageField("client_secret", "Client Secret", .password, isRequired: true, error: errors["client_secret"] ?? ""),
    ]
    return visit.page(
      "Client Credentials", status: errors.isEmpty ? 200 : 400,
      [
        .code(id: "redirect-url", label: "Redirect URL", text: visit.redirectURL(of: connector)),
        visit.form("credentials", connector.path + "/credentials", fields: fields, "Save"),
      ])
  }

  private mutating func authorize(
    _ connector: ZohoConnector, _ visit: SigmaVisit, at centre: Int, _ now: Instant
  ) -> CloudResponse {
    guard connector.oauth.credentialErrors.isEmpty else {
      return visit.refusal(409, "Enter the client credentials first.")
    }
    let address = connector.oauth.authorizationAddress(
      redirectURI: visit.redirectURL(of: connector), scopes: [], state: centres[centre].authorizations.newState())
    guard let address else { return visit.refusal(400, "The Request Token URL leads nowhere here.") }
    centres[centre].authorizations.begin(
      .connector(id: connector.id), browser: visit.visitor.cookie, state: address.state, at: now)
    return .redirect(to: address.text, status: 303)
  }

  /// Where the consent ends: exchanges the code.
  private mutating func authorized(
    _ request: CloudRequest, _ connector: ZohoConnector, _ visit: SigmaVisit, at centre: Int, _ now: Instant
  ) -> CloudResponse {
    let code: String
    switch centres[centre].authorizations.end(browser: visit.visitor.cookie, request.query, at: now) {
    case .code(let given, .connector(id: connector.id)): code = given
    case .refused(let reason, .connector(id: connector.id)?):
      centres[centre].sigma.update(connector: connector.id) { $0.problem = reason }
      return .redirect(to: connector.path, status: 303)
    case .refused(let reason, _): return visit.refusal(400, reason)
    case .code: return visit.refusal(400, "This is not where that authorization ends.")
    }
    do throws(OAuthFailure) {
      let tokens = try exchange(
        code: code, of: connector.oauth, redirectURI: visit.redirectURL(of: connector), at: now)
      centres[centre].sigma.update(connector: connector.id) { held in
        held.tokens = tokens
        held.problem = nil
      }
    } catch {
      let reason = error.text
      centres[centre].sigma.update(connector: connector.id) { $0.problem = reason }
    }
    return .redirect(to: connector.path, status: 303)
  }
}
