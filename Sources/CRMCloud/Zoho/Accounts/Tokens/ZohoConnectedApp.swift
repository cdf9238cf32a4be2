import Primitives

/// A client that a person has let in, and to what (GUI: Connected Apps). The consent page is not shown again for it.
struct ZohoConnectedApp: Codable, Hashable {
  /// The choices made at consent; every scope consented to so far.
  var session: ZohoTokenStore.Session
  let createdAt: Instant
}

extension ZohoTokenStore {
  /// Scopes remembered of one client; with more, those of its last consent alone count (assumed).
  private static let maximumScopesOfApp = 1000

  func connectedApp(_ party: Party) -> ZohoConnectedApp? {
    connectedApps[party.zuid]?.first { $0.session.clientID == party.clientID }
  }

  /// The clients a person has let in, in the order they came.
  func connectedApps(of zuid: String) -> [ZohoConnectedApp] { connectedApps[zuid, default: []] }

  /// Remembers a consent: the last choices, and its scopes besides those of earlier ones.
  mutating func connect(_ session: Session, at now: Instant) {
    var apps = connectedApps[session.zuid, default: []]
    if let place = apps.firstIndex(where: { $0.session.clientID == session.clientID }) {
      let scopes = apps[place].session.scopes.union(session.scopes)
      apps[place].session = session
      if scopes.listed.count <= Self.maximumScopesOfApp { apps[place].session.scopes = scopes }
    } else {
      apps.append(ZohoConnectedApp(session: session, createdAt: now))
    }
    connectedApps[session.zuid] = apps
  }
}
