import CRMCloud
import CRMConnectors

extension SugarCloudData {
  /// An installation at the site's address in which its users may do everything and nobody is known yet; nil where the
  /// site's users are another CRM's.
  ///
  /// - Parameter users: by extension; of several passwords of one user that of the lowest extension counts.
  init?(of users: [String: CRMUserSettings], at serverAddress: String) {
    var names: Set<String> = []
    var known: [User] = []
    for (_, settings) in users.sorted(by: { $0.key < $1.key }) {
      guard case .sugarCRM(let credentials) = settings.credentials,
        names.insert(credentials.userName.lowercased()).inserted
      else { continue }
      known.append(
        User(userName: credentials.userName, password: credentials.password, lastName: credentials.userName))
    }
    guard !known.isEmpty else { return nil }
    self.init(address: serverAddress, users: known)
  }
}
