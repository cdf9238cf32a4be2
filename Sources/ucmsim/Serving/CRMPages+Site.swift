import ApplianceAPI
import CRMConnectors
import ConfigurationFiles

extension CRMPages {
  /// The pages as a site file fills them in; credentials stay out of them.
  init(_ file: SiteFile?) {
    self.init()
    guard let file, let crm = file.crm else { return }
    settings.module = crm.system.rawValue
    settings.address = crm.serverAddress
    settings.lookups = crm.contactLookups.map(\.rawValue)
    settings.addsTo = crm.addUnknownNumber?.rawValue ?? settings.lookups.first ?? ""
    for (number, page) in file.crmUsers {
      var user = User()
      user.isEnabled = page.isEnabled
      users[number] = user
    }
  }
}
