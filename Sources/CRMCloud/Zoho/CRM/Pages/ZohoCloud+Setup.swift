import CloudPages
import Primitives

extension ZohoCloud {
  /// `/settings/…`: Setup.
  mutating func respondAsSetup(_ visit: ZohoCRMVisit) -> CloudResponse {
    let place = Array(visit.parts.dropFirst())
    switch place.first {
    case nil: return visit.isPost ? visit.wrongMethod : setupPage(visit)
    case "users": return respondAsUsers(visit, Array(place.dropFirst()))
    case "channels" where place.count == 1: return visit.isPost ? visit.wrongMethod : setupPage(visit)
    case "channels" where place[1] == "telephony": return respondAsTelephony(visit, Array(place.dropFirst(2)))
    case "developer-space": return respondAsDeveloperSpace(visit, Array(place.dropFirst()))
    case _: return visit.notFound
    }
  }

  private func setupPage(_ visit: ZohoCRMVisit) -> CloudResponse {
    visit.page(
      "Setup",
      [
        .section(
          id: "general", title: "General",
          [
            .cards([
              PageCard(
                PageLink("Users", visit.path("settings", "users")),
                "Who works in this organization, their profiles and whether they may use the API.")
            ])
          ]),
        .section(
          id: "channels", title: "Channels",
          [
            .cards([
              PageCard(
                PageLink("Telephony", visit.path("settings", "channels", "telephony")),
                "PhoneBridge: integrate a PBX, and say which extension is which user's."),
              PageCard(
                PageLink("Live calls", visit.path("live-calls")), "Calls that the PBX has notified and their callers."),
            ])
          ]),
        .section(
          id: "developer-space", title: "Developer Space",
          [
            .cards([
              PageCard(
                PageLink("APIs", visit.path("settings", "developer-space", "api")),
                "What the API has been asked, and PhoneBridge tokens."),
              PageCard(
                PageLink("Connections", visit.path("settings", "connections")),
                "Other services that functions may ask."),
              PageCard(PageLink("Functions", visit.path("settings", "functions")), "Scripts that ask with invokeurl."),
            ])
          ]),
      ])
  }
}
