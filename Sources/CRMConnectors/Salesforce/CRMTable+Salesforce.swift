extension CRMTable {
  /// The object's API name.
  var salesforceObject: String {
    switch self {
    case .contacts: "Contact"
    case .leads: "Lead"
    case .accounts: "Account"
    }
  }

  /// The standard fields of type phone (documented).
  var salesforcePhoneFields: [String] {
    switch self {
    case .contacts: ["Phone", "MobilePhone", "HomePhone", "OtherPhone", "AssistantPhone", "Fax"]
    case .leads: ["Phone", "MobilePhone", "Fax"]
    case .accounts: ["Phone", "Fax"]
    }
  }

  /// What a record is asked for.
  var salesforceFields: String { (["Id", "Name"] + salesforcePhoneFields).joined(separator: ",") }
}
