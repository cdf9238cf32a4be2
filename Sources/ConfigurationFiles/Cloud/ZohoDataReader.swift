import CRMCloud
import CRMConnectors
import Primitives

/// Reads the data of a Zoho cloud from the top: one organisation, or `organisations` with several.
struct ZohoDataReader {
  /// Ids of clients, and every token: one of another's would open the other's doors.
  let credentials = UniqueTexts()
  /// Who signs in where, to have each person's passwords once.
  let people = UniqueTexts()

  static let dataCentres = ZohoDataCentre.all.map(\.location)
  private static let organisationKeys = [
    "name", "dataCentre", "timeZone", "createdAt", "edition", "users", "contacts", "leads", "accounts",
    "deskPortals",
  ]

  func read(_ root: Entry) -> CloudDataFile {
    var file = CloudDataFile()
    let others = ["vtiger", "sugarcrm", "salesforce"]
    guard let mapping = root.mapping(keys: ["organisations", "clients", "settings"] + others + Self.organisationKeys)
    else { return file }
    if let settings = mapping["settings"] { file.settings = ZohoSettingsReader().read(settings) }
    if let vtiger = mapping["vtiger"] { file.contents.vtiger = VtigerDataReader().read(vtiger) }
    if let sugar = mapping["sugarcrm"] { SugarDataReader().read(sugar, into: &file.contents) }
    file.contents.salesforce = mapping["salesforce"].flatMap { SalesforceDataReader().read($0) }
    if let organisations = mapping["organisations"] {
      for key in Self.organisationKeys {
        mapping[key]?.report(
          "stands beside `organisations`, so nobody knows whose it is", remedy: "move it into one of organisations")
      }
      if organisations.isEmptyList {
        organisations.report("a cloud has at least one organisation", remedy: "leave `organisations` out or add one")
      }
      file.data.organisations = organisations.list(max: ZohoCloud.maximumOrganisations).compactMap { entry in
        entry.mapping(keys: Self.organisationKeys).map(organisation)
      }
    } else {
      file.data.organisations = [organisation(mapping)]
    }
    let userIDs = Set(file.data.organisations.flatMap { $0.users.compactMap(\.id) })
    let home = file.data.organisations.first?.dataCentre
    file.data.clients = (mapping["clients"]?.list(max: ZohoCloud.maximumClients) ?? [])
      .compactMap { client($0, userIDs: userIDs, firstDataCentre: home) }
    return file
  }

  private func organisation(_ mapping: Mapping) -> ZohoCloudData.Organisation {
    var result = ZohoCloudData.Organisation()
    // Records and users of one organisation share the ids.
    let identifiers = UniqueTexts()
    result.name = mapping["name"]?.text() ?? result.name
    result.dataCentre = mapping["dataCentre"]?.choice(among: Self.dataCentres) ?? result.dataCentre
    result.timeZone = mapping["timeZone"].flatMap(TimeZoneText.read) ?? result.timeZone
    result.createdAt = mapping["createdAt"]?.instant() ?? result.createdAt
    result.edition = mapping["edition"]?.choice() ?? result.edition
    if let users = mapping["users"] {
      if users.isEmptyList {
        users.report("an organisation has at least one user", remedy: "leave `users` out or add one")
      }
      let emails = UniqueTexts()
      result.users = users.list(max: ZohoCloud.maximumUsers)
        .compactMap { user($0, identifiers, emails, dataCentre: result.dataCentre) }
    }
    let records = ZohoRecordReader(identifiers: identifiers)
    result.contacts = records.list(mapping, "contacts", records.contact)
    result.leads = records.list(mapping, "leads", records.lead)
    result.accounts = records.list(mapping, "accounts", records.account)
    result.deskPortals = mapping.list("deskPortals").compactMap(ZohoDeskReader().portal)
    return result
  }
}
