/// One scope, checked against what Zoho knows, and put into words.
struct ZohoScope: Hashable {
  /// Scopes in one request; more are refused (assumed).
  static let maximumCount = 100
  /// Of one name (assumed).
  private static let maximumLength = 100
  private static let operations: [String: String] = [
    "all": "Full access to", "read": "View", "create": "Create", "update": "Change", "delete": "Delete",
    "write": "Create and change",
  ]
  /// Modules that scopes of the CRM can name (documented: scopes of the v2 API).
  private static let modules: Set<String> = [
    "all", "read", "create", "update", "delete", "write", "leads", "accounts", "contacts", "deals", "campaigns",
    "tasks", "cases", "events", "calls", "solutions", "products", "vendors", "pricebooks", "quotes", "salesorders",
    "purchaseorders", "invoices", "custom", "notes", "attachments", "activities", "emails", "dashboards",
    "appointments", "services", "social", "reports", "approvals", "visits", "google_adwords",
  ]

  let name: String
  let service: ZohoService
  private let parts: [String]

  /// nil for a name of no known service, a module or group it does not have, or an operation it does not know.
  init?(_ name: String) {
    let parts = name.lowercased().split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard name.utf8.count <= Self.maximumLength, let service = ZohoService.of(scope: name),
      (3...5).contains(parts.count),
      parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") } })
    else { return nil }
    if let groups = service.groups, !groups.contains(parts[1]) { return nil }
    if service == .crm {
      guard let last = parts.last, Self.operations[last] != nil else { return nil }
      if parts[1] == "modules", !Self.modules.contains(parts[2]) { return nil }
    }
    self.name = name
    self.service = service
    self.parts = parts
  }

  /// `Zoho CRM: View contacts records (ZohoCRM.modules.contacts.READ)`.
  var words: String {
    var path = Array(parts.dropFirst())
    let verb = path.last.flatMap { Self.operations[$0] }
    if verb != nil { path.removeLast() }
    let object =
      switch (path.first, path.count) {
      case ("modules", 1): "the records of every module"
      case ("modules", _): path.dropFirst().joined(separator: " ") + " records"
      case (_, _): path.joined(separator: " ").replacing("_", with: " ")
      }
    return "\(service.title): \(verb ?? "Use") \(object) (\(name))"
  }
}

extension ZohoScopes {
  /// The first name that Zoho does not know; nil where all are good. An empty list and too long a one are not.
  var unknownName: String? {
    if listed.isEmpty || listed.count > ZohoScope.maximumCount { return "" }
    return listed.first { ZohoScope($0) == nil }
  }

  /// What is asked for, a line each.
  var words: [String] { listed.compactMap { ZohoScope($0)?.words } }

  /// The services asked for whose tenants a grant has to choose among, in the order asked.
  var servicesWithTenants: [ZohoService] {
    var services: [ZohoService] = []
    for service in listed.compactMap({ ZohoService.of(scope: $0) }) where service.tenant != nil {
      if !services.contains(service) { services.append(service) }
    }
    return services
  }
}
