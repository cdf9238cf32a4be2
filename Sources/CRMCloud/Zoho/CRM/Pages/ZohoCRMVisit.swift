import CloudPages
import HTTPTypes
import Primitives

/// One request to the CRM's own pages by somebody who works in the organisation it is about.
struct ZohoCRMVisit {
  let visitor: ZohoVisitor
  let centre: Int
  /// The organisation's place in the data centre.
  let index: Int
  let organisationID: String
  let organisationName: String
  /// The visitor as a user of the organisation.
  let user: ZohoCRMUser
  let isAdministrator: Bool
  let request: CloudRequest
  /// The path below the organisation: `["tab", "Contacts"]`.
  let parts: [String]
  let instant: Instant

  var isPost: Bool { request.method == .post }

  /// An address of the organisation's: `/crm/org600000001/tab/Contacts`. Parts are encoded here.
  func path(_ parts: String..., query: [(name: String, value: String)] = []) -> String {
    let place = "/crm/org\(organisationID)" + parts.map { "/" + PercentEncoding.encode($0) }.joined()
    return query.isEmpty ? place : place + "?" + PercentEncoding.form(query)
  }

  /// Where a form was sent leads on with GET, with something to say there.
  func done(_ notice: ZohoCRMNotice, _ path: String) -> CloudResponse {
    .redirect(to: path + (path.contains("?") ? "&" : "?") + "done=" + notice.rawValue, status: 303)
  }

  func page(
    _ title: String, under breadcrumbs: [PageLink] = [], notices: [PageNotice] = [], status: Int = 200,
    _ blocks: [PageBlock]
  ) -> CloudResponse {
    let done = request.query["done"].flatMap(ZohoCRMNotice.init).map { [PageNotice(.success, $0.text)] } ?? []
    let session = Page.Session(
      name: visitor.person.email, signOutAction: visitor.hosts.signOutAddress,
      token: visitor.session.formToken)
    return .page(
      Page(
        product: "Zoho CRM", title: title, session: session, navigation: navigation,
        workspace: PageLink(organisationName, "/crm/organizations"), breadcrumbs: breadcrumbs,
        notices: done + notices, blocks: blocks),
      status: status)
  }

  /// A page that says why not.
  func refusal(_ status: Int, _ reason: String) -> CloudResponse {
    page("That did not work", notices: [PageNotice(.error, reason)], status: status, [])
  }

  var notFound: CloudResponse { refusal(404, "There is no such page in this organization.") }

  var wrongMethod: CloudResponse { refusal(405, "This address takes no such request.") }

  var administratorsOnly: CloudResponse {
    refusal(403, "Only users with the profile Administrator can do this. Yours is \(user.profile).")
  }

  private var navigation: [PageLink] {
    let current = parts.first == "settings" ? "Setup" : parts.first == "tab" ? parts.dropFirst().first : nil
    let tabs = ["Home"] + ZohoCRMVisit.tabs.map(\.rawValue) + ["Reports"]
    return tabs.map { PageLink($0, path("tab", $0), isCurrent: $0 == current) }
      + [PageLink("Setup", path("settings"), isCurrent: current == "Setup")]
  }

  /// Modules with a tab, in the order of the header.
  static let tabs = ["Contacts", "Leads", "Accounts", "Deals", "Calls"].compactMap(ZohoModuleName.init)
}

/// What a page says after something was done, by the word for it in the address.
enum ZohoCRMNotice: String, CaseIterable {
  case integrated, disconnected, groupSaved, groupDeleted, recordSaved, recordCreated, recordDeleted, profileChanged
  case userActivated, userDeactivated

  var text: String {
    switch self {
    case .integrated: "Telephony is integrated. Add the first group."
    case .disconnected: "The integration was removed. Groups were kept."
    case .groupSaved: "The group was saved."
    case .groupDeleted: "The group was deleted."
    case .recordSaved: "The record was saved."
    case .recordCreated: "The record was created."
    case .recordDeleted: "The record was deleted."
    case .profileChanged: "The profile was changed."
    case .userActivated: "The user was activated."
    case .userDeactivated: "The user was deactivated: their tokens open nothing in this organization any more."
    }
  }
}
