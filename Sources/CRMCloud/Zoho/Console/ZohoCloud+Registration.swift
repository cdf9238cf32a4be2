import Primitives

// What both consoles do with clients.

extension ZohoCloud {
  /// Why a client cannot be registered.
  enum RegistrationFailure: Error, Hashable {
    case tooMany
    /// There is one self client to an account (documented).
    case secondSelfClient

    var text: String {
      switch self {
      case .tooMany: "There are as many clients as this account or this console can hold. Delete one first."
      case .secondSelfClient: "This account has its self client already."
      }
    }
  }

  /// Registers a client of the person's in the data centre's console, with an id and a secret of its own.
  mutating func register(
    _ form: ZohoClientForm, owner: String, at centre: Int
  ) throws(RegistrationFailure) -> ZohoClient {
    let home = centres[centre].location
    let own = clients.clients(of: owner, home: home)
    if form.kind == .selfClient, own.contains(where: { $0.kind == .selfClient }) { throw .secondSelfClient }
    guard own.count < ZohoClientRegistry.maximumPerOwner, clients.clients.count < Self.maximumClients else {
      throw .tooMany
    }
    let client = ZohoClient(
      id: centres[centre].accounts.newClientID(form.kind), kind: form.kind, name: form.name, homepage: form.homepage,
      redirectURIs: form.redirectURIs, ownerZUID: owner, home: home,
      secrets: [home: centres[centre].accounts.newClientSecret()], javaScriptDomain: form.javaScriptDomain)
    guard clients.add(client) else { throw .tooMany }
    return client
  }

  /// A client of the person's that stands in this data centre's console.
  func ownClient(_ id: String, of owner: String, at centre: Int) -> ZohoClient? {
    clients[id].flatMap { $0.ownerZUID == owner && $0.home == centres[centre].location ? $0 : nil }
  }

  /// Takes a client away in every data centre, and all that was given to it.
  mutating func deleteClient(_ id: String) {
    clients.remove(id)
    for index in centres.indices {
      centres[index].accounts.tokens.revokeAll { $0.clientID == id }
      centres[index].accounts.tokens.codeIssues[id] = nil
      centres[index].accounts.devices.removeAll(of: id)
    }
  }

  /// A new secret in a data centre, and wherever the same one is used: the old opens nothing more. Tokens stay, but
  /// cannot be refreshed with the old secret.
  mutating func regenerateSecret(of id: String, in location: String, at centre: Int) {
    guard let old = clients[id]?.secrets[location] else { return }
    let secret = centres[centre].accounts.newClientSecret()
    clients.update(id) { client in
      for (place, value) in client.secrets where value == old { client.secrets[place] = secret }
    }
  }

  /// Enables a client in these data centres besides its home (GUI: Multi-DC), with the home's secret or each with one
  /// of its own (documented).
  mutating func setDataCentres(of id: String, _ locations: Set<String>, shareSecret: Bool, at centre: Int) {
    guard let client = clients[id], let own = client.secrets[client.home] else { return }
    var secrets = [client.home: own]
    for location in ZohoHosts.all.map(\.location) where location != client.home && locations.contains(location) {
      let kept = client.secrets[location].flatMap { $0 == own ? nil : $0 }
      secrets[location] = shareSecret ? own : kept ?? centres[centre].accounts.newClientSecret()
    }
    clients.update(id) { $0.secrets = secrets }
  }

  /// A code without a redirect, for the person's own account; nil where the client had too many lately.
  mutating func selfClientCode(
    for session: ZohoTokenStore.Session, minutes: Int64, at centre: Int, _ now: Instant
  ) -> String? {
    guard
      let code = centres[centre].accounts.tokens.issueCode(
        for: session, redirectURI: nil, givesRefreshToken: true, life: .seconds(minutes * 60), at: now)
    else { return nil }
    centres[centre].accounts.tokens.connect(session, at: now)
    return code
  }

  /// Minutes a self-client code can live (documented); the first is chosen at first.
  static let codeMinutes: [Int64] = [3, 5, 7, 10]
}

extension ZohoAccounts {
  /// `1000.` and 30 upper-case letters and digits; `1004.` for devices (documented).
  mutating func newClientID(_ kind: ZohoClient.Kind) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
    let text = (0..<30).map { _ in alphabet[Int(generator.next() % UInt64(alphabet.count))] }
    return (kind == .nonBrowser ? "1004." : "1000.") + String(text)
  }

  /// 42 lower-case hexadecimal digits (documented).
  mutating func newClientSecret() -> Secret { Secret(generator.hexadecimal(42)) }
}
