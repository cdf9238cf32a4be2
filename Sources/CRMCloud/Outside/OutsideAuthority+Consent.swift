import CloudPages
import HTTPTypes
import Primitives

extension OutsideAuthority {
  /// The consent page, and what its form leads to.
  mutating func consent(_ request: CloudRequest, at now: Instant) -> CloudResponse {
    if request.method == .post { return consented(request, at: now) }
    guard request.method == .get else { return .empty(405) }
    let query = request.query
    // Nobody is sent to an address that no registered app names: what is wrong is said here.
    guard let app = app(query["client_id"]) else { return refusal("The client_id belongs to no registered app.") }
    guard let target = query["redirect_uri"], app.redirectURIs.contains(target) else {
      return refusal("The redirect_uri is none of those the app \(app.name) registered.")
    }
    guard query["response_type"] == "code" else {
      return .redirect(to: Self.answer(target, [("error", "unsupported_response_type")], state: query["state"]))
    }
    let scopes = provider.facts.hasScopes ? Self.scopes(query["scope"] ?? "") : []
    let name = begin(
      Authorization(
        clientID: app.id, redirectURI: target, scopes: scopes, state: query["state"],
        wantsRefreshToken: wantsRefreshToken(query, scopes), asksAgain: query["prompt"] == "consent",
        expiry: now + Self.codeLife))
    let form = PageForm(
      id: "consent", action: request.path, hidden: [.init("csrf", formToken), .init("authorization", name)],
      fields: [
        PageField(
          "account", "Your \(provider.facts.name) account", .email, isRequired: true,
          hint: "Any address: whose data the app gets to see.")
      ],
      buttons: [
        PageButton("Allow", sending: .init("decision", "allow")),
        PageButton("Cancel", sending: .init("decision", "cancel")),
      ])
    let wanted: [PageBlock] = scopes.isEmpty ? [] : [.text("It asks for:"), .list(scopes, numbered: false)]
    return page(
      "\(app.name) wants access to your \(provider.facts.name) account", wanted + [.form(form)])
  }

  private mutating func consented(_ request: CloudRequest, at now: Instant) -> CloudResponse {
    let form = request.form
    guard form["csrf"] == formToken else { return refusal("The form was not this page's own.", status: 403) }
    guard let authorization = end(form["authorization"] ?? "", at: now) else {
      return refusal("This request for consent is over. Start again at the app.")
    }
    guard form["decision"] == "allow" else {
      return .redirect(
        to: Self.answer(authorization.redirectURI, [("error", "access_denied")], state: authorization.state))
    }
    let account = (form["account"] ?? "").lowercased()
    guard account.contains("@"), (3...200).contains(account.utf8.count) else {
      return refusal("Enter the e-mail address of an account. Start again at the app.")
    }
    let code = code(for: authorization, account: account)
    return .redirect(to: Self.answer(authorization.redirectURI, [("code", code)], state: authorization.state))
  }

  private func wantsRefreshToken(_ query: FormParameters, _ scopes: [String]) -> Bool {
    switch provider.facts.refresh {
    case .never: false
    case .always: true
    case .parameter(let name, let value, _): query[name] == value
    case .scope(let scope): scopes.contains(scope)
    }
  }

  /// Parted by spaces (RFC 6749 section 3.3); commas, as Zoho writes them, part as well.
  private static func scopes(_ text: String) -> [String] {
    text.split { $0 == " " || $0 == "," }.prefix(50).map { String($0.prefix(200)) }
  }

  /// The registered address with more parameters, after those it has itself.
  private static func answer(_ target: String, _ pairs: [(name: String, value: String)], state: String?) -> String {
    let all = pairs + (state.map { [("state", $0)] } ?? [])
    return target + (target.contains("?") ? "&" : "?") + PercentEncoding.form(all)
  }

  func page(_ title: String, notices: [PageNotice] = [], status: Int = 200, _ blocks: [PageBlock]) -> CloudResponse {
    .page(Page(product: provider.facts.name, title: title, notices: notices, blocks: blocks), status: status)
  }

  func refusal(_ reason: String, status: Int = 400) -> CloudResponse {
    page("That did not work", notices: [PageNotice(.error, reason)], status: status, [])
  }
}
