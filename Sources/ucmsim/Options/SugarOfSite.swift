import CRMCloud
import CRMConnectors
import Primitives

extension CloudContents {
  /// An installation at the site's address in which its users may do everything and nobody is known yet, where the
  /// site's CRM is SugarCRM.
  mutating func addSugar(of users: [String: CRMUserSettings], _ settings: CRMSettings) {
    guard settings.system == .sugarCRM else { return }
    var known: Set<String> = []
    let people = users.values.compactMap { user -> PasswordCredentials? in
      switch user.credentials {
      case .sugarCRM(let credentials): credentials
      case .zohoV1, .zohoV2, .vtiger, .salesforce, .described: nil
      }
    }
    let entries = people.sorted { ($0.userName, $0.password.value) < ($1.userName, $1.password.value) }
      .filter { known.insert($0.userName.lowercased()).inserted }
    guard !entries.isEmpty else { return }
    sugar = SugarCloudData(
      address: settings.serverAddress,
      users: entries.map { .init(userName: $0.userName, password: $0.password, lastName: $0.userName) })
  }
}
