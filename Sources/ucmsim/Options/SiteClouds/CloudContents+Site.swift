import CRMCloud
import CRMConnectors

extension CloudContents {
  /// Clouds that a site's users can log in to and where nobody is known yet.
  ///
  /// - Parameter users: by extension.
  init(of users: [String: CRMUserSettings], _ settings: CRMSettings) {
    self.init(zoho: ZohoCloudData(of: users, at: settings.serverAddress))
    vtiger = VtigerCloudData(of: users, at: settings.serverAddress)
    sugar = SugarCloudData(of: users, at: settings.serverAddress)
    salesforce = SalesforceCloudData(of: users, at: settings.serverAddress)
  }
}
