/// Where a grant of the CRM is good: its tokens open this environment's API hosts and no other's (documented: tokens
/// are environment specific).
enum ZohoEnvironment: String, Codable, Hashable, CaseIterable {
  /// `www.zohoapis.*`.
  case production
  /// `sandbox.zohoapis.*`.
  case sandbox
  /// `developer.zohoapis.*`.
  case developer
}
