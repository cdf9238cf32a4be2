import CloudPages
import HTTPTypes
import Primitives

extension ZohoCloud {
  /// `api-console.*`.
  mutating func respondAsConsole(_ request: CloudRequest, at centre: Int, _ now: Instant) -> CloudResponse {
    guard request.method == .get || request.method == .post else { return .empty(405) }
    guard let visitor = visitor(request, at: centre) else { return signInFirst(request, at: centre) }
    if request.method == .post, request.form["csrf"] != visitor.session.formToken {
      return forgedForm(visitor.session, at: centre)
    }
    let parts = request.parts
    switch (parts.first, parts.count) {
    case (nil, _) where request.method == .get: return clientList(visitor)
    case ("add", 1) where request.method == .get: return typeChoice(visitor)
    case ("add", 2): return addClient(parts[1], request, visitor)
    case ("client", 2), ("client", 3):
      guard let client = ownClient(parts[1], of: visitor.person.zuid, at: centre) else {
        return consolePage("Client not found", visitor, [], error: "You have no such client.", status: 404)
      }
      return clientPages(parts.count == 3 ? parts[2] : "", client, request, visitor, now)
    case (_, _): return .empty(404)
    }
  }

  private mutating func clientPages(
    _ tab: String, _ client: ZohoClient, _ request: CloudRequest, _ visitor: ZohoVisitor, _ now: Instant
  ) -> CloudResponse {
    switch (tab, request.method == .post) {
    case ("", _) where client.kind != .selfClient: return clientDetails(client, request, visitor)
    case ("", false), ("secret", false): return secretTab(client, visitor)
    case ("secret", true):
      regenerateSecret(of: client.id, in: request.form["location"] ?? "", at: visitor.centre)
      return .redirect(to: "/client/\(client.id)/secret")
    case ("settings", _): return settingsTab(client, request, visitor)
    case ("code", _) where client.kind == .selfClient: return codeTab(client, request, visitor, now)
    case ("delete", true):
      deleteClient(client.id)
      return .redirect(to: "/")
    case (_, _): return .empty(404)
    }
  }

  /// A page of the console.
  func consolePage(
    _ title: String, _ visitor: ZohoVisitor, _ blocks: [PageBlock], notice: PageNotice? = nil,
    error: String? = nil, status: Int = 200
  ) -> CloudResponse {
    var visitor = visitor
    visitor.navigation = [PageLink("Applications", "/")]
    let notices = [notice, error.map { PageNotice(.error, $0) }].compactMap { $0 }
    return visitor.page(product: "API Console", title: title, notices: notices, status: status, blocks)
  }

  private func clientList(_ visitor: ZohoVisitor) -> CloudResponse {
    let own = clients.clients(of: visitor.person.zuid, home: centres[visitor.centre].location)
    guard !own.isEmpty else {
      return consolePage(
        "API Console", visitor,
        [
          .text("Register your application to let it use Zoho's APIs."),
          .links([PageLink("GET STARTED", "/add")]),
        ])
    }
    let rows = own.map { client in
      [
        PageCell.link(PageLink(client.name, "/client/\(client.id)")), .text(client.kind.title), .text(client.id),
        .button(
          PageForm(
            id: "delete-" + client.id, action: "/client/\(client.id)/delete",
            hidden: [visitor.proof], buttons: [PageButton("Delete")])),
      ]
    }
    let table = PageTable(
      id: "clients", caption: "Your clients", columns: ["Client Name", "Client Type", "Client ID", "Delete"],
      rows: rows, emptyText: "")
    return consolePage("Applications", visitor, [.links([PageLink("ADD CLIENT", "/add")]), .table(table)])
  }

  private func typeChoice(_ visitor: ZohoVisitor) -> CloudResponse {
    let texts: [(kind: ZohoClient.Kind, text: String)] = [
      (.clientBased, "Applications whose code runs in a browser."),
      (.serverBased, "Web applications with a server of their own."),
      (.mobile, "Applications on telephones and tablets."),
      (.nonBrowser, "Devices without a browser."),
      (.selfClient, "Stand-alone programs that work with your own account only."),
    ]
    return consolePage(
      "Choose a Client Type", visitor,
      texts.map { kind, text in
        .section(
          id: kind.rawValue, title: kind.title,
          [.text(text), .links([PageLink("CREATE NOW", "/add/" + kind.rawValue)])])
      })
  }

  private mutating func addClient(
    _ name: String, _ request: CloudRequest, _ visitor: ZohoVisitor
  ) -> CloudResponse {
    guard let kind = ZohoClient.Kind(rawValue: name) else { return .empty(404) }
    var form = ZohoClientForm(kind, request.form)
    if kind == .selfClient { form.name = "Self Client" }
    let isSent = request.method == .post
    var failure: String?
    if isSent, kind == .selfClient || form.errors.isEmpty {
      do throws(RegistrationFailure) {
        let client = try register(form, owner: visitor.person.zuid, at: visitor.centre)
        return .redirect(to: "/client/\(client.id)/secret")
      } catch {
        failure = error.text
      }
    }
    let page = PageForm(
      id: "add-client", action: "/add/" + kind.rawValue, hidden: [visitor.proof],
      fields: kind == .selfClient ? [] : isSent ? form.fields : form.untouchedFields,
      buttons: [PageButton("CREATE")])
    return consolePage(
      kind.title, visitor, [.form(page)], error: failure ?? (isSent ? "Something has to be corrected." : nil),
      status: isSent ? 400 : 200)
  }
}
