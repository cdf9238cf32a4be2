import JSON
import Primitives

extension ZohoOrganisation {
  /// What a conversion costs of the day's credits (documented: API Limits).
  private static let conversionCredits = 5

  /// `POST /Leads/{id}/actions/convert` (documented: Convert Lead, v2 to v8): a contact and an account are made of the
  /// lead, or those named by `Contacts` and `Accounts` taken, and with `Deals` a deal besides. Ids are text in v2 and
  /// v2.1 and `{"id":…}` later (documented); both are taken in every version (assumed).
  ///
  /// An account of the company's name is taken rather than made again. Of the order that the page of v8 has for matches
  /// (documented: the email's contact, the company's account, the name's contact) that is the part that is modelled: a
  /// contact is always new unless it is named (assumed, as the page of the Deluge task says of new ones). The lead is
  /// out of its module then (observed: 204 in a third-party description of v8), and searches for converted records do
  /// not find it either (a simplification). What else is refused is assumed.
  mutating func convert(_ id: String, _ call: ZohoAPICall) throws(ZohoRequestError) -> CloudResponse {
    let (given, _) = try call.records(maximum: 1)
    guard ZohoIdentifiers.isWellFormed(id) else { throw .invalidID(call.version) }
    guard !records.converted.contains(id) else {
      throw .alreadyConverted(call.version)
    }
    guard let lead = records.record(id, in: .leads), let wishes = given.first else { throw .invalidID(call.version) }
    guard case .object = wishes else { throw .invalidData(["expected_data_type": "jsonobject"]) }
    usage.charge(Self.conversionCredits - 1, at: call.instant)
    let before = records
    var results = ZohoWriteResults(call.version)
    do throws(ZohoRefusedRecord) {
      let owner = try convertedOwner(wishes) ?? lead.userIndex
      let account = try account(for: lead, wishes, owner, call)
      let contact = try contact(for: lead, wishes, account, owner, call)
      let deal = try deal(for: lead, wishes, contact, account, owner, call)
      records.convert(lead: id)
      results.add(Self.converted(contact, deal, account, call.version))
    } catch {
      // All or nothing.
      records = before
      results.add(error)
    }
    return results.response(complete: 200, otherwise: settings.refusedRecordStatus)
  }

  private static func converted(
    _ contact: ZohoRecord, _ deal: ZohoRecord?, _ account: ZohoRecord?, _ version: ZohoAPIVersion
  ) -> JSONValue {
    let told = { (record: ZohoRecord?) -> JSONValue in
      guard let record else { return .null }
      return version.detailsConversions
        ? ["name": .optional(record.displayName), "id": .string(record.id)] : .string(record.id)
    }
    let made: JSONValue = ["Contacts": told(contact), "Deals": told(deal), "Accounts": told(account)]
    guard version.detailsConversions else { return made }
    return [
      "code": "SUCCESS", "details": made, "message": "The record has been converted successfully", "status": "success",
    ]
  }

  /// Place of the user that `assign_to` names.
  private func convertedOwner(_ wishes: JSONValue) throws(ZohoRefusedRecord) -> Int? {
    guard let given = wishes["assign_to"], given != .null else { return nil }
    guard let index = users.indices.first(where: { users[$0].id == given.referredID && users[$0].status == .active })
    else { throw .invalid("assign_to") }
    return index
  }

  /// nil for a lead of no company.
  private mutating func account(
    for lead: ZohoRecord, _ wishes: JSONValue, _ owner: Int, _ call: ZohoAPICall
  ) throws(ZohoRefusedRecord) -> ZohoRecord? {
    if let named = try named("Accounts", .accounts, wishes) { return named }
    guard let company = lead.values["Company"]?.string, !company.isEmpty else { return nil }
    let same = records.filter(.accounts, places: nil) { $0.displayName == company }
    if let same = same.first { return same }
    return try insert(Self.mapped(lead, Self.accountFields), into: .accounts, owner, call)
  }

  private mutating func contact(
    for lead: ZohoRecord, _ wishes: JSONValue, _ account: ZohoRecord?, _ owner: Int, _ call: ZohoAPICall
  ) throws(ZohoRefusedRecord) -> ZohoRecord {
    if let named = try named("Contacts", .contacts, wishes) {
      guard wishes["overwrite"] == true, let account else { return named }
      var values = named.values
      values["Account_Name"] = ["name": .optional(account.displayName), "id": .string(account.id)]
      return records.update(named.id, values: values, by: call.userIndex, at: call.instant) ?? named
    }
    var values = Self.mapped(lead, Self.contactFields)
    if let account { values.append(.init("Account_Name", ["id": .string(account.id)])) }
    return try insert(values, into: .contacts, owner, call)
  }

  private mutating func deal(
    for lead: ZohoRecord, _ wishes: JSONValue, _ contact: ZohoRecord, _ account: ZohoRecord?, _ owner: Int,
    _ call: ZohoAPICall
  ) throws(ZohoRefusedRecord) -> ZohoRecord? {
    guard let given = wishes["Deals"], given != .null else { return nil }
    guard var values = given.members else { throw .wrongType("Deals", expected: "jsonobject") }
    values.removeAll { ["Contact_Name", "Account_Name"].contains($0.name) }
    // What the request itself says goes before what the lead says (assumed).
    let named = Set(values.map(\.name))
    values += Self.mapped(lead, Self.dealFields).filter { !named.contains($0.name) }
    values.append(.init("Contact_Name", ["id": .string(contact.id)]))
    if let account { values.append(.init("Account_Name", ["id": .string(account.id)])) }
    return try insert(values, into: .deals, owner, call)
  }

  private mutating func insert(
    _ members: [JSONValue.Member], into module: ZohoModuleName, _ owner: Int, _ call: ZohoAPICall
  ) throws(ZohoRefusedRecord) -> ZohoRecord {
    let (values, _) = try checked(.object(members), module, over: nil, call.version)
    return try records.insert(values, into: module, by: call.userIndex, owner: owner, at: call.instant)
  }

  /// The record that the request names; nil where it names none.
  private func named(
    _ key: String, _ module: ZohoModuleName, _ wishes: JSONValue
  ) throws(ZohoRefusedRecord) -> ZohoRecord? {
    guard let given = wishes[key], given != .null else { return nil }
    guard let id = given.referredID, let record = records.record(id, in: module) else { throw .invalid(key) }
    return record
  }

  private static func mapped(_ lead: ZohoRecord, _ fields: KeyValuePairs<String, String>) -> [JSONValue.Member] {
    fields.compactMap { from, to in lead.values[from].map { JSONValue.Member(to, $0) } }
  }

  // The standard mapping of a lead's fields (documented: the table of the user guide's Converting Leads), as far as the
  // modules have them here; that `Description` and `Secondary_Email` go to the contact is assumed.

  private static let accountFields: KeyValuePairs = [
    "Company": "Account_Name", "Phone": "Phone", "Fax": "Fax", "Website": "Website",
    "Annual_Revenue": "Annual_Revenue", "No_of_Employees": "Employees", "Street": "Billing_Street",
    "City": "Billing_City", "State": "Billing_State", "Zip_Code": "Billing_Code", "Country": "Billing_Country",
  ]
  private static let contactFields: KeyValuePairs = [
    "First_Name": "First_Name", "Last_Name": "Last_Name", "Email": "Email", "Phone": "Phone", "Mobile": "Mobile",
    "Fax": "Fax", "Designation": "Title", "Description": "Description", "Lead_Source": "Lead_Source",
    "Secondary_Email": "Secondary_Email", "Street": "Mailing_Street", "City": "Mailing_City",
    "State": "Mailing_State", "Zip_Code": "Mailing_Zip", "Country": "Mailing_Country",
    "Email_Opt_Out": "Email_Opt_Out",
  ]
  private static let dealFields: KeyValuePairs = ["Lead_Source": "Lead_Source"]
}
