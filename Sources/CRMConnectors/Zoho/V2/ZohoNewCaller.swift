/// The record added for a number found nowhere.
///
/// Mandatory are Last_Name for contacts, Last_Name and (in the standard layout) Company for leads, Account_Name for
/// accounts (documented). What the appliance writes there is not known: the number (assumed, a setting).
struct ZohoNewCaller: Encodable {
  let table: CRMTable
  let number: String
  let name: String

  init(table: CRMTable, number: String, settings: ZohoV2Settings) {
    self.table = table
    self.number = number
    let filled = TextTemplate(text: settings.unknownCallerName).filled([("Number", number)])
    name = ZohoRecord.displayable(filled) ?? number
  }

  private enum Key: String, CodingKey {
    case phone = "Phone"
    case lastName = "Last_Name"
    case company = "Company"
    case accountName = "Account_Name"
  }

  func encode(to encoder: any Encoder) throws {
    var keyed = encoder.container(keyedBy: Key.self)
    try keyed.encode(number, forKey: .phone)
    switch table {
    case .contacts:
      try keyed.encode(name, forKey: .lastName)
    case .leads:
      try keyed.encode(name, forKey: .lastName)
      try keyed.encode(name, forKey: .company)
    case .accounts:
      try keyed.encode(name, forKey: .accountName)
    }
  }
}
