import CloudPages
import HTTPTypes
import JSON
import Primitives

extension ZohoCloud {
  /// Why no token is made (observed in third-party clients; which case gets which is assumed where not obvious).
  private enum Cause: String, Error {
    case invalidPassword = "INVALID_PASSWORD"
    case noSuchUser = "NO_SUCH_USER"
    case invalidCredentials = "INVALID_CREDENTIALS"
    case webLoginRequired = "WEB_LOGIN_REQUIRED"
    case tooMany = "EXCEEDED_MAXIMUM_ALLOWED_AUTHTOKENS"
    case notConfirmed = "ACCOUNT_REGISTRATION_NOT_CONFIRMED"
    /// The literal word: causes that have no name. Here a scope that is not the CRM's.
    case null
    /// The era's; its text is a setting.
    case retired
  }

  /// `/apiauthtoken/…`.
  mutating func respondAsAuthTokens(_ request: CloudRequest, at centre: Int, _ now: Instant) -> CloudResponse {
    guard request.method == .get || request.method == .post else { return .empty(405) }
    switch request.parts.dropFirst().joined(separator: "/") {
    case "nb/create":
      do throws(Cause) {
        return AuthTokenReply.made(try newAuthToken(request.parameters, at: centre, now), at: now)
      } catch {
        return AuthTokenReply.refused(text(of: error), at: now)
      }
    case "create": return createInBrowser(request, at: centre, now)
    case "delete":
      let isKnown = centres[centre].accounts.removeAuthToken(request.parameters["AUTHTOKEN"] ?? "")
      return isKnown ? AuthTokenReply.deleted(at: now) : AuthTokenReply.refused("INVALID_AUTHTOKEN", at: now)
    case _: return .empty(404)
    }
  }

  private mutating func newAuthToken(
    _ parameters: FormParameters, at centre: Int, _ now: Instant
  ) throws(Cause) -> String {
    guard settings.era.createsAuthTokens(at: now) else { throw .retired }
    guard parameters["SCOPE"] == ZohoAuthTokenScope.crm else { throw .null }
    let given = parameters["PASSWORD"] ?? ""
    guard let email = parameters["EMAIL_ID"], !email.isEmpty, !given.isEmpty else { throw .invalidCredentials }
    guard let person = centres[centre].accounts.person(email: email), person.isActive else { throw .noSuchUser }
    guard person.password != nil || !person.applicationPasswords.isEmpty else { throw .notConfirmed }
    // As it is shown, in groups with spaces, an application's password is a wrong one (documented).
    let isApplications = person.applicationPasswords.contains { $0.value == Secret(given) }
    guard isApplications || person.password == Secret(given) else { throw .invalidPassword }
    guard isApplications || !person.usesTwoFactor else { throw .webLoginRequired }
    return try addAuthToken(for: person, parameters["DISPLAY_NAME"] ?? "", at: centre, now)
  }

  private mutating func addAuthToken(
    for person: ZohoPerson, _ displayName: String, at centre: Int, _ now: Instant
  ) throws(Cause) -> String {
    let scope = ZohoAuthTokenScope.crm
    let live = centres[centre].accounts.authTokens(of: person.zuid).filter { $0.scope == scope }
    guard live.count < settings.maximumAuthTokens else { throw .tooMany }
    let value = centres[centre].accounts.generator.hexadecimal(32)
    let token = ZohoAuthToken(
      value: Secret(value), zuid: person.zuid, scope: scope,
      displayName: String(String.UnicodeScalarView(displayName.unicodeScalars.prefix(100))),
      createdAt: now)
    guard centres[centre].accounts.add(token) else { throw .null }
    return value
  }

  /// `/apiauthtoken/create`: made for whoever is signed in, and shown (documented as the browser mode).
  private mutating func createInBrowser(_ request: CloudRequest, at centre: Int, _ now: Instant) -> CloudResponse {
    guard let visitor = signedIn(request, at: centre) else { return signInFirst(request, at: centre) }
    let title = "Authentication Token"
    do throws(Cause) {
      guard settings.era.createsAuthTokens(at: now) else { throw .retired }
      guard request.parameters["SCOPE"] == ZohoAuthTokenScope.crm else { throw .null }
      let token = try addAuthToken(
        for: visitor.person, request.parameters["DISPLAY_NAME"] ?? "", at: centre, now)
      return accountsPage(
        title, visitor.session, [.code(id: "authtoken", label: "AUTHTOKEN", text: token)],
        notice: PageNotice(.success, "The token was created. It lives until you remove it."), at: centre)
    } catch {
      return accountsPage(
        title, visitor.session, [.links([PageLink("Active Authtokens", "/authtokens")])],
        notice: PageNotice(.error, "No token was created: " + text(of: error)), status: 400, at: centre)
    }
  }

  private func text(of cause: Cause) -> String {
    cause == .retired ? settings.retiredAuthTokenCause : cause.rawValue
  }

  /// `POST /oauth/v2/token/{self|external}/authtooauth`: a v1 token becomes OAuth's tokens (documented). The own
  /// clients' takes the same owner; anyone else's takes an approval of Zoho's that nobody here has.
  mutating func exchangeAuthToken(
    _ request: CloudRequest, at centre: Int, isOwn: Bool, _ now: Instant
  ) -> CloudResponse {
    let parameters = TokenRequestParameters(request)
    guard request.method == .post, parameters["grant_type"] == "authtooauth" else {
      return .json(400, ["error": "invalid_request"])
    }
    do throws(TokenError) {
      let client = try client(of: parameters, at: centre)
      guard isOwn else { throw .accessDenied }
      guard let person = centres[centre].accounts.holder(ofAuthToken: parameters["authtoken"] ?? "") else {
        throw .invalidCode
      }
      guard client.ownerZUID == person.zuid else { throw .accessDenied }
      let scopes = ZohoScopes([parameters["scope"] ?? ""])
      guard scopes.unknownName == nil else { throw .invalidScope }
      // `soid` names the service's organisation: `ZohoCRM.600000001`.
      let organisation = parameters["soid"].map { String($0.split(separator: ".").last ?? "") }
      let choices = tenants(of: .crm, for: person.zuid, at: centre).map(\.id)
      guard organisation.map(choices.contains) ?? true else { throw .accessDenied }
      let session = ZohoTokenStore.Session(
        clientID: client.id, zuid: person.zuid, organisationID: organisation ?? choices.first, scopes: scopes)
      if centres[centre].accounts.tokens.isRefreshThrottled(session.party, at: now) { return Self.throttled }
      centres[centre].accounts.tokens.connect(session, at: now)
      return issueTokens(for: session, withRefreshToken: true, at: centre, now)
    } catch {
      return tokenError(error)
    }
  }
}
