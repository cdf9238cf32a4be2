import HTTPTypes
import Primitives

extension ZohoCloud {
  /// `www.zohoapis.*`. Checks in the order path, token, organisation, then what the API's version checks (assumed).
  mutating func respondAsAPI(_ request: CloudRequest, at centre: Int, _ now: Instant) -> CloudResponse {
    if request.parts.first == "phonebridge" { return respondAsPhoneBridge(request, at: centre, now) }
    if let answer = respondAsFunction(request, at: centre, now) { return answer }
    do throws(ZohoRequestError) {
      guard request.parts.count >= 3, request.parts.starts(with: ["crm", "v2"]) else { throw .invalidURLPattern }
      let session = try session(request, at: centre, now)
      guard let organisation = centres[centre].organisationIndex(of: session) else { throw .invalidToken }
      return try centres[centre].organisations[organisation].respondV2(
        request, Array(request.parts.dropFirst(2)), session, at: now)
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
    let accounts = centres[centre].accounts
    guard let session = accounts.tokens.session(of: String(words[1]), at: now),
      accounts.person(zuid: session.zuid)?.isActive ?? false
    else { throw .invalidToken }
    return session
  }
}
