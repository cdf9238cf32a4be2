import ApplianceAPI

extension CRMPages {
  /// The system as the menu shows it.
  func systemName(of module: String) -> String {
    module.isEmpty ? "None" : form(of: module)?.name ?? module
  }
}

extension CRMPages.Lookup {
  var name: String {
    switch self {
    case .contacts: "Contacts"
    case .leads: "Leads"
    case .accounts: "Accounts"
    }
  }
}

extension CRMPages.Settings {
  /// The order of lookups in words.
  var order: String {
    lookups.map { CRMPages.Lookup(rawValue: $0)?.name ?? $0 }.joined(separator: ", then ")
  }
}
