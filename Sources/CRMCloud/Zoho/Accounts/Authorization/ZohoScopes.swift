/// The scopes of one grant.
///
/// Form `Service.group.sub.OPERATION`; `ALL` covers every operation, `WRITE` creation and update (documented). Names
/// are compared without case, because Zoho writes modules in lower case here and not in URLs (assumed).
struct ZohoScopes: Codable, Hashable {
  enum Operation: Hashable, CaseIterable {
    case read, create, update, delete

    /// Last parts of a name that allow it.
    fileprivate var names: [String] {
      switch self {
      case .read: ["all", "read"]
      case .create: ["all", "create", "write"]
      case .update: ["all", "update", "write"]
      case .delete: ["all", "delete"]
      }
    }
  }

  /// As asked for, each once.
  let listed: [String]
  private let names: Set<String>

  init(_ names: [String]) {
    // A comma-separated list, as the authorization request carries it, counts as its parts.
    var listed: [String] = []
    var known: Set<String> = []
    for name in names.flatMap({ $0.split(separator: ",") }) {
      let name = name.filter { $0 != " " }
      if !name.isEmpty, known.insert(name.lowercased()).inserted { listed.append(name) }
    }
    self.listed = listed
    self.names = known
  }

  var isEmpty: Bool { names.isEmpty }

  /// Whether every scope here is among `others`, name for name.
  func isSubset(of others: ZohoScopes) -> Bool { names.isSubset(of: others.names) }

  /// These, then what `others` have besides.
  func union(_ others: ZohoScopes) -> ZohoScopes { ZohoScopes(listed + others.listed) }

  /// Whether a name of `service` allows `operation` on `group`, or on what the group is a part of.
  ///
  /// `allow(.read, "ZohoCRM", "modules", "Contacts")` holds for `ZohoCRM.modules.contacts.READ`, for
  /// `ZohoCRM.modules.ALL` and the like; a service without any group allows nothing (documented: scopes of the CRM).
  func allow(_ operation: Operation, _ service: String, _ group: String...) -> Bool {
    var parts = [service] + group
    while parts.count > 1 {
      let place = parts.joined(separator: ".").lowercased()
      if operation.names.contains(where: { names.contains(place + "." + $0) }) { return true }
      parts.removeLast()
    }
    return false
  }

  func allow(_ operation: Operation, on module: ZohoModuleName) -> Bool {
    allow(operation, "ZohoCRM", "modules", module.rawValue)
  }

  /// Whether exactly this scope is there, for those without an operation: `PhoneBridge.call.log`.
  func contain(_ name: String) -> Bool { names.contains(name.lowercased()) }

  var allowSecureSearch: Bool { allow(.read, "ZohoSearch", "securesearch") }
}
