import CloudPages
import HTTPTypes
import Primitives

extension ZohoCloud {
  /// Generate Code: scope, duration and description; then the service's organisation; then the code (documented).
  mutating func codeTab(
    _ client: ZohoClient, _ request: CloudRequest, _ visitor: ZohoVisitor, _ now: Instant
  ) -> CloudResponse {
    let isSent = request.method == .post
    let form = ZohoSelfClientForm(request.form, needsDescription: true)
    let action = "/client/\(client.id)/code"
    guard isSent, form.errors.isEmpty, let minutes = form.minutes else {
      let page = PageForm(
        id: "generate-code", action: action, hidden: [visitor.proof],
        fields: form.fields(isSent: isSent), buttons: [PageButton("CREATE")])
      return consolePage(
        client.name, visitor, [tabs(of: client, current: "Generate Code"), .form(page)],
        error: isSent ? "Something has to be corrected." : nil, status: isSent ? 400 : 200)
    }
    guard
      let session = session(
        of: client.id, form.scopes, for: visitor.person.zuid, choosing: request.form, at: visitor.centre)
    else { return codeTenantPage(form, action, request, visitor) }
    guard let code = selfClientCode(for: session, minutes: minutes, at: visitor.centre, now) else {
      return consolePage(
        client.name, visitor, [.links([PageLink("Back", action)])], error: Self.tooManyCodes, status: 403)
    }
    return consolePage(
      "Generated Code", visitor,
      [
        .code(id: "code", label: "Code", text: code),
        .text("It can be exchanged once, within \(minutes) minutes."), .links([PageLink("Done", action)]),
      ], notice: PageNotice(.success, "The code was generated."))
  }

  static let tooManyCodes = "access_denied: too many codes were generated for this client. Try again in ten minutes."

  private func codeTenantPage(
    _ form: ZohoSelfClientForm, _ action: String, _ request: CloudRequest, _ visitor: ZohoVisitor
  ) -> CloudResponse {
    let services = form.scopes.servicesWithTenants
    if let missing = services.first(where: { tenants(of: $0, for: visitor.person.zuid, at: visitor.centre).isEmpty }) {
      return consolePage(
        "Select a Portal", visitor, [.links([PageLink("Back", action)])],
        error: "You work in no organisation of \(missing.title).", status: 403)
    }
    // A choice was made if any of the fields came: then it was none of those shown.
    let isWrong = services.contains { request.form["tenant-" + $0.name] != nil }
    let page = PageForm(
      id: "tenant", action: action, hidden: form.hidden + [visitor.proof],
      fields: tenantFields(services, for: visitor.person.zuid, at: visitor.centre), buttons: [PageButton("CREATE")])
    return consolePage(
      "Select a Portal", visitor, [.form(page)], error: isWrong ? "Choose one of those shown." : nil,
      status: isWrong ? 400 : 200)
  }
}
