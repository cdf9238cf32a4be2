extension CRMTable {
  /// The module's name in queries, which is case-sensitive (measured); `Accounts` is shown as Organizations.
  var vtigerModule: String {
    switch self {
    case .contacts: "Contacts"
    case .leads: "Leads"
    case .accounts: "Accounts"
    }
  }

  /// The fields that hold numbers (measured: vTiger 8.0.0).
  var vtigerPhoneFields: [String] {
    switch self {
    case .contacts: ["phone", "mobile", "homephone", "otherphone", "assistantphone", "fax"]
    case .leads: ["phone", "mobile", "fax"]
    case .accounts: ["phone", "otherphone", "fax"]
    }
  }

  /// The fields that a record is called by, joined by spaces.
  var vtigerNameFields: [String] {
    switch self {
    case .contacts: ["firstname", "lastname"]
    case .leads: ["firstname", "lastname", "company"]
    case .accounts: ["accountname"]
    }
  }

  /// The fields that the vendor's softphone add-in asks for, in its order; accounts it never asks (observed).
  var vtigerAddInFields: [String] {
    switch self {
    case .contacts: ["mobile", "phone", "homephone", "otherphone", "fax"]
    case .leads: ["mobile", "phone", "fax"]
    case .accounts: vtigerPhoneFields
    }
  }
}
