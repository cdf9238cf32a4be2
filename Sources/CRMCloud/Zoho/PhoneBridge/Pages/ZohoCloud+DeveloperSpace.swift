import CloudPages
import Primitives

extension ZohoCloud {
  /// `/settings/developer-space/api…`: what was asked of the API, and the PhoneBridge tokens.
  mutating func respondAsDeveloperSpace(_ visit: ZohoCRMVisit, _ place: [String]) -> CloudResponse {
    switch (place, visit.isPost) {
    case (["api"], false): return apiPage(visit)
    case (["api", "phonebridge-token"], false): return tokensPage(visit, made: nil)
    case (["api", "phonebridge-token"], true): return createToken(visit)
    case (["api"], true): return visit.wrongMethod
    case (_, _): return visit.notFound
    }
  }

  private static func tokens(_ visit: ZohoCRMVisit) -> String {
    visit.path("settings", "developer-space", "api", "phonebridge-token")
  }

  private func apiPage(_ visit: ZohoCRMVisit) -> CloudResponse {
    let organisation = centres[visit.centre].organisations[visit.index]
    let hosts = visit.visitor.hosts
    var usage = organisation.usage
    let used = usage.used(at: visit.instant)
    let concurrency = organisation.settings.apiConcurrency ?? ZohoEditionLimits(organisation.edition).concurrency
    return visit.page(
      "APIs", under: [PageLink("Setup", visit.path("settings"))],
      [
        .facts(
          [
            PageFact(id: "api-domain", "API domain", "https://" + hosts.api),
            PageFact(id: "accounts-domain", "Accounts", "https://" + hosts.accounts),
            PageFact(id: "edition", "Edition", organisation.edition.rawValue.capitalised),
            PageFact(id: "zgid", "Organization id (zgid)", organisation.id),
          ]),
        .section(
          id: "usage", title: "Credits of the last 24 hours",
          [
            .facts([
              PageFact(id: "credits", "Credits", String(organisation.credits)),
              PageFact(id: "credits-used", "Used", String(used)),
              PageFact(id: "credits-left", "Left", String(max(0, organisation.credits - used))),
              PageFact(id: "concurrency", "Calls at the same time", String(concurrency)),
            ])
          ]),
        .cards([
          PageCard(
            PageLink("PhoneBridge token", Self.tokens(visit)), "Names a group to Zoho's adapter."),
          PageCard(
            PageLink("Connections", visit.path("settings", "connections")),
            "Other services that functions may ask."),
          PageCard(
            PageLink("API console", "https://\(hosts.console)/"), "Clients that ask the API in somebody's name."),
        ]),
      ])
  }

  private func tokensPage(_ visit: ZohoCRMVisit, made: (group: ZohoPhoneBridgeGroup, token: String)?) -> CloudResponse {
    let organisation = centres[visit.centre].organisations[visit.index]
    let own = organisation.phoneBridge.groups.filter { $0.identificationUserID == visit.user.id }
    let table = PageTable(
      id: "tokens", caption: "Groups you identify", columns: ["PhoneBridge Name", "PhoneBridge token", "Create"],
      rows: own.map { group in
        let form = PageForm(
          id: "create-\(group.id)", action: Self.tokens(visit),
          hidden: [visit.visitor.proof, .init("group", group.id)],
          buttons: [PageButton(group.token == nil ? "Create token" : "Replace token")])
        let created = group.token.map { "Created " + organisation.shown($0.createdAt) } ?? "None"
        return [.text(group.name), .text(created), .button(form)]
      }, emptyText: "You are the Group Identification User of no group; only that user can create its token.")
    let code = made.map { made in
      PageBlock.code(id: "phonebridge-token", label: "Token of \(made.group.name), shown this once", text: made.token)
    }
    let notices =
      made == nil ? [] : [PageNotice(.success, "The token was created. Copy it now: it is not shown again.")]
    return visit.page(
      "PhoneBridge token",
      under: [
        PageLink("Setup", visit.path("settings")), PageLink("APIs", visit.path("settings", "developer-space", "api")),
      ], notices: notices, (code.map { [$0] } ?? []) + [.table(table)])
  }

  /// Shown in the answer itself, because nothing else may ever show it. A new token ends the one before (assumed).
  private mutating func createToken(_ visit: ZohoCRMVisit) -> CloudResponse {
    let id = visit.request.form["group"] ?? ""
    guard var group = centres[visit.centre].organisations[visit.index].phoneBridge.group(id) else {
      return visit.refusal(404, "No PhoneBridge group has this id.")
    }
    guard group.identificationUserID == visit.user.id else {
      return visit.refusal(403, "Only the Group Identification User can create the token of this group.")
    }
    let token = centres[visit.centre].organisations[visit.index].phoneBridge.newToken()
    group.token = .init(value: Secret(token), createdAt: visit.instant)
    centres[visit.centre].organisations[visit.index].phoneBridge.save(group)
    return tokensPage(visit, made: (group, token))
  }
}

extension ZohoOrganisation {
  /// `2027-01-15 09:30` on the organisation's clock.
  func shown(_ instant: Instant) -> String { String(timeZone.local(instant).text.prefix(16)) }
}
