/// What stands behind the version in a path.
enum ZohoAPIEndpoint: Hashable {
  case module(String)
  case search(String)
  case upsert(String)
  case deleted(String)
  case record(String, id: String)
  case related(String, id: String, list: String)
  /// `{Module}/{id}/actions/{name}`.
  case action(String, id: String, name: String)
  case users, user(id: String)
  case organisation
  case query
  case settings(String, name: String?)

  init?(_ parts: [String]) {
    switch (parts.count, parts.first) {
    case (1, "users"): self = .users
    case (2, "users"): self = .user(id: parts[1])
    case (1, "org"): self = .organisation
    case (1, "coql"): self = .query
    case (2...3, "settings"): self = .settings(parts[1], name: parts.count > 2 ? parts[2] : nil)
    case (_, "users"), (_, "org"), (_, "coql"), (_, "settings"): return nil
    case (1, let module?): self = .module(module)
    case (2, let module?):
      switch parts[1] {
      case "search": self = .search(module)
      case "upsert": self = .upsert(module)
      case "deleted": self = .deleted(module)
      case let id: self = .record(module, id: id)
      }
    case (3, let module?): self = .related(module, id: parts[1], list: parts[2])
    case (4, let module?) where parts[2] == "actions": self = .action(module, id: parts[1], name: parts[3])
    case (_, _): return nil
    }
  }

  /// The module's name in the path; nil for what belongs to none.
  var module: String? {
    switch self {
    case .module(let name), .search(let name), .upsert(let name), .deleted(let name), .record(let name, _),
      .related(let name, _, _), .action(let name, _, _):
      name
    case .users, .user, .organisation, .query, .settings: nil
    }
  }

  /// Whether it counts for the sub-limit of calls at the same time (documented for COQL, conversions and search-like
  /// calls).
  var isHeavy: Bool {
    switch self {
    case .search, .query, .action: true
    case .module, .upsert, .deleted, .record, .related, .users, .user, .organisation, .settings: false
    }
  }
}
