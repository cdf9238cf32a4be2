import Primitives

extension ZohoCloud {
  /// Takes the data in: organisations with their people and records, then the clients and what they were granted.
  mutating func load(_ data: ZohoCloudData, seed: UInt64) throws(ZohoCloudDataError) {
    guard !data.organisations.isEmpty else { throw .noOrganisation }
    try Self.check(data.organisations.count, list: "organisations", limit: Self.maximumOrganisations)
    try Self.check(data.clients.count, list: "clients", limit: Self.maximumClients)
    var zuids = SeededGenerator(seed: seed ^ 0x7a75_6964)
    var homes: [String: (centre: Int, zuid: String, organisationID: String)] = [:]
    var first: (centre: Int, zuid: String, organisationID: String)?
    for (index, given) in data.organisations.enumerated() {
      guard let centre = centres.firstIndex(where: { $0.location == given.dataCentre }) else {
        throw .unknownDataCentre
      }
      let prefix = data.organisations.count > 1 ? "organisations[\(index)]." : ""
      var organisation = ZohoOrganisation(
        given, id: String(600_000_001 + index), settings: settings, seed: seed &+ UInt64(index) &* 0x1_0000_0001)
      do throws(ZohoCloudDataError) {
        try load(given.users, into: &organisation, at: centre, prefix: prefix, &zuids)
        try organisation.records.load(given)
      } catch {
        throw error.within(prefix)
      }
      for user in organisation.users {
        let home = (centre, user.zuid, organisation.id)
        if first == nil { first = home }
        // Ids are unique within an organisation; of two in different ones the first is meant.
        if homes[user.id] == nil { homes[user.id] = home }
      }
      do throws(ZohoCloudDataError) {
        try load(given.deskPortals, of: organisation, createdAt: given.createdAt, at: centre, seed: seed)
      } catch {
        throw error.within(prefix)
      }
      centres[centre].organisations.append(organisation)
    }
    guard let first else { throw .noUsers }
    for (index, client) in data.clients.enumerated() { try load(client, at: index, first: first, homes: homes) }
  }

  /// Takes users in, and the people they are where those are not known yet.
  mutating func load(
    _ users: [ZohoCloudData.User], into organisation: inout ZohoOrganisation, at centre: Int, prefix: String,
    _ zuids: inout SeededGenerator
  ) throws(ZohoCloudDataError) {
    guard !users.isEmpty else { throw .noUsers }
    try Self.check(users.count, list: "users", limit: Self.maximumUsers)
    for (index, user) in users.enumerated() {
      let id = try organisation.records.identifier(user.id, list: "users", index: index)
      let email = user.email ?? Self.address(of: user.fullName, index)
      guard organisation.profiles.contains(where: { $0.name == user.profile }) else {
        throw .unknownProfile(index: index)
      }
      let zuid = centres[centre].accounts.person(email: email)?.zuid ?? String(600_000_000 + zuids.next() % 99_999_999)
      if centres[centre].accounts.person(zuid: zuid) == nil {
        var person = ZohoPerson(zuid: zuid, email: email, fullName: user.fullName, password: user.password)
        person.usesTwoFactor = user.usesTwoFactor
        person.isActive = user.isActive
        person.applicationPasswords = user.applicationPasswords.enumerated().map { place, value in
          ZohoApplicationPassword(name: place == 0 ? "UCM" : "UCM \(place + 1)", value: value, createdAt: .epoch)
        }
        centres[centre].accounts.add(person)
      }
      for token in user.authTokens {
        let token = ZohoAuthToken(
          value: token, zuid: zuid, scope: ZohoAuthTokenScope.crm, displayName: "UCM", createdAt: .epoch)
        guard centres[centre].accounts.add(token) else { throw .duplicateAuthToken(index: index) }
      }
      organisation.add(
        ZohoCRMUser(
          id: id, zuid: zuid, fullName: user.fullName, email: email, profile: user.profile,
          role: index == 0 ? "CEO" : "Manager", status: user.isActive ? .active : .disabled))
    }
  }

  private mutating func load(
    _ client: ZohoCloudData.Client, at index: Int, first: (centre: Int, zuid: String, organisationID: String),
    homes: [String: (centre: Int, zuid: String, organisationID: String)]
  ) throws(ZohoCloudDataError) {
    try Self.check(
      client.refreshTokens.count, list: "clients[\(index)].refreshTokens", limit: Self.maximumRefreshTokensPerClient)
    let home = client.dataCentre ?? centres[first.centre].location
    for location in [home] + client.otherDataCentres.keys where ZohoHosts.at(location) == nil {
      throw .unknownDataCentre
    }
    var secrets = client.otherDataCentres
    secrets[home] = client.secret
    let kind = ZohoClient.Kind(rawValue: client.kind.rawValue) ?? .serverBased
    let owner = owner(of: client, at: home, homes: homes)
    let added = clients.add(
      ZohoClient(
        id: client.id, kind: kind, name: client.name, homepage: "", redirectURIs: client.redirectURIs,
        ownerZUID: owner, home: home, secrets: secrets))
    guard added else { throw .duplicateCredential(client: index) }
    for (place, token) in client.refreshTokens.enumerated() {
      guard let holder = token.userID.map({ homes[$0] }) ?? first else {
        throw .unknownUser(client: index, refreshToken: place)
      }
      let session = ZohoTokenStore.Session(
        clientID: client.id, zuid: holder.zuid, organisationID: holder.organisationID, scopes: ZohoScopes(token.scopes))
      let grant = ZohoTokenStore.Grant(session: session, createdAt: .epoch)
      guard centres[holder.centre].accounts.tokens.add(grant, token: token.token.value) else {
        throw .duplicateCredential(client: index)
      }
    }
  }

  /// In whose console a client of the data stands, which does not say it: the first who granted it a token and works
  /// in its home, or else that data centre's first person (assumed).
  private func owner(
    of client: ZohoCloudData.Client, at location: String,
    homes: [String: (centre: Int, zuid: String, organisationID: String)]
  ) -> String? {
    guard let centre = centres.firstIndex(where: { $0.location == location }) else { return nil }
    let granters = client.refreshTokens.compactMap(\.userID).compactMap { homes[$0] }
    return granters.first { $0.centre == centre }?.zuid ?? centres[centre].accounts.people.first?.zuid
  }

  static func check(_ count: Int, list: String, limit: Int) throws(ZohoCloudDataError) {
    guard count <= limit else { throw .tooMany(list: list, count: count, limit: limit) }
  }

  /// `ann.owner@example.com`; with the user's place where the name has no letter for it.
  private static func address(of name: String, _ index: Int) -> String {
    let words = name.lowercased().split { !$0.isASCII || !($0.isLetter || $0.isNumber) }
    return (words.isEmpty ? "user\(index)" : words.joined(separator: ".")) + "@example.com"
  }
}
