import HTTPTypes
import Primitives

extension ZohoCloud {
  /// `/oauth/v2/auth`: sign-in, the choice of an organisation where the scopes' service has several, consent, and the
  /// redirect with the answer (documented). The pages in between carry the request along; the server keeps nothing.
  mutating func authorize(_ request: CloudRequest, at centre: Int, _ now: Instant) -> CloudResponse {
    guard request.method == .get || request.method == .post else { return .empty(405) }
    let isAnswer = request.method == .post
    let asked: ZohoAuthorizationRequest
    do throws(ZohoAuthorizationRequest.Failure) {
      asked = try ZohoAuthorizationRequest(
        isAnswer ? request.form : request.query, clients, in: centres[centre].location)
    } catch {
      return authorizationError(error, at: centre)
    }
    guard let visitor = signedIn(request, at: centre) else {
      // Whoever was signed out before answering starts again with the same request.
      let target = "https://\(request.host)/oauth/v2/auth?" + PercentEncoding.form(asked.parameters)
      return signInFirst(to: target, at: centre)
    }
    guard isAnswer else {
      if !asked.promptsConsent,
        let known = consent(
          of: visitor.person.zuid, to: asked.client.id, asked.scopes, at: centre)
      {
        return answer(asked, known, withRefreshToken: false, at: centre, now)
      }
      return firstPage(of: asked, for: visitor.person, visitor.session, at: centre)
    }
    guard request.form["csrf"] == visitor.session.formToken else { return forgedForm(visitor.session, at: centre) }
    if request.form["decision"] == "reject" { return asked.answer([("error", "access_denied")]) }
    guard
      let session = session(
        of: asked.client.id, asked.scopes, for: visitor.person.zuid, choosing: request.form, at: centre)
    else {
      return firstPage(
        of: asked, for: visitor.person, visitor.session, error: "Choose one of those shown.", at: centre)
    }
    guard request.form["decision"] == "accept" else {
      return consentPage(
        ZohoConsent(session: session, clientName: asked.client.name, action: "/oauth/v2/auth", asked.parameters),
        visitor.session, at: centre)
    }
    centres[centre].accounts.tokens.connect(session, at: now)
    return answer(asked, session, withRefreshToken: asked.isOffline, at: centre, now)
  }

  /// What the person consented to before, if that covers what is asked for and still can be: the same choices, for
  /// the scopes asked for now.
  func consent(
    of zuid: String, to clientID: String, _ scopes: ZohoScopes, at centre: Int
  ) -> ZohoTokenStore.Session? {
    let party = ZohoTokenStore.Party(clientID: clientID, zuid: zuid)
    guard var session = centres[centre].accounts.tokens.connectedApp(party)?.session,
      scopes.isSubset(of: session.scopes)
    else { return nil }
    for service in scopes.servicesWithTenants {
      let chosen = service.tenant == .portal ? session.portalID : session.organisationID
      guard let chosen, tenants(of: service, for: zuid, at: centre).contains(where: { $0.id == chosen }) else {
        return nil
      }
    }
    session.scopes = scopes
    return session
  }

  private mutating func answer(
    _ asked: ZohoAuthorizationRequest, _ session: ZohoTokenStore.Session, withRefreshToken: Bool, at centre: Int,
    _ now: Instant
  ) -> CloudResponse {
    let hosts = ZohoHosts.at(centres[centre].location)
    if asked.answersWithToken {
      let token = centres[centre].accounts.tokens.issueAccessToken(for: session, at: now)
      return asked.answer([
        ("access_token", token), ("expires_in", String(settings.accessTokenLife.wholeSeconds)),
        ("location", centres[centre].location), ("api_domain", "https://" + (hosts?.api ?? "")),
        ("token_type", "Bearer"),
      ])
    }
    guard
      let code = centres[centre].accounts.tokens.issueCode(
        for: session, redirectURI: asked.redirectURI, givesRefreshToken: withRefreshToken,
        life: settings.grantCodeLife, at: now)
    else { return asked.answer([("error", "access_denied")]) }
    return asked.answer([
      ("code", code), ("location", centres[centre].location),
      ("accounts-server", "https://" + (hosts?.accounts ?? "")),
    ])
  }

  private func firstPage(
    of asked: ZohoAuthorizationRequest, for person: ZohoPerson, _ browser: ZohoBrowserSessions.Session,
    error: String? = nil, at centre: Int
  ) -> CloudResponse {
    let services = asked.scopes.servicesWithTenants
    if services.isEmpty {
      let session = ZohoTokenStore.Session(
        clientID: asked.client.id, zuid: person.zuid, organisationID: nil, scopes: asked.scopes)
      return consentPage(
        ZohoConsent(session: session, clientName: asked.client.name, action: "/oauth/v2/auth", asked.parameters),
        browser, at: centre)
    }
    return tenantPage(
      services, for: person, browser, action: "/oauth/v2/auth", asked.parameters, error: error, at: centre)
  }
}
