import Primitives

/// A client that a person has let in, and to what (GUI: Connected Apps). The consent page is not shown again for it.
struct ZohoConnectedApp: Codable, Hashable {
  /// The choices made at consent; every scope consented to so far.
  var session: ZohoTokenStore.Session
  let createdAt: Instant
}

extension ZohoTokenStore {
  func connectedApp(_ party: Party) -> ZohoConnectedApp? { connectedApps.first { $0.session.party == party } }

  /// The clients a person has let in, in the order they came.
  func connectedApps(of zuid: String) -> [ZohoConnectedApp] { connectedApps.filter { $0.session.zuid == zuid } }

  /// Remembers a consent: the last choices, and its scopes besides those of earlier ones.
  mutating func connect(_ session: Session, at now: Instant) {
    guard let place = connectedApps.firstIndex(where: { $0.session.party == session.party }) else {
      connectedApps.append(ZohoConnectedApp(session: session, createdAt: now))
      return
    }
    let known = connectedApps[place].session.scopes
    connectedApps[place].session = session
    connectedApps[place].session.scopes = known.union(session.scopes)
  }
}
