extension CRMTable {
  /// The module's name in both APIs.
  var sugarModule: String {
    switch self {
    case .contacts: "Contacts"
    case .leads: "Leads"
    case .accounts: "Accounts"
    }
  }

  /// The table's name in the database, which a condition has to write before every column (measured).
  var sugarTableName: String { rawValue }

  /// The fields that hold numbers (measured).
  var sugarPhoneFields: [String] {
    switch self {
    case .contacts, .leads:
      ["phone_work", "phone_mobile", "phone_home", "phone_other", "phone_fax", "assistant_phone"]
    case .accounts: ["phone_office", "phone_alternate", "phone_fax"]
    }
  }

  /// Where the number of an added caller goes.
  var sugarNumberField: String {
    switch self {
    case .contacts, .leads: "phone_work"
    case .accounts: "phone_office"
    }
  }

  /// Where the name of an added caller goes; nothing demands one (measured).
  var sugarNameField: String {
    switch self {
    case .contacts, .leads: "last_name"
    case .accounts: "name"
    }
  }

  /// The fields a hit is shown and verified by.
  var sugarFields: [String] {
    let names =
      switch self {
      case .contacts: ["first_name", "last_name"]
      case .leads: ["first_name", "last_name", "account_name"]
      case .accounts: [String]()
      }
    return ["id", "name"] + names + sugarPhoneFields
  }

  /// The table of a module; nil for a module that is no table of the appliance's.
  init?(sugarModule: String) {
    guard let table = CRMTable.allCases.first(where: { $0.sugarModule == sugarModule }) else { return nil }
    self = table
  }
}
