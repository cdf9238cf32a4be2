import CloudPages
import HTTPTypes
import Primitives

extension ZohoCloud {
  /// The tabs of a client's page, the one shown marked.
  func tabs(of client: ZohoClient, current: String) -> PageBlock {
    let base = "/client/\(client.id)"
    var tabs = client.kind == .selfClient ? [("Generate Code", "/code")] : [("Client Details", "")]
    tabs += [("Client Secret", "/secret")]
    if client.kind != .selfClient { tabs += [("Settings", "/settings")] }
    return .links(tabs.map { PageLink($0.0, base + $0.1, isCurrent: $0.0 == current) })
  }

  /// Client Details: name, homepage and redirect URIs, to be changed; and the client's deletion.
  mutating func clientDetails(
    _ client: ZohoClient, _ request: CloudRequest, _ visitor: ZohoVisitor
  ) -> CloudResponse {
    let isSent = request.method == .post
    let form = isSent ? ZohoClientForm(client.kind, request.form) : ZohoClientForm(client)
    if isSent, form.errors.isEmpty {
      update(client.id, form)
      return .redirect(to: "/client/\(client.id)")
    }
    let csrf = visitor.proof
    return consolePage(
      client.name, visitor,
      [
        tabs(of: client, current: "Client Details"),
        .form(
          PageForm(
            id: "client", action: "/client/\(client.id)", hidden: [csrf],
            fields: isSent ? form.fields : form.untouchedFields, buttons: [PageButton("UPDATE")])),
        .form(
          PageForm(
            id: "delete", action: "/client/\(client.id)/delete", hidden: [csrf], buttons: [PageButton("Delete")])),
      ], error: isSent ? "Something has to be corrected." : nil, status: isSent ? 400 : 200)
  }

  /// Takes a form without errors over.
  mutating func update(_ id: String, _ form: ZohoClientForm) {
    clients.update(id) {
      $0.name = form.name
      $0.homepage = form.homepage
      $0.redirectURIs = form.redirectURIs
      $0.javaScriptDomain = form.javaScriptDomain
    }
  }

  /// Client Secret: id and secret, to be seen at any later time (documented), in each data centre enabled.
  func secretTab(_ client: ZohoClient, _ visitor: ZohoVisitor) -> CloudResponse {
    var blocks: [PageBlock] = [
      tabs(of: client, current: "Client Secret"), .code(id: "client-id", label: "Client ID", text: client.id),
    ]
    for location in ZohoHosts.all.map(\.location) {
      guard let secret = client.secrets[location] else { continue }
      let isHome = location == client.home
      blocks += [
        .code(
          id: isHome ? "client-secret" : "client-secret-" + location,
          label: isHome ? "Client Secret" : "Client Secret (\(location))", text: secret.value),
        .form(
          PageForm(
            id: "regenerate-" + location, action: "/client/\(client.id)/secret",
            hidden: [visitor.proof, .init("location", location)],
            buttons: [PageButton("Regenerate")])),
      ]
    }
    return consolePage(client.name, visitor, blocks)
  }

  /// Settings: the data centres besides the home that the client works in.
  mutating func settingsTab(
    _ client: ZohoClient, _ request: CloudRequest, _ visitor: ZohoVisitor
  ) -> CloudResponse {
    guard client.kind != .selfClient else { return .empty(404) }
    let others = ZohoHosts.all.filter { $0.location != client.home }
    if request.method == .post {
      let chosen = others.map(\.location).filter { request.form["dc-" + $0] != nil }
      setDataCentres(
        of: client.id, Set(chosen), shareSecret: request.form["same-credentials"] != nil, at: visitor.centre)
      return .redirect(to: "/client/\(client.id)/settings")
    }
    let isShared = client.secrets.count > 1 && Set(client.secrets.values).count == 1
    var fields = others.map { hosts in
      PageField(
        "dc-" + hosts.location, "\(hosts.location) (\(hosts.accounts))",
        .checkbox(isOn: client.secrets[hosts.location] != nil), value: "on")
    }
    fields.append(
      PageField(
        "same-credentials", "Use the same OAuth credentials for all data centers", .checkbox(isOn: isShared),
        value: "on"))
    let form = PageForm(
      id: "multi-dc", action: "/client/\(client.id)/settings", hidden: [visitor.proof],
      fields: fields, buttons: [PageButton("Save")])
    return consolePage(
      client.name, visitor,
      [tabs(of: client, current: "Settings"), .section(id: "dcs", title: "Multi-DC", [.form(form)])])
  }
}
