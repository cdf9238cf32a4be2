import CloudPages
import HTTPTypes
import Primitives

extension ZohoCloud {
  private static var base: String { "/developerconsole" }
  /// Types the older console offers.
  private static var oldKinds: [(kind: ZohoClient.Kind, title: String)] {
    [(.serverBased, "WEB Based"), (.clientBased, "JavaScript"), (.mobile, "Mobile")]
  }

  /// `accounts.*/developerconsole`: the console before `api-console.*`, as the appliance's guide shows it. Its codes
  /// are the row's client's (documented).
  mutating func respondAsOldConsole(_ request: CloudRequest, at centre: Int, _ now: Instant) -> CloudResponse {
    guard request.method == .get || request.method == .post else { return .empty(405) }
    guard let visitor = visitor(request, at: centre) else { return signInFirst(request, at: centre) }
    let isSent = request.method == .post
    if isSent, request.form["csrf"] != visitor.session.formToken { return forgedForm(visitor.session, at: centre) }
    let parts = request.parts.dropFirst()
    switch (parts.first, parts.count, isSent) {
    case (nil, _, false): return oldList(visitor)
    case ("add", 1, _): return oldAdd(request, visitor)
    case (let action?, 2, _):
      guard let client = ownClient(parts.last ?? "", of: visitor.person.zuid, at: centre), client.kind != .selfClient
      else { return consolePage("Client not found", visitor, [], error: "You have no such client.", status: 404) }
      switch (action, isSent) {
      case ("edit", _): return oldEdit(client, request, visitor)
      case ("self", _): return oldSelfClient(client, request, visitor, now)
      case ("delete", true):
        deleteClient(client.id)
        return .redirect(to: Self.base)
      case (_, _): return .empty(404)
      }
    case (_, _, _): return .empty(404)
    }
  }

  private func oldList(_ visitor: ZohoVisitor) -> CloudResponse {
    let own = clients.clients(of: visitor.person.zuid, home: centres[visitor.centre].location)
    let rows = own.filter { $0.kind != .selfClient }.map { client in
      [
        PageCell.text(client.name), .text(client.id),
        .link(PageLink("Edit", "\(Self.base)/edit/\(client.id)")),
        .link(PageLink("Self-Client", "\(Self.base)/self/\(client.id)")),
        .button(
          PageForm(
            id: "delete-" + client.id, action: "\(Self.base)/delete/\(client.id)",
            hidden: [visitor.proof], buttons: [PageButton("Delete")])),
      ]
    }
    let table = PageTable(
      id: "clients", caption: "OAuth clients", columns: ["Client Name", "Client ID", "Edit", "Self-Client", "Delete"],
      rows: rows, emptyText: "There is no client yet.")
    return consolePage(
      "Developer Console", visitor, [.links([PageLink("Add Client ID", Self.base + "/add")]), .table(table)])
  }

  private mutating func oldAdd(_ request: CloudRequest, _ visitor: ZohoVisitor) -> CloudResponse {
    let isSent = request.method == .post
    let kind = Self.oldKinds.first { $0.kind.rawValue == request.form["type"] }?.kind
    var form = ZohoClientForm(kind ?? .serverBased, request.form)
    form.takesDomain = true
    // A script's domain is the client's own here.
    if kind == .clientBased { form.javaScriptDomain = form.homepage }
    var failure = isSent ? "Something has to be corrected." : nil
    if isSent, kind != nil, form.errors.isEmpty {
      do throws(RegistrationFailure) {
        let client = try register(form, owner: visitor.person.zuid, at: visitor.centre)
        return .redirect(to: "\(Self.base)/edit/\(client.id)")
      } catch {
        failure = error.text
      }
    }
    let types = Self.oldKinds.map { PageOption($0.kind.rawValue, $0.title, isChosen: $0.kind == kind) }
    let fields = (isSent ? form.fields : form.untouchedFields).filter { $0.name != "javascript_domain" }
    let page = PageForm(
      id: "add-client", action: Self.base + "/add", hidden: [visitor.proof],
      fields: fields + [
        PageField(
          "type", "Client Type", .choice(types), error: isSent && kind == nil ? "Choose one of the types." : "")
      ], buttons: [PageButton("Create")])
    return consolePage("Create Zoho Client ID", visitor, [.form(page)], error: failure, status: isSent ? 400 : 200)
  }

  /// Edit: the row's id and secret, and its data to be changed.
  private mutating func oldEdit(
    _ client: ZohoClient, _ request: CloudRequest, _ visitor: ZohoVisitor
  ) -> CloudResponse {
    let isSent = request.method == .post
    var form = isSent ? ZohoClientForm(client.kind, request.form) : ZohoClientForm(client)
    form.takesDomain = true
    if isSent { form.javaScriptDomain = client.javaScriptDomain }
    if isSent, form.errors.isEmpty {
      update(client.id, form)
      return .redirect(to: Self.base)
    }
    let fields = (isSent ? form.fields : form.untouchedFields).filter { $0.name != "javascript_domain" }
    return consolePage(
      client.name, visitor,
      [
        .code(id: "client-id", label: "Client ID", text: client.id),
        .code(id: "client-secret", label: "Client Secret", text: client.secrets[client.home]?.value ?? ""),
        .form(
          PageForm(
            id: "client", action: "\(Self.base)/edit/\(client.id)",
            hidden: [visitor.proof], fields: fields, buttons: [PageButton("Update")])),
        .links([PageLink("Close", Self.base)]),
      ], error: isSent ? "Something has to be corrected." : nil, status: isSent ? 400 : 200)
  }

  /// Self-Client: scopes and a code's life; then View Code. There is no choice of an organisation: it is the first.
  private mutating func oldSelfClient(
    _ client: ZohoClient, _ request: CloudRequest, _ visitor: ZohoVisitor, _ now: Instant
  ) -> CloudResponse {
    let isSent = request.method == .post
    let form = ZohoSelfClientForm(request.form, needsDescription: false)
    let action = "\(Self.base)/self/\(client.id)"
    guard isSent, form.errors.isEmpty, let minutes = form.minutes else {
      let page = PageForm(
        id: "self-client", action: action, hidden: [visitor.proof],
        fields: form.fields(isSent: isSent), buttons: [PageButton("View Code")])
      return consolePage(
        "Self-Client of \(client.name)", visitor, [.form(page), .links([PageLink("Close", Self.base)])],
        error: isSent ? "Something has to be corrected." : nil, status: isSent ? 400 : 200)
    }
    let zuid = visitor.person.zuid
    let services = form.scopes.servicesWithTenants
    let session = ZohoTokenStore.Session(
      clientID: client.id, zuid: zuid,
      organisationID: services.first.flatMap { tenants(of: $0, for: zuid, at: visitor.centre).first?.id },
      portalID: services.contains(.desk) ? tenants(of: .desk, for: zuid, at: visitor.centre).first?.id : nil,
      scopes: form.scopes)
    guard let code = selfClientCode(for: session, minutes: minutes, at: visitor.centre, now) else {
      return consolePage(
        "Self-Client of \(client.name)", visitor, [.links([PageLink("Close", Self.base)])], error: Self.tooManyCodes,
        status: 403)
    }
    return consolePage(
      "Self-Client of \(client.name)", visitor,
      [
        .code(id: "code", label: "Code", text: code),
        .text("It can be exchanged once, within \(minutes) minutes, by this client."),
        .links([PageLink("Close", Self.base)]),
      ])
  }
}
