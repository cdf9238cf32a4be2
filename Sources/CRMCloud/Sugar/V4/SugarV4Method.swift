/// The methods of v4_1 that the cloud has, with the parameters as PHP knows them (first-party source).
enum SugarV4Method: String, CaseIterable {
  case login, logout
  case getUserID = "get_user_id"
  case getServerInfo = "get_server_info"
  case getAvailableModules = "get_available_modules"
  case getModuleFields = "get_module_fields"
  case getEntry = "get_entry"
  case getEntries = "get_entries"
  case getEntryList = "get_entry_list"
  case getEntriesCount = "get_entries_count"
  case setEntry = "set_entry"
  case setEntries = "set_entries"
  case setRelationship = "set_relationship"
  case getRelationships = "get_relationships"
  case searchByModule = "search_by_module"

  /// Names of the parameters that must be given, then of those that need not.
  var parameters: (needed: [String], optional: [String]) {
    switch self {
    case .login: (["user_auth"], ["application_name", "name_value_list"])
    case .logout, .getUserID: (["session"], [])
    case .getServerInfo: ([], [])
    case .getAvailableModules: (["session"], ["filter"])
    case .getModuleFields: (["session", "module_name"], ["fields"])
    case .getEntry: (["session", "module_name", "id", "select_fields", "link_name_to_fields_array"], ["track_view"])
    case .getEntries: (["session", "module_name", "ids", "select_fields", "link_name_to_fields_array"], ["track_view"])
    case .getEntryList:
      (
        [
          "session", "module_name", "query", "order_by", "offset", "select_fields", "link_name_to_fields_array",
          "max_results", "deleted",
        ], ["favorites"]
      )
    case .getEntriesCount: (["session", "module_name", "query", "deleted"], [])
    case .setEntry: (["session", "module_name", "name_value_list"], ["track_view"])
    case .setEntries: (["session", "module_name", "name_value_lists"], [])
    case .setRelationship:
      (
        [
          "session", "module_name", "module_id", "link_field_name", "related_ids", "name_value_list", "delete",
        ], []
      )
    case .getRelationships:
      (
        [
          "session", "module_name", "module_id", "link_field_name", "related_module_query", "related_fields",
          "related_module_link_name_to_fields_array", "deleted",
        ], ["order_by", "offset", "limit"]
      )
    case .searchByModule:
      (
        ["session", "search_string", "modules", "offset", "max_results"],
        ["assigned_user_id", "select_fields", "unified_search_only", "favorites"]
      )
    }
  }
}
