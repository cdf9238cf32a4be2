import HTTPTypes
import Primitives

extension ZohoCloud {
  /// `www.zohoapis.*` and its sandbox and developer hosts. Checks in the order path, version, token, organisation,
  /// user, limits, then what the endpoint checks (assumed). Tokens are good in their own environment only (documented).
  mutating func respondAsAPI(
    _ request: CloudRequest, at centre: Int, _ now: Instant, _ environment: ZohoEnvironment = .production
  ) -> CloudResponse {
    if request.parts.first == "phonebridge" { return respondAsPhoneBridge(request, at: centre, now) }
    if let answer = respondAsFunction(request, at: centre, now, environment) { return answer }
    do throws(ZohoRequestError) {
      guard request.parts.count >= 3, request.parts.first == "crm",
        let version = ZohoAPIVersion.named(request.parts[1]),
        let endpoint = ZohoAPIEndpoint(Array(request.parts.dropFirst(2)))
      else { throw .invalidURLPattern }
      guard !settings.retiredAPIVersions.contains(version.name) else {
        throw .versionNotSupported(newest: ZohoAPIVersion.all.last?.name ?? version.name)
      }
      let session = try session(request, at: centre, now)
      guard session.environment == environment, let index = centres[centre].organisationIndex(of: session) else {
        throw .invalidToken
      }
      centres[centre].organisations[index].exchangeRecords(with: environment)
      defer { centres[centre].organisations[index].exchangeRecords(with: environment) }
      return try centres[centre].organisations[index].respond(request, version, endpoint, session, at: now)
    } catch {
      return error.response
    }
  }

  /// Who the request's access token speaks for. Tokens are good in their own data centre only (documented).
  func session(
    _ request: CloudRequest, at centre: Int, _ now: Instant
  ) throws(ZohoRequestError) -> ZohoTokenStore.Session {
    let words = (request.headerFields[.authorization] ?? "").split(separator: " ", maxSplits: 1)
    // The documented scheme is Zoho-oauthtoken; Bearer works as well (observed in third-party clients).
    guard words.count == 2, ["zoho-oauthtoken", "bearer"].contains(words[0].lowercased()) else {
      throw .authenticationFailure
    }
    guard let session = centres[centre].accounts.tokens.session(of: String(words[1]), at: now),
      centres[centre].accounts.person(zuid: session.zuid)?.isActive ?? false
    else { throw .invalidToken }
    return session
  }
}

extension ZohoOrganisation {
  /// The answer to a request whose token is good for this organisation.
  mutating func respond(
    _ request: CloudRequest, _ version: ZohoAPIVersion, _ endpoint: ZohoAPIEndpoint,
    _ session: ZohoTokenStore.Session, at now: Instant
  ) throws(ZohoRequestError) -> CloudResponse {
    // A user switched off in the CRM keeps the account, and the tokens open nothing (assumed to be told like this).
    guard let userIndex = userIndex(zuid: session.zuid), users[userIndex].status == .active else {
      throw .invalidToken
    }
    guard profile(of: users[userIndex])?.hasAPIAccess ?? false else { throw .noAPIAccess }
    let call = ZohoAPICall(
      version: version, method: request.method, parts: Array(request.parts.dropFirst(2)), query: request.query,
      headerFields: request.headerFields, body: request.body, scopes: session.scopes, userIndex: userIndex,
      instant: now)
    var response: CloudResponse
    do throws(ZohoRequestError) {
      try admit(endpoint, at: now)
      response = try respond(endpoint, call)
    } catch {
      response = error.response
    }
    return response.adding(limitFields(version, at: now))
  }
}
