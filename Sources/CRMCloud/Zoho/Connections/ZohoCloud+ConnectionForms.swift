import CloudPages
import HTTPTypes
import Primitives

extension ZohoCloud {
  /// The form of a custom service with its first connection, and what Create and Connect does.
  mutating func customService(
    _ request: CloudRequest, _ visit: ConnectionsVisit, at centre: Int, _ now: Instant
  ) -> CloudResponse {
    let form = request.form
    guard request.method == .post else { return Self.customServicePage(form, [:], visit) }
    let service = ZohoConnections.Service(
      id: ZohoConnections.link(from: form["service_name"] ?? "") ?? "",
      name: String((form["service_name"] ?? "").prefix(100)),
      oauth: OAuthService(
        requestURL: form["request_url"] ?? "", accessTokenURL: form["access_url"] ?? "",
        refreshTokenURL: form["refresh_url"] ?? "", clientID: OAuthService.trimmed(form["client_id"]),
        clientSecret: Secret(OAuthService.trimmed(form["client_secret"]))), builtIn: nil)
    var errors = service.oauth.addressErrors.merging(service.oauth.credentialErrors) { $1 }
    let connections = centres[centre].organisations[visit.organisation].connections
    if service.id.isEmpty { errors["service_name"] = "Enter a name with a letter or digit." }
    if connections.service(service.id) != nil { errors["service_name"] = "There is a service of this name." }
    let connection = Self.connection(form, serviceID: service.id)
    if let error = Self.problem(with: connection, among: connections) { errors["connection_name"] = error }
    guard errors.isEmpty, let connection else { return Self.customServicePage(form, errors, visit) }
    let isAdded =
      centres[centre].organisations[visit.organisation].connections.add(service)
      && centres[centre].organisations[visit.organisation].connections.add(connection)
    guard isAdded else { return visit.refusal(409, "There is room for no more services or connections.") }
    return connect(connection, visit, at: centre, now)
  }

  private static func customServicePage(
    _ form: FormParameters, _ errors: [String: String], _ visit: ConnectionsVisit
  ) -> CloudResponse {
    func field(_ name: String, _ label: String, _ kind: PageField.Kind = .text, hint: String = "") -> PageField {
      let isSecret = kind == .password
      return PageField(
        name, label, kind, value: isSecret ? "" : form[name] ?? "", isRequired: name != "scopes", hint: hint,
        error: errors[name] ?? "")
    }
    let fields = [
      field("service_name", "Service Name"),
      PageField(
        "authentication_type", "Authentication Type", .choice([PageOption("oauth2", "OAuth 2", isChosen: true)])),
      field("client_id", "Client ID"), field("client_secret", "Client Secret", .password),
      field(
        "request_url", "Authorize URL", .url,
        hint: "With scope, state and access_type where the service takes them; the rest is added."),
      field("access_url", "Access Token URL", .url), field("refresh_url", "Refresh Token URL", .url),
      field("connection_name", "Connection Name"),
      field("scopes", "Scopes", hint: "Parted by spaces or commas; empty where the authorize URL has them."),
    ]
    let redirect = "https://\(visit.visitor.hosts.deluge)/delugeauth/callback"
    return visit.page(
      "Custom Service", status: errors.isEmpty ? 200 : 400,
      [
        .code(id: "redirect-url", label: "Redirect URL to register with the service", text: redirect),
        .form(
          visit.form(
            "custom-service", visit.connectionsPath + "/custom", fields: fields,
            [PageButton("Create and Connect")])),
      ])
  }

  /// The form of a connection to a service that is there, and what Create and Connect does.
  mutating func newConnection(
    _ request: CloudRequest, _ visit: ConnectionsVisit, _ serviceID: String, at centre: Int, _ now: Instant
  ) -> CloudResponse {
    let connections = centres[centre].organisations[visit.organisation].connections
    guard let service = connections.service(serviceID) else {
      return visit.refusal(404, "There is no service of this name.")
    }
    let form = request.form
    var error = ""
    if request.method == .post {
      let connection = Self.connection(form, serviceID: service.id)
      error = Self.problem(with: connection, among: connections) ?? ""
      if error.isEmpty, let connection {
        guard centres[centre].organisations[visit.organisation].connections.add(connection) else {
          return visit.refusal(409, "There is room for no more connections.")
        }
        return connect(connection, visit, at: centre, now)
      }
    }
    let scopes = form["scopes"] ?? service.builtIn?.defaultScopes.joined(separator: " ") ?? ""
    let fields = [
      PageField(
        "connection_name", "Connection Name", value: form["connection_name"] ?? "", isRequired: true, error: error),
      PageField("scopes", "Scopes", value: scopes, hint: "Parted by spaces or commas."),
    ]
    return visit.page(
      "Connect to " + service.name, status: error.isEmpty ? 200 : 400,
      [
        .form(
          visit.form(
            "new-connection", visit.connectionsPath + "/new/" + service.id, fields: fields,
            [PageButton("Create and Connect")]))
      ])
  }

  private static func connection(_ form: FormParameters, serviceID: String) -> ZohoConnections.Connection? {
    let name = String((form["connection_name"] ?? "").prefix(100))
    guard let link = ZohoConnections.link(from: name) else { return nil }
    let scopes = (form["scopes"] ?? "").split { $0 == " " || $0 == "," || $0.isNewline }
    return ZohoConnections.Connection(
      name: name, link: link, serviceID: serviceID, scopes: scopes.prefix(50).map { String($0.prefix(200)) },
      tokens: nil, problem: nil)
  }

  private static func problem(
    with connection: ZohoConnections.Connection?, among connections: ZohoConnections
  ) -> String? {
    guard let connection else { return "Enter a name with a letter or digit." }
    return connections.connection(connection.link) == nil
      ? nil : "There is a connection with the link name \(connection.link)."
  }
}
