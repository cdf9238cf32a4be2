extension CRMTable {
  /// The module's name in Zoho's URLs.
  var zohoModule: String {
    switch self {
    case .contacts: "Contacts"
    case .leads: "Leads"
    case .accounts: "Accounts"
    }
  }
}
