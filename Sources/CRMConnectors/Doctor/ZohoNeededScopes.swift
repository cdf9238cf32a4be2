/// The scopes a site's settings need, and whether a grant's scopes hold them (documented: scopes of the v2 API).
struct ZohoNeededScopes {
  let settings: CRMSettings

  /// Everything the site needs in one grant, as it is entered when a code is made.
  var text: String {
    let tables = settings.contactLookups.flatMap { table in
      ["ZohoCRM.modules.\(table.rawValue).READ"]
        + (settings.addUnknownNumber == table ? ["ZohoCRM.modules.\(table.rawValue).CREATE"] : [])
    }
    return (tables + ["ZohoCRM.modules.calls.READ", "ZohoCRM.modules.calls.CREATE", Self.search])
      .joined(separator: ",")
  }

  static let search = "ZohoSearch.securesearch.READ"

  /// What the appliance creates: the callers of `addUnknownNumber`, and calls.
  var created: [String] { (settings.addUnknownNumber.map { [$0.rawValue] } ?? []) + ["calls"] }

  /// Whether `granted`, separated by commas or spaces, lets records of `module` be created.
  static func allowCreating(_ module: String, granted: String) -> Bool {
    let scopes = Set(granted.lowercased().split { ", ".contains($0) }.map(String.init))
    return ["all", "create", "write"].contains { operation in
      scopes.contains("zohocrm.modules.\(operation)") || scopes.contains("zohocrm.modules.\(module).\(operation)")
    }
  }
}
