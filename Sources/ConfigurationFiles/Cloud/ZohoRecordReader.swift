import CRMCloud

/// Reads the records of one organisation.
struct ZohoRecordReader {
  let identifiers: UniqueTexts

  func list<Record>(_ mapping: Mapping, _ key: String, _ read: (Entry) -> Record?) -> [Record] {
    (mapping[key]?.list(max: CloudDataFile.recordsMax) ?? []).compactMap(read)
  }

  func contact(_ entry: Entry) -> ZohoCloudData.Contact? {
    let keys = [
      "id", "firstName", "lastName", "phone", "homePhone", "otherPhone", "mobile", "assistantPhone", "fax", "email",
      "accountName",
    ]
    guard let mapping = entry.mapping(keys: keys) else { return nil }
    var result = ZohoCloudData.Contact(id: recordID(mapping), lastName: mapping.required("lastName")?.text() ?? "")
    result.firstName = mapping["firstName"]?.text()
    result.phone = mapping["phone"]?.text()
    result.homePhone = mapping["homePhone"]?.text()
    result.otherPhone = mapping["otherPhone"]?.text()
    result.mobile = mapping["mobile"]?.text()
    result.assistantPhone = mapping["assistantPhone"]?.text()
    result.fax = mapping["fax"]?.text()
    result.email = mapping["email"]?.text()
    result.accountName = mapping["accountName"]?.text()
    return result
  }

  func lead(_ entry: Entry) -> ZohoCloudData.Lead? {
    let keys = ["id", "firstName", "lastName", "company", "phone", "mobile", "fax", "email"]
    guard let mapping = entry.mapping(keys: keys) else { return nil }
    let id = recordID(mapping)
    let lastName = mapping.required("lastName")?.text()
    let company = mapping.required("company")?.text()
    var result = ZohoCloudData.Lead(id: id, lastName: lastName ?? "", company: company ?? "")
    result.firstName = mapping["firstName"]?.text()
    result.phone = mapping["phone"]?.text()
    result.mobile = mapping["mobile"]?.text()
    result.fax = mapping["fax"]?.text()
    result.email = mapping["email"]?.text()
    return result
  }

  func account(_ entry: Entry) -> ZohoCloudData.Account? {
    guard let mapping = entry.mapping(keys: ["id", "name", "phone", "fax"]) else { return nil }
    var result = ZohoCloudData.Account(id: recordID(mapping), name: mapping.required("name")?.text() ?? "")
    result.phone = mapping["phone"]?.text()
    result.fax = mapping["fax"]?.text()
    return result
  }

  private func recordID(_ mapping: Mapping) -> String? { mapping["id"]?.recordID(identifiers) }
}
