import CloudPages
import HTTPTypes
import Primitives

/// An administrator in the CRM's developer space, and which organisation's it is.
struct ConnectionsVisit {
  static let product = "Zoho CRM"

  let visitor: ZohoVisitor
  let organisation: Int
  /// `/crm`, or `/crm/org600000001` where the organisation was named.
  let base: String
  /// Parts of the path after the page's first ones.
  let parts: [String]

  var connectionsPath: String { base + "/settings/connections" }
  var functionsPath: String { base + "/settings/functions" }

  func path(of connection: ZohoConnections.Connection) -> String { connectionsPath + "/connection/" + connection.link }
  func path(of function: ZohoFunction) -> String { functionsPath + "/" + function.name }

  func page(_ title: String, notices: [PageNotice] = [], status: Int = 200, _ blocks: [PageBlock]) -> CloudResponse {
    visitor.page(product: Self.product, title: title, notices: notices, status: status, blocks)
  }

  func refusal(_ status: Int, _ reason: String) -> CloudResponse {
    visitor.refusal(status, product: Self.product, reason)
  }

  var notFound: CloudResponse { refusal(404, "There is no such page.") }

  func form(
    _ id: String, _ path: String, hidden: [PageForm.Hidden] = [], fields: [PageField] = [], _ buttons: [PageButton]
  ) -> PageForm {
    PageForm(id: id, action: path, hidden: [visitor.proof] + hidden, fields: fields, buttons: buttons)
  }
}

extension ZohoCloud {
  /// `/crm/settings/connections` and `/crm/settings/functions` of the CRM: Setup, Developer Space; an organisation can
  /// be named, `/crm/org600000001/settings/…`. nil for other pages.
  mutating func respondAsDeveloperSpace(
    _ request: CloudRequest, at centre: Int, _ now: Instant
  ) -> CloudResponse? {
    guard request.parts.first == "crm" else { return nil }
    let named = request.parts.dropFirst().first.flatMap(Self.organisationID)
    let parts = Array(request.parts.dropFirst(named == nil ? 1 : 2))
    guard parts.count >= 2, parts[0] == "settings", ["connections", "functions"].contains(parts[1]) else { return nil }
    guard request.method == .get || request.method == .post else { return .empty(405) }
    guard var visitor = visitor(request, at: centre) else { return signInFirst(request, at: centre) }
    let base = "/crm" + (named.map { "/org" + $0 } ?? "")
    visitor.navigation = [
      PageLink("Setup", base + "/settings"),
      PageLink("Connections", base + "/settings/connections", isCurrent: parts[1] == "connections"),
      PageLink("Functions", base + "/settings/functions", isCurrent: parts[1] == "functions"),
    ]
    guard let organisation = administeredOrganisation(of: visitor.person.zuid, id: named, at: centre) else {
      return visitor.refusal(
        403, product: ConnectionsVisit.product, "Only administrators of an organisation come to the developer space.")
    }
    if request.method == .post, request.form["csrf"] != visitor.session.formToken {
      return visitor.refusal(403, product: ConnectionsVisit.product, "The form was not this page's own. Load it again.")
    }
    let visit = ConnectionsVisit(
      visitor: visitor, organisation: organisation, base: base, parts: Array(parts.dropFirst(2)))
    return parts[1] == "connections"
      ? connectionsPage(request, visit, at: centre, now) : functionsPage(request, visit, at: centre, now)
  }

  private static func organisationID(_ part: String) -> String? {
    part.hasPrefix("org") && part.dropFirst(3).isDigits(1...19) ? String(part.dropFirst(3)) : nil
  }

  /// The organisation with this id, or for nil the first, in which somebody is an active administrator.
  func administeredOrganisation(of zuid: String, id: String?, at centre: Int) -> Int? {
    centres[centre].organisations.firstIndex { organisation in
      (id.map { $0 == organisation.id } ?? true)
        && organisation.users.contains { user in
          user.zuid == zuid && user.status == .active && (organisation.profile(of: user)?.isAdministrator ?? false)
        }
    }
  }
}
