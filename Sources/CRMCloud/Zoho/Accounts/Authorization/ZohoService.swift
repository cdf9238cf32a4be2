/// A service that scopes are named after (documented in each product's API pages).
struct ZohoService: Hashable {
  /// Of what the service has several, so that a grant is for one of them.
  enum Tenant: Hashable { case organisation, portal }

  /// First part of its scopes.
  let name: String
  /// As the consent page calls it.
  let title: String
  /// nil for a service that a grant opens as a whole.
  var tenant: Tenant?
  /// Second parts of its scopes, in lower case; nil where any is taken.
  var groups: Set<String>?

  static let crm = ZohoService(
    name: "ZohoCRM", title: "Zoho CRM", tenant: .organisation,
    groups: [
      "modules", "settings", "users", "org", "coql", "bulk", "notifications", "files", "functions", "signals", "share",
      "send_mail", "mass_update", "mass_convert", "change_owner", "zia", "apis", "features", "templates", "wizards",
    ])
  static let desk = ZohoService(name: "Desk", title: "Zoho Desk", tenant: .portal)

  static let all = [
    crm, desk,
    ZohoService(name: "ZohoSearch", title: "Zoho Search", groups: ["securesearch"]),
    ZohoService(name: "PhoneBridge", title: "Zoho PhoneBridge", groups: ["call", "zohoone"]),
    ZohoService(name: "AaaServer", title: "Zoho Accounts", groups: ["profile"]),
    ZohoService(name: "ZohoFiles", title: "Zoho Files"), ZohoService(name: "ZohoWriter", title: "Zoho Writer"),
    ZohoService(name: "ZohoSheet", title: "Zoho Sheet"), ZohoService(name: "WorkDrive", title: "Zoho WorkDrive"),
    ZohoService(name: "ZohoMail", title: "Zoho Mail"), ZohoService(name: "ZohoCalendar", title: "Zoho Calendar"),
    ZohoService(name: "ZohoMeeting", title: "Zoho Meeting"), ZohoService(name: "ZohoCliq", title: "Zoho Cliq"),
    ZohoService(name: "ZohoBooks", title: "Zoho Books"), ZohoService(name: "ZohoInvoice", title: "Zoho Invoice"),
    ZohoService(name: "ZohoInventory", title: "Zoho Inventory"),
    ZohoService(name: "ZohoExpense", title: "Zoho Expense"),
    ZohoService(name: "ZohoSubscriptions", title: "Zoho Subscriptions"),
    ZohoService(name: "ZohoProjects", title: "Zoho Projects"), ZohoService(name: "ZohoSprints", title: "Zoho Sprints"),
    ZohoService(name: "ZohoCreator", title: "Zoho Creator"), ZohoService(name: "ZohoRecruit", title: "Zoho Recruit"),
    ZohoService(name: "ZohoPeople", title: "Zoho People"), ZohoService(name: "ZohoBigin", title: "Zoho Bigin"),
    ZohoService(name: "ZohoCampaigns", title: "Zoho Campaigns"),
    ZohoService(name: "ZohoAnalytics", title: "Zoho Analytics"), ZohoService(name: "ZohoSign", title: "Zoho Sign"),
    ZohoService(name: "ZohoAssist", title: "Zoho Assist"), ZohoService(name: "ZohoFSM", title: "Zoho FSM"),
    ZohoService(name: "ZohoVault", title: "Zoho Vault"),
  ]

  /// The service a scope is named after, without case.
  static func of(scope: String) -> ZohoService? {
    let name = scope.prefix { $0 != "." }.lowercased()
    return all.first { $0.name.lowercased() == name }
  }
}
