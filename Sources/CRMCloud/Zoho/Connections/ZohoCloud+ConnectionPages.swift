import CloudPages
import HTTPTypes
import Primitives

extension ZohoCloud {
  mutating func connectionsPage(
    _ request: CloudRequest, _ visit: ConnectionsVisit, at centre: Int, _ now: Instant
  ) -> CloudResponse {
    let isPost = request.method == .post
    switch (visit.parts.first, visit.parts.count, isPost) {
    case (nil, 0, false): return connectionList(visit, at: centre)
    case ("new", 1, false): return servicePage(visit, at: centre)
    case ("custom", 1, _): return customService(request, visit, at: centre, now)
    case ("new", 2, _): return newConnection(request, visit, visit.parts[1], at: centre, now)
    case ("connection", 2...3, _):
      let connections = centres[centre].organisations[visit.organisation].connections
      guard let connection = connections.connection(visit.parts[1]) else {
        return visit.refusal(404, "There is no connection of this link name.")
      }
      let action = visit.parts.count == 3 ? visit.parts[2] : nil
      if !isPost, action == nil { return connectionPage(connection, visit, at: centre, now) }
      return isPost ? act(action ?? "", on: connection, visit, at: centre, now) : visit.notFound
    case _: return visit.notFound
    }
  }

  private func connectionList(_ visit: ConnectionsVisit, at centre: Int) -> CloudResponse {
    let connections = centres[centre].organisations[visit.organisation].connections
    let table = PageTable(
      id: "connections", caption: "My Connections", columns: ["Connection", "Link name", "Service name", "Status"],
      rows: connections.connections.map { connection in
        [
          .link(PageLink(connection.name, visit.path(of: connection))), .text(connection.link),
          .text(connections.service(connection.serviceID)?.name ?? ""),
          .text(connection.tokens == nil ? "Not connected" : "Connected"),
        ]
      }, emptyText: "There are no connections yet.")
    return visit.page(
      "Connections",
      [.table(table), .links([PageLink("Create Connection", visit.connectionsPath + "/new")])])
  }

  /// Pick Your Service: those built in, and those the organisation defined.
  private func servicePage(_ visit: ConnectionsVisit, at centre: Int) -> CloudResponse {
    let connections = centres[centre].organisations[visit.organisation].connections
    func links(_ services: [ZohoConnections.Service]) -> PageBlock {
      .links(services.map { PageLink($0.name, visit.connectionsPath + "/new/" + $0.id) })
    }
    let own: PageBlock =
      connections.services.isEmpty ? .text("No custom service is defined yet.") : links(connections.services)
    return visit.page(
      "Pick Your Service",
      [
        .section(id: "default-services", title: "Default Services", [links(BuiltInService.allCases.map(\.service))]),
        .section(
          id: "custom-services", title: "Custom Services",
          [own, .links([PageLink("Create a custom service", visit.connectionsPath + "/custom")])]),
      ])
  }

  private func connectionPage(
    _ connection: ZohoConnections.Connection, _ visit: ConnectionsVisit, at centre: Int, _ now: Instant
  ) -> CloudResponse {
    let service = centres[centre].organisations[visit.organisation].connections.service(connection.serviceID)
    let path = visit.path(of: connection)
    let isConnected = connection.tokens != nil
    let status =
      switch connection.tokens {
      case nil: "Not connected"
      case let tokens? where tokens.isExpired(at: now) && tokens.refreshToken == nil: "Expired: connect again"
      case _?: "Connected"
      }
    let buttons: [PageBlock] = [
      .form(visit.form("connect", path + "/connect", [PageButton(isConnected ? "Connect again" : "Connect")])),
      .form(visit.form("delete", path + "/delete", [PageButton("Delete connection")])),
    ]
    let revoke: [PageBlock] =
      isConnected ? [.form(visit.form("revoke", path + "/revoke", [PageButton("Revoke")]))] : []
    return visit.page(
      connection.name, notices: connection.problem.map { [PageNotice(.error, $0)] } ?? [],
      [
        .facts([
          PageFact(id: "link-name", "Link name", connection.link),
          PageFact(id: "service-name", "Service name", service?.name ?? ""),
          PageFact(id: "status", "Status", status),
          PageFact(id: "scopes", "Scopes", connection.scopes.joined(separator: " ")),
        ]),
        .code(id: "code", label: "Use it in a function", text: InvokeURLSnippet.text(link: connection.link)),
      ] + buttons + revoke)
  }

  private mutating func act(
    _ action: String, on connection: ZohoConnections.Connection, _ visit: ConnectionsVisit, at centre: Int,
    _ now: Instant
  ) -> CloudResponse {
    switch action {
    case "connect": return connect(connection, visit, at: centre, now)
    case "revoke":
      centres[centre].organisations[visit.organisation].connections.update(connection.link) { held in
        held.tokens = nil
        held.problem = nil
      }
      return .redirect(to: visit.path(of: connection), status: 303)
    case "delete":
      centres[centre].organisations[visit.organisation].connections.removeConnection(connection.link)
      return .redirect(to: visit.connectionsPath, status: 303)
    case _: return visit.notFound
    }
  }

  /// Sends the browser to the service's consent page.
  mutating func connect(
    _ connection: ZohoConnections.Connection, _ visit: ConnectionsVisit, at centre: Int, _ now: Instant
  ) -> CloudResponse {
    let organisation = centres[centre].organisations[visit.organisation]
    guard let service = organisation.connections.service(connection.serviceID) else { return visit.notFound }
    if service.builtIn == .zohoOAuth { registerConnectionsClient() }
    let address = oauthService(service, at: centre).authorizationAddress(
      redirectURI: "https://\(visit.visitor.hosts.deluge)/delugeauth/callback", scopes: connection.scopes,
      state: centres[centre].authorizations.newState())
    guard let address else { return visit.refusal(400, "The service's authorize URL leads nowhere here.") }
    centres[centre].authorizations.begin(
      .connection(organisation: organisation.id, link: connection.link), browser: visit.visitor.cookie,
      state: address.state, at: now)
    return .redirect(to: address.text, status: 303)
  }
}
