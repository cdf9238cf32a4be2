import CRMCloud
import CRMConnectors
import Primitives

extension ZohoCloudData {
  /// An organisation in which the site's users may do everything and nobody is known yet.
  init(of users: [String: CRMUserSettings], at serverAddress: String) {
    var tokens: [String: (secret: Secret, tokens: [RefreshToken])] = [:]
    for user in Set(users.values.compactMap(\.zohoV2)).sorted(by: { $0.refreshToken.value < $1.refreshToken.value }) {
      let token = RefreshToken(
        token: user.refreshToken, scopes: ["ZohoCRM.modules.ALL", "ZohoSearch.securesearch.READ"])
      tokens[user.clientID, default: (user.clientSecret, [])].tokens.append(token)
    }
    let clients = tokens.keys.sorted().compactMap { id in
      tokens[id].map { Client(id: id, secret: $0.secret, refreshTokens: $0.tokens) }
    }
    var organisation = Organisation()
    for system in CRMSystem.allCases {
      if let centre = try? ZohoDataCentre(serverAddress: serverAddress, of: system) {
        organisation.dataCentre = centre.location
      }
    }
    let authTokens = Set(users.values.compactMap(\.zohoV1)).map(\.securityToken)
      .sorted { $0.value < $1.value }
    if !authTokens.isEmpty {
      organisation.users = [User(fullName: "CRM Administrator", authTokens: authTokens)]
    }
    self.init(organisations: [organisation], clients: clients)
  }
}

extension CRMUserSettings {
  fileprivate var zohoV1: ZohoV1Credentials? {
    switch credentials {
    case .zohoV1(let credentials): credentials
    case .zohoV2, .vtiger, .sugarCRM, .salesforce, .described: nil
    }
  }

  fileprivate var zohoV2: ZohoV2Credentials? {
    switch credentials {
    case .zohoV2(let credentials): credentials
    case .zohoV1, .vtiger, .sugarCRM, .salesforce, .described: nil
    }
  }
}
