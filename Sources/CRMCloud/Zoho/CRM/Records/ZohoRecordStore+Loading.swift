import JSON
import Primitives

extension ZohoRecordStore {
  /// Takes in the organisation's records, checked by the same rules as records that come over the API.
  mutating func load(_ data: ZohoCloudData.Organisation) throws(ZohoCloudDataError) {
    try load(
      data.accounts.map { ($0.id, ["Account_Name": $0.name, "Phone": $0.phone, "Fax": $0.fax]) }, .accounts,
      list: "accounts", at: data.createdAt)
    try load(
      data.contacts.map { contact in
        (
          contact.id,
          [
            "First_Name": contact.firstName, "Last_Name": contact.lastName, "Phone": contact.phone,
            "Home_Phone": contact.homePhone, "Other_Phone": contact.otherPhone, "Mobile": contact.mobile,
            "Asst_Phone": contact.assistantPhone, "Fax": contact.fax, "Email": contact.email,
          ]
        )
      }, .contacts, list: "contacts", at: data.createdAt, accountNames: data.contacts.map(\.accountName))
    try load(
      data.leads.map { lead in
        (
          lead.id,
          [
            "First_Name": lead.firstName, "Last_Name": lead.lastName, "Company": lead.company, "Phone": lead.phone,
            "Mobile": lead.mobile, "Fax": lead.fax, "Email": lead.email,
          ]
        )
      }, .leads, list: "leads", at: data.createdAt)
  }

  private mutating func load(
    _ entries: [(id: String?, fields: [String: String?])], _ module: ZohoModuleName, list: String,
    at createdAt: Instant, accountNames: [String?] = []
  ) throws(ZohoCloudDataError) {
    try check(entries.count, list: list, limit: ZohoCloud.maximumLoadedRecords)
    // Looked up by name once: a contact's Account_Name refers to a record where there is one.
    var accountIDs: [String: String] = [:]
    for account in all(in: .accounts).reversed() {
      if let name = account.displayName { accountIDs[name] = account.id }
    }
    for (index, entry) in entries.enumerated() {
      var values: [String: JSONValue] = [:]
      for field in module.storedFields {
        do throws(ZohoRefusedRecord) {
          let given = (entry.fields[field.name] ?? nil).map(JSONValue.string)
          values[field.name] = try field.checked(given, in: self)
        } catch {
          throw .invalidField(list: list, index: index, field: field.name, code: error.code)
        }
      }
      if accountNames.indices.contains(index), let name = accountNames[index] {
        values["Account_Name"] = ["name": .string(name), "id": accountIDs[name].map(JSONValue.string) ?? .null]
      }
      let id = try identifier(entry.id, list: list, index: index)
      append(values, id: id, module, by: 0, at: createdAt, findableFrom: Instant(nanoseconds: .min))
    }
  }

  private func check(_ count: Int, list: String, limit: Int) throws(ZohoCloudDataError) {
    guard count <= limit else { throw .tooMany(list: list, count: count, limit: limit) }
  }
}
