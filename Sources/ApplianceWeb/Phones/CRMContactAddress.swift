import ApplianceAPI

/// Where a record's page is in the CRM's own web interface.
///
/// The addresses are those that the vendor's softphone add-ins open (observed, G4: vTiger @97df9fd, SugarCRM @787036f,
/// Salesforce @244a784, ZohoCRM @7e13977); that the appliance's own pop-up opens them too is assumed
/// (`Assumption.contactPageAsVendorAddIn`). The add-ins have contacts' pages alone for vTiger; that leads and accounts
/// are found likewise is upstream.
///
/// Put together here, of checked addresses and a checked id: what a CRM says of a record is never taken for an address.
enum CRMContactAddress {
  private static let addressBytesMax = 256
  private static let idBytesMax = 64

  /// nil where the CRM has no such page, or the parts are none that an address is made of.
  static func url(of contact: CRMContactFacts, _ settings: CRMPages.Settings) -> String? {
    guard let table = Table(rawValue: contact.table), isWord(contact.id) else { return nil }
    switch settings.module {
    case "zoho-v1", "zoho-v2":
      return zohoBase(settings.address).map { "\($0)/crm/tab/\(table.module)/\(contact.id)" }
    // A record's id goes without that of its module, `4x12` as 12.
    case "vtiger":
      guard let record = contact.id.split(separator: "x").last, record.utf8.allSatisfy(isDigit) else { return nil }
      return base(settings.address).map { "\($0)/index.php?module=\(table.module)&view=Detail&record=\(record)" }
    case "sugarcrm": return base(settings.address).map { $0 + sugarPath(table, contact) }
    case "salesforce": return salesforceBase(contact, settings) + "/\(contact.id)"
    default: return nil
    }
  }

  private enum Table: String {
    case contacts, leads, accounts

    var module: String {
      switch self {
      case .contacts: "Contacts"
      case .leads: "Leads"
      case .accounts: "Accounts"
      }
    }
  }

  /// A server with the REST API, Sugar 7 and later, shows records by a fragment (observed: links in two public
  /// programs); one with the older API, Sugar CE and SuiteCRM 7, by a query.
  private static func sugarPath(_ table: Table, _ contact: CRMContactFacts) -> String {
    contact.askedAt.contains("/rest/v1")
      ? "/#\(table.module)/\(contact.id)" : "/index.php?module=\(table.module)&action=DetailView&record=\(contact.id)"
  }

  /// The instance that was asked, as the login named it and the client let it through; otherwise the server where users
  /// log in, which leads on to the instance (recalled).
  private static func salesforceBase(_ contact: CRMContactFacts, _ settings: CRMPages.Settings) -> String {
    let instance = contact.askedAt.split(separator: "/", maxSplits: 2).dropFirst().first.flatMap { authority in
      contact.askedAt.hasPrefix("https://") ? base("https://" + authority) : nil
    }
    return instance ?? base(settings.address) ?? "https://login.salesforce.com"
  }

  /// The pages of the data centre whose API is at `address`; the address itself where it is no host of Zoho's.
  private static func zohoBase(_ address: String) -> String? {
    guard let base = base(address) else { return nil }
    let host = base.split(separator: "/", omittingEmptySubsequences: false).dropFirst(2).first ?? ""
    for (marker, domain) in [(".zohoapis.", "zoho."), (".zoho.", "zoho.")] {
      guard let range = host.firstRange(of: marker) else { continue }
      let end = host[range.upperBound...]
      return end == "ca" ? "https://crm.zohocloud.ca" : "https://crm.\(domain)\(end)"
    }
    return base
  }

  /// An address of `http` or `https` without a slash at the end; nil for what is none, or says who signs in.
  private static func base(_ address: String) -> String? {
    guard address.hasPrefix("https://") || address.hasPrefix("http://"), address.utf8.count <= addressBytesMax,
      address.utf8.allSatisfy({ isWordByte($0) || ":/.~%[]".utf8.contains($0) })
    else { return nil }
    var base = Substring(address)
    while base.last == "/" { base = base.dropLast() }
    return base.utf8.count > "https://".utf8.count ? String(base) : nil
  }

  private static func isWord(_ text: String) -> Bool {
    (1...idBytesMax).contains(text.utf8.count) && text.utf8.allSatisfy(isWordByte)
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    isDigit(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 45 || byte == 95
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
}
