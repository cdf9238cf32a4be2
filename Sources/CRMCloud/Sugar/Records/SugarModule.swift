/// The modules the cloud has.
enum SugarModule: String, Codable, CaseIterable {
  case accounts = "Accounts"
  case contacts = "Contacts"
  case leads = "Leads"
  case calls = "Calls"
  case users = "Users"
  /// The users once more, as people of the company.
  case employees = "Employees"

  /// Whose records they are.
  var table: SugarModule {
    switch self {
    case .employees: .users
    case .accounts, .contacts, .leads, .calls, .users: self
    }
  }

  /// As conditions name it.
  var tableName: String { table.rawValue.lowercased() }

  /// The link of other modules that leads here.
  var linkName: String { tableName }

  var isOfPeople: Bool {
    switch self {
    case .contacts, .leads, .users, .employees: true
    case .accounts, .calls: false
    }
  }

  /// What `search_by_module` looks through (measured: names and phone fields).
  var searchedFields: [String] {
    let names = isOfPeople ? ["first_name", "last_name", "name"] : ["name"]
    return names + fields.filter { $0.type == "phone" }.map(\.name)
  }

  /// Every field: those of the module, then those of all.
  var fields: [SugarField] { SugarField.all[table, default: []] }

  func field(_ name: String) -> SugarField? { SugarField.byName[table]?[name] }
}
