import CRMCloud
import CRMConnectors

extension VtigerCloudData {
  /// A server at the site's address that its users can log in to and where nobody is known yet; nil where the site's
  /// users are another CRM's.
  ///
  /// - Parameter users: by extension; of several keys of one user that of the lowest extension counts.
  init?(of users: [String: CRMUserSettings], at serverAddress: String) {
    var names: Set<String> = []
    var known: [User] = []
    for (number, settings) in users.sorted(by: { $0.key < $1.key }) {
      guard case .vtiger(let credentials) = settings.credentials,
        names.insert(credentials.userName.lowercased()).inserted
      else { continue }
      var user = User(userName: credentials.userName, accessKey: credentials.password)
      user.phoneExtension = number
      known.append(user)
    }
    guard !known.isEmpty else { return nil }
    self.init(address: serverAddress, users: known)
  }
}
