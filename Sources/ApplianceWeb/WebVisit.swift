import ApplianceAPI
import CloudPages
import HTTPTypes
import Primitives

/// One request of somebody who is signed in.
struct WebVisit<State: WebState> {
  let request: WebRequest
  let session: WebSessions.Session
  /// Of the model whose pages are shown.
  let state: State
  /// Both models, where there are two.
  var pair: ModelPair<State>?

  /// Proof that a form is a page's own.
  var proof: PageForm.Hidden { .init("csrf", session.token) }

  func administratorsPage(_ address: WebAddress, _ doors: inout ApplianceDoors) -> WebAnswer {
    switch address {
    case .root, .signIn, .signOut, .style, .script, .icon: return .redirect("/dashboard")
    case .dashboard: return page("Dashboard", at: address, dashboard(doors))
    case .extensions: return page("Extensions", at: address, extensions())
    case .calls: return page("Active Calls", at: address, activeCalls())
    case .cdr: return cdr(doors)
    case .cdrExport: return cdrExport(doors)
    case .events: return page("System Events", at: address, systemEvents())
    case .crm: return request.isPost ? saveCRM(&doors) : crm(doors, notices: saved())
    case .applyChanges: return applyChanges(&doors)
    case .requests: return page("CRM Requests", at: address, crmRequests())
    case .request(let number): return crmRequest(number)
    case .again(let number): return sendAgain(number)
    case .clock: return clock()
    case .models: return models()
    case .call(let id): return callFlow(id)
    case .callPicture(let id): return callPicture(id)
    case .phone(let number): return phone(number)
    case .phonePanel(let number): return phonePanel(number)
    case .portal, .portalCRM, .portalPhone, .portalPhonePanel, .popUp, .popUpPanel:
      return WebInterface.refusal(.forbidden, "The user portal is for extensions. Sign in as one.")
    }
  }

  func usersPage(_ address: WebAddress, _ number: String, _ doors: inout ApplianceDoors) -> WebAnswer {
    switch address {
    case .root, .signIn, .signOut, .style, .script, .icon: return .redirect("/portal")
    case .portal: return portal(number)
    case .portalCRM: return request.isPost ? savePortalCRM(number, &doors) : portalCRM(number, doors, notices: saved())
    case .portalPhone: return portalPhone(number)
    case .portalPhonePanel: return .fragment(phoneBlocks(number))
    case .popUp: return popUp(number, doors)
    case .popUpPanel: return .fragment(popUpBlocks(number, doors))
    case .dashboard, .extensions, .calls, .cdr, .cdrExport, .events, .crm, .applyChanges, .requests, .request, .again,
      .clock, .call, .callPicture, .phone, .phonePanel, .models:
      return WebInterface.refusal(.forbidden, "Only the administrator may see this page.")
    }
  }

  private func saved() -> [PageNotice] {
    if request.value("saved") != nil { return [PageNotice(.success, "Saved.")] }
    if request.value("applied") != nil { return [PageNotice(.success, "The changes are applied.")] }
    if request.value("cleared") != nil {
      return [PageNotice(.success, "Cleared. Enable CRM is off, because nobody can log in without it.")]
    }
    return []
  }

  /// One of the administrator's pages, with the trace's clock below.
  func page(
    _ title: String, at address: WebAddress, notices: [PageNotice] = [], refreshSeconds: Int? = nil,
    _ blocks: [PageBlock]
  ) -> WebAnswer {
    var places: [(String, String, WebAddress)] = [
      ("Dashboard", "/dashboard", .dashboard), ("Extensions", "/extensions", .extensions),
      ("Active Calls", "/calls", .calls), ("CDR", "/cdr", .cdr), ("System Events", "/events", .events),
      ("CRM", "/crm", .crm), ("CRM Requests", "/requests", .requests),
    ]
    if pair != nil { places.append(("Models", "/models", .models)) }
    var page = WebPages.page(
      title, session: .init(name: "Administrator", signOutAction: "/signout", token: session.token),
      navigation: places.map { PageLink($0.0, $0.1, isCurrent: $0.2 == address) }, notices: notices,
      blocks: blocks + [clockBar()])
    if pair != nil { page.workspace = PageLink("Pages of \(state.system.model)", "/models") }
    page.refreshSeconds = refreshSeconds
    return .page(page)
  }

  /// One of the user portal's pages.
  func userPage(
    _ title: String, _ number: String, at address: WebAddress, notices: [PageNotice] = [], refreshSeconds: Int? = nil,
    _ blocks: [PageBlock]
  ) -> WebAnswer {
    let places: [(String, String, WebAddress)] = [
      ("Basic Information", "/portal", .portal), ("Phone", "/portal/phone", .portalPhone),
      ("Call Pop-up", "/popup", .popUp), ("CRM User Settings", "/portal/crm", .portalCRM),
    ]
    var page = WebPages.page(
      title, session: .init(name: "Extension \(number)", signOutAction: "/signout", token: session.token),
      navigation: places.map { PageLink($0.0, $0.1, isCurrent: $0.2 == address) }, notices: notices, blocks: blocks)
    page.refreshSeconds = refreshSeconds
    return .page(page)
  }

  func text(_ instant: Instant) -> String { state.timeZone.local(instant).text }

  /// How long ago on the trace's clock.
  func elapsed(since instant: Instant) -> PageElapsed {
    PageElapsed(seconds: max(0, (state.now - instant).wholeSeconds), rate: state.clock.rate)
  }
}
