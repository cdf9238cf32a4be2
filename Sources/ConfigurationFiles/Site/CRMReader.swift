import CRMConnectors
import Primitives

/// `crm:` of a site file: the admin's page and each user's page (reference section 6.1).
struct CRMReader {
  let names: SiteNames

  private static let salesforceLogin = "https://login.salesforce.com"

  func read(_ entry: Entry) -> (CRMSettings?, [String: CRMUserSettings]) {
    let keys = [
      "system", "serverAddress", "sugarAPI", "vtigerCalls", "addUnknownNumber", "contactLookups", "numbers", "users",
    ]
    guard let mapping = entry.mapping(keys: keys) else { return (nil, [:]) }
    let system = mapping.required("system")?.choice(of: CRMSystem.self)
    // Salesforce's page has no address: everybody logs in at one host (documented).
    let isElsewhere = system == .salesforce && mapping["serverAddress"] == nil
    let address = isElsewhere ? Self.salesforceLogin : mapping.required("serverAddress")?.webAddress()
    let sugarAPI = mapping["sugarAPI"]?.choice(of: SugarAPI.self)
    if system != .sugarCRM {
      mapping["sugarAPI"]?.report("is for the system `sugarcrm` alone", remedy: "leave it out")
    }
    let vtigerCalls = mapping["vtigerCalls"]?.choice(of: VtigerSettings.CallPlace.self)
    if system != .vtiger {
      mapping["vtigerCalls"]?.report("is for the system `vtiger` alone", remedy: "leave it out")
    }
    let lookups = mapping.required("contactLookups").map(self.lookups) ?? []
    let addUnknown = mapping["addUnknownNumber"]?.choice(of: CRMTable.self)
    if let addUnknown, !lookups.isEmpty, !lookups.contains(addUnknown) {
      mapping["addUnknownNumber"]?.report(
        "`\(addUnknown.rawValue)` is not among contactLookups, so a number added there is never found again",
        remedy: "add it to contactLookups or choose one of \(lookups.map(\.rawValue).joined(separator: ", "))")
    }
    let users = mapping["users"].map { self.users($0, of: system) } ?? [:]
    let numbers = mapping["numbers"].map { NumberPlanReader().read($0) }
    guard let system, let address else { return (nil, users) }
    var settings = CRMSettings(
      system: system, serverAddress: address, addUnknownNumber: addUnknown, contactLookups: lookups)
    if let numbers { settings.numbers = numbers }
    if let sugarAPI { settings.sugarAPI = sugarAPI }
    settings.vtigerCalls = vtigerCalls
    return (settings, users)
  }

  private func lookups(_ entry: Entry) -> [CRMTable] {
    let elements = entry.list()
    if entry.isEmptyList {
      entry.report("contactLookups is empty", remedy: "list at least one of contacts, leads, accounts")
    }
    var seen: Set<CRMTable> = []
    return elements.compactMap { element in
      guard let table = element.choice(of: CRMTable.self) else { return nil }
      guard seen.insert(table).inserted else {
        element.report("`\(table.rawValue)` is looked up twice", remedy: "keep it once")
        return nil
      }
      return table
    }
  }

  /// - Parameter system: nil where the file does not say; each user's own keys then do.
  private func users(_ entry: Entry, of system: CRMSystem?) -> [String: CRMUserSettings] {
    var result: [String: CRMUserSettings] = [:]
    for item in entry.dictionary(of: "extensions and their CRM settings") {
      guard let number = item.keyEntry.internalNumber() else { continue }
      names.refer(to: number, as: .extension, at: item.keyEntry)
      guard let mapping = item.value.mapping(keys: ["enabled"] + CRMCredentialsReader.keys(of: system)) else {
        continue
      }
      let isEnabled = mapping["enabled"]?.boolean() ?? true
      guard let credentials = CRMCredentialsReader.read(mapping, of: system) else { continue }
      result[number] = CRMUserSettings(isEnabled: isEnabled, credentials: credentials)
    }
    return result
  }

}

extension Entry {
  /// `http://` or `https://` and a host, as the appliance wants it.
  func webAddress() -> String? {
    // Never echoed: an address can hold a password.
    guard let text = text(maxLength: 1024) else { return nil }
    let host = ["http://", "https://"].first(where: text.lowercased().hasPrefix).map { text.dropFirst($0.count) }
    guard let host, let first = host.first, first != "/", !text.contains(where: { $0.isWhitespace || $0 == "@" }) else {
      report(
        "this is not a server address", remedy: "write http:// or https:// and the host, as https://www.zohoapis.com")
      return nil
    }
    return text
  }
}
