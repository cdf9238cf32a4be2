/// The scopes of one grant.
///
/// Form `Service.group.module.OPERATION`; `ALL` covers every operation, `WRITE` creation and update (documented). Names
/// are compared without case, because Zoho writes modules in lower case here and not in URLs (assumed).
struct ZohoScopes: Codable, Hashable {
  enum Operation: Hashable { case read, create, update, delete }

  private let names: Set<String>

  init(_ names: [String]) {
    // A comma-separated list, as the authorization request carries it, counts as its parts.
    self.names = Set(names.flatMap { $0.lowercased().split(separator: ",") }.map { $0.filter { $0 != " " } })
  }

  func allow(_ operation: Operation, on module: ZohoModuleName) -> Bool {
    allow(operation, "zohocrm.modules") || allow(operation, "zohocrm.modules." + module.rawValue.lowercased())
  }

  /// The same for what is no module: `zohocrm.users`, `zohocrm.settings.fields`.
  func allow(_ operation: Operation, _ group: String) -> Bool {
    let operations =
      switch operation {
      case .read: ["all", "read"]
      case .create: ["all", "create", "write"]
      case .update: ["all", "update", "write"]
      case .delete: ["all", "delete"]
      }
    return operations.contains { names.contains(group + "." + $0) }
  }

  var allowSecureSearch: Bool { names.contains("zohosearch.securesearch.read") }
}
