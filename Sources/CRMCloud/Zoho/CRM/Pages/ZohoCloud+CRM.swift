import CloudPages
import HTTPTypes
import Primitives

extension ZohoCloud {
  /// `crm.*`: the v1 API below `/crm/private`, PhoneBridge's set-up and the connections below `/crm/settings`, and the
  /// CRM's own pages.
  mutating func respondAsCRM(_ request: CloudRequest, at centre: Int, _ now: Instant) -> CloudResponse {
    if request.parts.starts(with: ["crm", "private"]) { return respondAsV1(request, at: centre, now) }
    if let page = respondAsDeveloperSpace(request, at: centre, now) { return page }
    guard request.method == .get || request.method == .post else { return .empty(405) }
    guard let visitor = visitor(request, at: centre) else { return signInFirst(request, at: centre) }
    guard request.method == .get || request.form["csrf"] == visitor.session.formToken else {
      let reason = "This form was not sent from a page of your own session. Go back, reload the page and try again."
      return visitor.refusal(403, product: "Zoho CRM", reason)
    }
    guard let visit = visit(of: visitor, request, at: centre, now) else {
      let reason = "You work in no such organization, or your user is not active there."
      return visitor.refusal(404, product: "Zoho CRM", reason)
    }
    switch visit.parts.first {
    case nil where !visit.isPost: return .redirect(to: visit.path("tab", "Home"))
    case "organizations" where !visit.isPost && visit.parts.count == 1: return organisationsPage(visit)
    case "tab": return respondAsTab(visit)
    case "settings": return respondAsSetup(visit)
    case "live-calls" where visit.parts.count == 1: return visit.isPost ? visit.wrongMethod : liveCallsPage(visit)
    case _: return visit.notFound
    }
  }

  /// The organisation a path names, `/crm/org600000001/…`; a path without one means the first of the visitor's, or
  /// for a record's page the one that has the record (assumed). nil where the visitor works in none.
  private func visit(
    of visitor: ZohoVisitor, _ request: CloudRequest, at centre: Int, _ now: Instant
  ) -> ZohoCRMVisit? {
    guard request.parts.isEmpty || request.parts.first == "crm" else { return nil }
    var parts = Array(request.parts.dropFirst())
    var wanted: String?
    if let part = parts.first, part.hasPrefix("org"), part.dropFirst(3).isDigits(1...19) {
      wanted = String(part.dropFirst(3))
      parts.removeFirst()
    }
    let places = organisationPlaces(of: visitor.person, at: centre)
    let organisations = centres[centre].organisations
    let withRecord = places.first { organisations[$0].hasRecord(named: parts) }
    let place = wanted.map { id in places.first { organisations[$0].id == id } } ?? withRecord ?? places.first
    guard let place, let user = organisations[place].user(zuid: visitor.person.zuid) else { return nil }
    return ZohoCRMVisit(
      visitor: visitor, centre: centre, index: place, organisationID: organisations[place].id,
      organisationName: organisations[place].name, user: user,
      isAdministrator: organisations[place].profile(of: user)?.isAdministrator ?? false, request: request,
      parts: parts, instant: now)
  }

  /// Places of the organisations where a person is an active user.
  func organisationPlaces(of person: ZohoPerson, at centre: Int) -> [Int] {
    centres[centre].organisations.indices.filter {
      centres[centre].organisations[$0].user(zuid: person.zuid)?.status == .active
    }
  }

  /// Where somebody who works in several organisations goes from one to another.
  private func organisationsPage(_ visit: ZohoCRMVisit) -> CloudResponse {
    let organisations = organisationPlaces(of: visit.visitor.person, at: visit.centre).map {
      centres[visit.centre].organisations[$0]
    }
    let table = PageTable(
      id: "organizations", caption: "Organizations you work in",
      columns: ["Organization", "Organization id (zgid)", "Edition", "Your profile"],
      rows: organisations.map { organisation in
        [
          .link(PageLink(organisation.name, "/crm/org\(organisation.id)/tab/Home")), .text(organisation.id),
          .text(organisation.edition.rawValue.capitalised),
          .text(organisation.user(zuid: visit.visitor.person.zuid)?.profile ?? ""),
        ]
      }, emptyText: "None.")
    return visit.page("Organizations", [.table(table)])
  }
}

extension ZohoOrganisation {
  func user(zuid: String) -> ZohoCRMUser? { users.first { $0.zuid == zuid } }

  /// Whether a path names a record that is here: `["tab", "Contacts", "4000000000000123456"]`.
  fileprivate func hasRecord(named parts: [String]) -> Bool {
    guard parts.count >= 3, parts[0] == "tab", let module = ZohoModuleName(rawValue: parts[1]) else { return false }
    return records.record(parts[2], in: module) != nil
  }
}
