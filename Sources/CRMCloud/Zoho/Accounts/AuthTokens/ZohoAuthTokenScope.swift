/// What a v1 token is made for, as `SCOPE` spells it.
enum ZohoAuthTokenScope {
  /// The CRM's API (documented); compared character by character (assumed).
  static let crm = "ZohoCRM/crmapi"
}
