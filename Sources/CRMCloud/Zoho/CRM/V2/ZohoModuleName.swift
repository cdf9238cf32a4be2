/// The modules this cloud keeps, by their names in URLs.
public enum ZohoModuleName: String, Codable, Hashable, Sendable, CaseIterable {
  case contacts = "Contacts"
  case leads = "Leads"
  case accounts = "Accounts"
  case calls = "Calls"
}
