import CloudPages
import HTTPTypes
import Primitives

/// An administrator in the CRM's developer space, and which organisation's it is.
struct ConnectionsVisit {
  static let product = "Zoho CRM"
  static let connectionsPath = "/crm/settings/connections"
  static let functionsPath = "/crm/settings/functions"

  let visitor: ZohoVisitor
  let organisation: Int
  /// Parts of the path after the page's first ones.
  let parts: [String]

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
  /// `/crm/settings/connections` and `/crm/settings/functions` of the CRM: Setup, Developer Space. nil for other pages.
  mutating func respondAsDeveloperSpace(
    _ request: CloudRequest, at centre: Int, _ now: Instant
  ) -> CloudResponse? {
    guard request.parts.starts(with: ["crm", "settings"]), request.parts.count >= 3,
      ["connections", "functions"].contains(request.parts[2])
    else { return nil }
    guard request.method == .get || request.method == .post else { return .empty(405) }
    guard var visitor = visitor(request, at: centre) else { return signInFirst(request, at: centre) }
    visitor.navigation = [
      PageLink("Connections", ConnectionsVisit.connectionsPath, isCurrent: request.parts[2] == "connections"),
      PageLink("Functions", ConnectionsVisit.functionsPath, isCurrent: request.parts[2] == "functions"),
    ]
    guard let organisation = administeredOrganisation(of: visitor.person.zuid, at: centre) else {
      return visitor.refusal(
        403, product: ConnectionsVisit.product, "Only administrators of an organisation come to the developer space.")
    }
    if request.method == .post, request.form["csrf"] != visitor.session.formToken {
      return visitor.refusal(403, product: ConnectionsVisit.product, "The form was not this page's own. Load it again.")
    }
    let visit = ConnectionsVisit(
      visitor: visitor, organisation: organisation, parts: Array(request.parts.dropFirst(3)))
    return request.parts[2] == "connections"
      ? connectionsPage(request, visit, at: centre, now) : functionsPage(request, visit, at: centre, now)
  }

  /// The first organisation in which somebody is an active administrator.
  func administeredOrganisation(of zuid: String, at centre: Int) -> Int? {
    centres[centre].organisations.firstIndex { organisation in
      organisation.users.contains { user in
        user.zuid == zuid && user.status == .active && (organisation.profile(of: user)?.isAdministrator ?? false)
      }
    }
  }
}
