import CloudPages
import HTTPTypes
import Primitives

extension OutsideAuthority {
  /// The page where apps are registered, with what goes wrong at the provider below it.
  mutating func appsPage(_ request: CloudRequest) -> CloudResponse {
    guard request.parts.count == 1 else { return refusal("There is no such page.", status: 404) }
    if request.method == .get { return apps(notices: []) }
    guard request.method == .post else { return .empty(405) }
    let form = request.form
    guard form["csrf"] == formToken else { return refusal("The form was not this page's own.", status: 403) }
    if let trouble = form["trouble"] {
      guard let trouble = Trouble(rawValue: trouble) else { return refusal("There is no such trouble.") }
      self.trouble = trouble
      return .redirect(to: request.path, status: 303)
    }
    let name = (form["name"] ?? "").prefix(100)
    let targets = (form["redirect_uris"] ?? "").split { $0.isNewline || $0 == " " }.prefix(10).map(String.init)
    guard !name.isEmpty else { return apps(notices: [PageNotice(.error, "Enter a name for the app.")], status: 400) }
    let areAddresses = targets.allSatisfy { $0.hasPrefix("https://") || $0.hasPrefix("http://") }
    guard !targets.isEmpty, areAddresses, targets.allSatisfy({ $0.utf8.count <= 2000 }) else {
      let notice = PageNotice(.error, "Enter a redirect URI; it begins with https:// or http://.")
      return apps(notices: [notice], status: 400)
    }
    guard register(String(name), redirectURIs: targets) != nil else {
      return apps(notices: [PageNotice(.error, "There is room for \(Self.maximumApps) apps.")], status: 409)
    }
    return .redirect(to: request.path, status: 303)
  }

  private func apps(notices: [PageNotice], status: Int = 200) -> CloudResponse {
    let table = PageTable(
      id: "apps", caption: "Registered apps", columns: ["Name", "Client ID", "Client Secret", "Redirect URIs"],
      rows: apps.map {
        [
          .text($0.name), .text($0.id), .text($0.secret.value), .text($0.redirectURIs.joined(separator: " ")),
        ]
      }, emptyText: "No app is registered yet.")
    let registration = PageForm(
      id: "register", action: "/" + OutsideServices.appsPath, hidden: [.init("csrf", formToken)],
      fields: [
        PageField("name", "App name", isRequired: true),
        PageField("redirect_uris", "Redirect URIs, one a line", .multiline, isRequired: true),
      ], buttons: [PageButton("Register app")])
    let options = [
      PageOption("none", "Nothing", isChosen: trouble == .none),
      PageOption("unavailable", "Programs get 503", isChosen: trouble == .unavailable),
      PageOption("nonsense", "Programs get a page where data is due", isChosen: trouble == .nonsense),
      PageOption("slow", "Answers come after two minutes", isChosen: trouble == .slow),
    ]
    let troubles = PageForm(
      id: "troubles", action: "/" + OutsideServices.appsPath, hidden: [.init("csrf", formToken)],
      fields: [PageField("trouble", "What goes wrong", .choice(options))], buttons: [PageButton("Set")])
    return page(
      "Registered apps", notices: notices, status: status,
      [
        .table(table), .section(id: "new", title: "Register an app", [.form(registration)]),
        .section(id: "rehearsal", title: "Rehearse trouble", [.form(troubles)]),
      ])
  }
}
