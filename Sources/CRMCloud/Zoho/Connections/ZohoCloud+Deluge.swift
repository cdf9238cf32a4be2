import HTTPTypes
import Primitives

extension ZohoCloud {
  /// `deluge.*`: where the consent for a connection ends, and its code is exchanged.
  mutating func respondAsDeluge(_ request: CloudRequest, at centre: Int, _ now: Instant) -> CloudResponse {
    guard request.parts == ["delugeauth", "callback"] else { return .empty(404) }
    guard request.method == .get else { return .empty(405) }
    guard let visitor = visitor(request, at: centre) else { return signInFirst(request, at: centre) }
    func refusal(_ reason: String) -> CloudResponse {
      visitor.refusal(400, product: ConnectionsVisit.product, reason)
    }
    let arrived = centres[centre].authorizations.end(browser: visitor.cookie, request.query, at: now)
    let code: String?
    let purpose: PendingAuthorizations.Purpose?
    var problem = ""
    switch arrived {
    case .code(let given, let begun): (code, purpose) = (given, begun)
    case .refused(let reason, let begun): (code, purpose, problem) = (nil, begun, reason)
    }
    guard case .connection(let id, let link)? = purpose else {
      return refusal(problem.isEmpty ? "This is not where that authorization ends." : problem)
    }
    let first = administeredOrganisation(of: visitor.person.zuid, id: nil, at: centre)
    guard let organisation = administeredOrganisation(of: visitor.person.zuid, id: id, at: centre),
      let connection = centres[centre].organisations[organisation].connections.connection(link),
      let service = centres[centre].organisations[organisation].connections.service(connection.serviceID)
    else { return refusal("The connection is no longer there.") }
    var tokens: OAuthTokens?
    if let code {
      do throws(OAuthFailure) {
        tokens = try exchange(
          code: code, of: oauthService(service, at: centre),
          redirectURI: "https://\(visitor.hosts.deluge)/delugeauth/callback", at: now)
      } catch {
        problem = error.text
      }
    }
    centres[centre].organisations[organisation].connections.update(link) { held in
      // A refusal leaves what was authorized before.
      held.tokens = tokens ?? held.tokens
      held.problem = tokens == nil ? problem : nil
    }
    let visit = ConnectionsVisit(
      visitor: visitor, organisation: organisation, base: organisation == first ? "/crm" : "/crm/org" + id, parts: [])
    return .redirect(to: "https://\(visitor.hosts.crm)\(visit.path(of: connection))", status: 303)
  }
}
