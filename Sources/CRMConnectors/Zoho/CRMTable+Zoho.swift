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

  /// The fields that the vendor's softphone asks for in version 2 (observed in its source), in its order.
  var zohoAddInFields: [String] {
    switch self {
    case .contacts: ["Phone", "Home_Phone", "Other_Phone", "Mobile", "Fax"]
    case .accounts: ["Phone", "Fax"]
    case .leads: ["Phone", "Mobile", "Fax"]
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
