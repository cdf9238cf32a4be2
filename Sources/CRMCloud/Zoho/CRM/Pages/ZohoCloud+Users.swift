import CloudPages
import Primitives

extension ZohoCloud {
  /// `/settings/users`: the list, one user, and what administrators do to one.
  mutating func respondAsUsers(_ visit: ZohoCRMVisit, _ place: [String]) -> CloudResponse {
    guard let id = place.first else { return visit.isPost ? visit.wrongMethod : usersPage(visit) }
    guard let user = centres[visit.centre].organisations[visit.index].users.first(where: { $0.id == id }) else {
      return visit.refusal(404, "No user of this organization has this id.")
    }
    switch (place.count, place.last, visit.isPost) {
    case (1, _, false): return userPage(visit, user)
    case (2, "profile", true), (2, "status", true): return change(user, place[1], visit)
    case (1, _, true), (2, "profile", false), (2, "status", false): return visit.wrongMethod
    case (_, _, _): return visit.notFound
    }
  }

  private func usersPage(_ visit: ZohoCRMVisit) -> CloudResponse {
    let organisation = centres[visit.centre].organisations[visit.index]
    let wanted = visit.request.query["status"].flatMap(ZohoCRMUser.Status.init)
    let users = organisation.users.filter { wanted == nil || $0.status == wanted }
    let page = ZohoListPage(visit.request.query, count: users.count)
    let choice = PageField(
      "status", "Show",
      .choice(
        [PageOption("", "All users", isChosen: wanted == nil)]
          + ZohoCRMUser.Status.allCases.map {
            PageOption($0.rawValue, $0.rawValue.capitalised + " users", isChosen: $0 == wanted)
          }))
    let table = PageTable(
      id: "users", caption: "Users", columns: ["Name", "Email", "Role", "Profile", "API access", "Status"],
      rows: users[page.range].map { user in
        [
          .link(PageLink(user.fullName, visit.path("settings", "users", user.id))), .text(user.email),
          .text(user.role), .text(user.profile), Self.badge(organisation.profile(of: user)?.hasAPIAccess ?? false),
          .badge(user.status.rawValue.capitalised, user.status == .active ? .success : .error),
        ]
      }, emptyText: "No users of this kind.")
    return visit.page(
      "Users", under: [PageLink("Setup", visit.path("settings"))],
      [
        .form(
          PageForm(
            id: "filter", action: visit.path("settings", "users"), method: .get, fields: [choice],
            buttons: [PageButton("Show")], layout: .line)),
        .table(table),
        .pager(page.pager(visit.path("settings", "users"), query: wanted.map { [("status", $0.rawValue)] } ?? [])),
      ])
  }

  private func userPage(_ visit: ZohoCRMVisit, _ user: ZohoCRMUser, error: String = "") -> CloudResponse {
    let organisation = centres[visit.centre].organisations[visit.index]
    let access = organisation.profile(of: user)?.hasAPIAccess ?? false
    var blocks: [PageBlock] = [
      .facts([
        PageFact(id: "email", "Email", user.email), PageFact(id: "role", "Role", user.role),
        PageFact(id: "profile-name", "Profile", user.profile),
        PageFact(id: "api-access", "Zoho CRM API Access", access ? "Yes" : "No: every call of the API answers 403"),
        PageFact(id: "user-status", "Status", user.status.rawValue.capitalised),
        PageFact(id: "user-id", "User id", user.id), PageFact(id: "zuid", "Zoho id (zuid, zohouser)", user.zuid),
      ])
    ]
    if visit.isAdministrator {
      let profiles = organisation.profiles.map { PageOption($0.name, $0.name, isChosen: $0.name == user.profile) }
      let action = user.status == .active ? "Deactivate" : "Activate"
      blocks += [
        .section(
          id: "change", title: "Change",
          [
            .form(
              PageForm(
                id: "profile-form", action: visit.path("settings", "users", user.id, "profile"),
                hidden: [visit.visitor.proof], fields: [PageField("profile", "Profile", .choice(profiles))],
                buttons: [PageButton("Change profile")], layout: .line)),
            .form(
              PageForm(
                id: "status-form", action: visit.path("settings", "users", user.id, "status"),
                hidden: [visit.visitor.proof],
                buttons: [PageButton(action + " user", sending: .init("to", action.lowercased()))])),
          ])
      ]
    }
    let notices = error.isEmpty ? [] : [PageNotice(.error, error)]
    return visit.page(
      user.fullName, under: Self.usersBreadcrumbs(visit), notices: notices, status: error.isEmpty ? 200 : 400, blocks)
  }

  private static func usersBreadcrumbs(_ visit: ZohoCRMVisit) -> [PageLink] {
    [PageLink("Setup", visit.path("settings")), PageLink("Users", visit.path("settings", "users"))]
  }

  private static func badge(_ hasAccess: Bool) -> PageCell {
    .badge(hasAccess ? "Yes" : "No", hasAccess ? .success : .error)
  }

  private mutating func change(_ user: ZohoCRMUser, _ what: String, _ visit: ZohoCRMVisit) -> CloudResponse {
    guard visit.isAdministrator else { return visit.administratorsOnly }
    let organisation = centres[visit.centre].organisations[visit.index]
    var changed = user
    let notice: ZohoCRMNotice
    if what == "profile" {
      guard let name = visit.request.form["profile"], organisation.profiles.contains(where: { $0.name == name }) else {
        return userPage(visit, user, error: "Choose one of the organization's profiles.")
      }
      changed.profile = name
      notice = .profileChanged
    } else {
      switch visit.request.form["to"] {
      case "activate": (changed.status, notice) = (.active, .userActivated)
      case "deactivate": (changed.status, notice) = (.disabled, .userDeactivated)
      case _: return userPage(visit, user, error: "A user can be activated or deactivated.")
      }
    }
    let left = organisation.users.map { $0.id == user.id ? changed : $0 }
    guard left.contains(where: { $0.status == .active && organisation.profile(of: $0)?.isAdministrator ?? false })
    else { return userPage(visit, user, error: "The organization would be left without an active administrator.") }
    centres[visit.centre].organisations[visit.index].update(user: user.id) { $0 = changed }
    // Who deactivates themselves can look at nothing here any more.
    return visit.done(notice, visit.path("settings", "users", user.id))
  }
}
