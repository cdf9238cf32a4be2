import JSON

/// The record added for a number found nowhere.
///
/// Mandatory are Last_Name for contacts, Last_Name and (in the standard layout) Company for leads, Account_Name for
/// accounts (documented). What the appliance writes there is not known: the number (assumed, a setting).
struct ZohoNewCaller {
  let table: CRMTable
  let number: String
  let name: String

  init(table: CRMTable, number: String, settings: ZohoV2Settings) {
    self.table = table
    self.number = number
    let filled = TextTemplate(text: settings.unknownCallerName).filled([("Number", number)])
    name = ZohoRecord.displayable(filled) ?? number
  }

  /// As it stands in the request, members in order of their names.
  var json: JSONValue {
    switch table {
    case .contacts: ["Last_Name": .string(name), "Phone": .string(number)]
    case .leads: ["Company": .string(name), "Last_Name": .string(name), "Phone": .string(number)]
    case .accounts: ["Account_Name": .string(name), "Phone": .string(number)]
    }
  }
}
