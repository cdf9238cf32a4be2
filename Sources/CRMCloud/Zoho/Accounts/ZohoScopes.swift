/// The scopes of one grant.
///
/// Form `Service.group.module.OPERATION`; `ALL` covers every operation, `WRITE` creation and update (documented). Names
/// are compared without case, because Zoho writes modules in lower case here and not in URLs (assumed).
struct ZohoScopes: Codable, Hashable {
  enum Operation: Hashable { case read, create }

  private let names: Set<String>

  init(_ names: [String]) {
    // A comma-separated list, as the authorization request carries it, counts as its parts.
    self.names = Set(names.flatMap { $0.lowercased().split(separator: ",") }.map { $0.filter { $0 != " " } })
  }

  func allow(_ operation: Operation, on module: ZohoModuleName) -> Bool {
    let operations =
      switch operation {
      case .read: ["all", "read"]
      case .create: ["all", "create", "write"]
      }
    return operations.contains { name in
      names.contains("zohocrm.modules.\(name)")
        || names.contains("zohocrm.modules.\(module.rawValue.lowercased()).\(name)")
    }
  }

  var allowSecureSearch: Bool { names.contains("zohosearch.securesearch.read") }

  /// Whether everything in a group such as `Desk.tickets` may be read.
  func read(_ group: String) -> Bool {
    ["all", "read"].contains { names.contains(group.lowercased() + "." + $0) }
  }
}
