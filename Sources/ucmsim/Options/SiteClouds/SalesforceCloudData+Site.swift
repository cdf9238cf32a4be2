import CRMCloud
import CRMConnectors
import Primitives

extension SalesforceCloudData {
  /// An organisation in which the site's users may do everything and nobody is known yet; nil where no user is one of
  /// Salesforce's.
  ///
  /// - Parameter serverAddress: the login host of the admin's page; empty for the standard one.
  init?(of site: [String: CRMUserSettings], at serverAddress: String) {
    self.init()
    users = []
    for number in site.keys.sorted() {
      guard case .salesforce(let credentials) = site[number]?.credentials else { continue }
      switch credentials {
      case .password(let password, let securityToken): add(password, securityToken)
      case .oauth(let clientID, let secret, let refreshToken): add(clientID, secret, refreshToken)
      }
    }
    guard !users.isEmpty else { return nil }
    let named = serverAddress.lowercased().split(separator: "/", omittingEmptySubsequences: true)
    let login = named.first { $0 != "https:" }.map { String($0.prefix { $0 != ":" }) } ?? ""
    isSandbox = login == "test.salesforce.com"
    if !["", "login.salesforce.com", "test.salesforce.com"].contains(login) { host = login }
  }

  /// Extensions may share a user; the first one's password counts.
  private mutating func add(_ password: PasswordCredentials, _ securityToken: Secret) {
    guard !users.contains(where: { $0.userName.lowercased() == password.userName.lowercased() }) else { return }
    var user = User(userName: password.userName, fullName: password.userName)
    user.password = password.password
    user.securityToken = securityToken.value.isEmpty ? nil : securityToken
    users.append(user)
  }

  /// Nothing tells the user's name, so one is made up.
  private mutating func add(_ clientID: String, _ secret: Secret, _ refreshToken: Secret) {
    if !clients.contains(where: { $0.id == clientID }) { clients.append(Client(id: clientID, secret: secret)) }
    for place in clients.indices where clients[place].id == clientID {
      guard !clients[place].refreshTokens.contains(where: { $0.token == refreshToken }) else { return }
      let name = "user\(users.count + 1)@example.com"
      users.append(User(userName: name, fullName: name))
      clients[place].refreshTokens.append(RefreshToken(token: refreshToken, userName: name))
    }
  }
}
