import HTTPTypes
import JSON
import Primitives

extension ZohoCloud {
  /// `POST /oauth/v2/token/revoke`, by whoever has the token (documented), and `POST /oauth/v2/revoke/token`, by its
  /// client with its secret (documented). An access token ends alone, a refresh token with all made from it.
  mutating func revokeToken(_ request: CloudRequest, at centre: Int, byClient: Bool) -> CloudResponse {
    guard request.method == .post else { return .json(400, ["error": "invalid_request"]) }
    let parameters = TokenRequestParameters(request)
    let token = parameters["token"] ?? ""
    if byClient {
      do throws(TokenError) {
        let client = try client(of: parameters, at: centre)
        let tokens = centres[centre].accounts.tokens
        let holder = tokens.grants[token]?.session.clientID ?? tokens.client(ofAccessToken: token)
        guard holder == client.id else { throw .invalidCode }
      } catch {
        return tokenError(error)
      }
    }
    let isKnown =
      centres[centre].accounts.tokens.revoke(token) || centres[centre].accounts.tokens.end(token)
    // That an unknown token is told like an unknown code is assumed.
    return isKnown ? .json(200, ["status": "success"]) : tokenError(.invalidCode)
  }

  /// `GET /oauth/user/info`, with the scope `AaaServer.profile.READ` (documented; the errors' wording assumed).
  func userInfo(_ request: CloudRequest, at centre: Int, _ now: Instant) -> CloudResponse {
    do throws(ZohoRequestError) {
      let session = try session(request, at: centre, now)
      guard let person = centres[centre].accounts.person(zuid: session.zuid) else { throw .invalidToken }
      guard session.scopes.allow(.read, "AaaServer", "profile") else { throw .scopeMismatch }
      let names = person.fullName.split(separator: " ", maxSplits: 1)
      return .json(
        200,
        [
          "First_Name": .string(names.count > 1 ? String(names[0]) : ""), "Email": .string(person.email),
          "Last_Name": .string(String(names.last ?? "")), "Display_Name": .string(person.fullName),
          "ZUID": Int64(person.zuid).map(JSONValue.integer) ?? .string(person.zuid),
        ])
    } catch {
      return error.response
    }
  }

  /// `GET /oauth/serverinfo`: every data centre's accounts server (documented).
  func serverInfo() -> CloudResponse {
    let locations = ZohoHosts.all.map { JSONValue.Member($0.location, .string("https://" + $0.accounts)) }
    return .json(200, ["result": "success", "locations": .object(locations)])
  }
}
