import CRMConnectors

/// `crm.connector` of a site file, and what the rest of the section has to do with it.
struct ConnectorReferenceReader {
  let references: SiteFile.References

  func read(_ crm: Entry, into file: inout SiteFile) {
    guard case .mapping = crm.value.content, let settings = file.crm else { return }
    let items = crm.dictionary(of: "the CRM page")
    func entry(_ key: String) -> Entry? { items.first { $0.key == key && !$0.value.value.isNull }?.value }
    guard settings.system == .described else {
      entry("connector")?.report("is for the system `described` alone", remedy: "leave it out")
      return
    }
    guard let reference = entry("connector") else {
      crm.report("the key `connector` is missing", remedy: "name the file that describes the CRM")
      return
    }
    guard let path = reference.text(maxLength: 1024) else { return }
    guard let (place, text) = references(path) else {
      reference.report(
        "the connector's file cannot be read",
        remedy: "its path starts at the folder of this file; check the permissions")
      return
    }
    let connector: ConnectorFile
    do throws(ConfigurationErrors) {
      connector = try ConnectorFile.read(text: text, path: place)
    } catch {
      crm.errors.add(error)
      return
    }
    file.connector = connector
    file.crm?.connector = connector.description
    check(settings, connector.description, entry)
    if let users = entry("users") { check(file.crmUsers, connector.description, users) }
  }

  private func check(_ settings: CRMSettings, _ connector: ConnectorDescription, _ entry: (String) -> Entry?) {
    if connector.server == nil, settings.serverAddress.isEmpty {
      (entry("connector"))?.report(
        "neither this file nor the connector's says where the CRM is", remedy: "write `serverAddress`")
    }
    for table in settings.contactLookups where connector.lookup[table] == nil {
      entry("contactLookups")?.report(
        "the connector looks nobody up in `\(table.rawValue)`",
        remedy: "it has \(connector.lookup.keys.map(\.rawValue).sorted().joined(separator: ", "))")
    }
    if let table = settings.addUnknownNumber, connector.create[table] == nil {
      entry("addUnknownNumber")?.report(
        "the connector adds nobody to `\(table.rawValue)`", remedy: "leave it out, or describe `create`")
    }
  }

  private func check(_ users: [String: CRMUserSettings], _ connector: ConnectorDescription, _ entry: Entry) {
    for item in entry.dictionary(of: "extensions and their CRM settings") {
      guard case .described(let credentials)? = users[item.key]?.credentials else { continue }
      for fault in connector.faults(of: credentials) { item.value.report(fault.description) }
    }
  }
}
