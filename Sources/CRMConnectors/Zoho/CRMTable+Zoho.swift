extension [CRMTable] {
  /// The module of a search, which goes to one table.
  var zohoModule: String { (first ?? .contacts).zohoModule }
}

extension CRMTable {
  /// The module's name in Zoho's URLs, the same in both versions of the API.
  var zohoModule: String {
    switch self {
    case .contacts: "Contacts"
    case .leads: "Leads"
    case .accounts: "Accounts"
    }
  }

  /// The fields of version 1 that hold numbers, by label; a search takes five at most, so a contact's fax is left out.
  var zohoPhoneLabels: [String] {
    switch self {
    case .contacts: ["Phone", "Mobile", "Home Phone", "Other Phone", "Asst Phone"]
    case .leads: ["Phone", "Mobile", "Fax"]
    case .accounts: ["Phone", "Fax"]
    }
  }

  /// The label of a record's id in version 1.
  var zohoIDLabel: String {
    switch self {
    case .contacts: "CONTACTID"
    case .leads: "LEADID"
    case .accounts: "ACCOUNTID"
    }
  }
}
