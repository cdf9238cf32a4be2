/// What `GET /settings/…` tells of an organisation.
enum ZohoSetting: String, CaseIterable {
  case modules, fields, profiles, roles, layouts
  case relatedLists = "related_lists"

  /// Its part of the scope `ZohoCRM.settings.…` (documented).
  var scope: String { rawValue }
}
