/// The hosts of one data centre, as this cloud serves them (documented: multi-DC page of Zoho Accounts).
struct ZohoHosts: Hashable, Sendable {
  let location: String
  let accounts: String
  let api: String
  /// Served like `api`: the appliance's guide has its admin enter `crm.zohoapis.com` and `.com.cn` (documented in the
  /// guide; that they ever answered is assumed).
  let apiAliases: [String]

  private init(_ location: String, _ accounts: String, _ api: String, _ apiAliases: [String] = []) {
    self.location = location
    self.accounts = accounts
    self.api = api
    self.apiAliases = apiAliases
  }

  static let all = [
    ZohoHosts("us", "accounts.zoho.com", "www.zohoapis.com", ["crm.zohoapis.com"]),
    ZohoHosts("eu", "accounts.zoho.eu", "www.zohoapis.eu"),
    ZohoHosts("in", "accounts.zoho.in", "www.zohoapis.in"),
    ZohoHosts("cn", "accounts.zoho.com.cn", "www.zohoapis.com.cn", ["crm.zohoapis.com.cn"]),
    ZohoHosts("au", "accounts.zoho.com.au", "www.zohoapis.com.au"),
    ZohoHosts("jp", "accounts.zoho.jp", "www.zohoapis.jp"),
    ZohoHosts("ca", "accounts.zohocloud.ca", "www.zohoapis.ca"),
    ZohoHosts("sa", "accounts.zoho.sa", "www.zohoapis.sa"),
    ZohoHosts("uk", "accounts.zoho.uk", "www.zohoapis.uk"),
  ]

  enum Service: Hashable { case accounts, api }

  /// What `authority` serves and in which data centre; a port is ignored, so that a cloud behind a local port works.
  static func service(at authority: String) -> (service: Service, location: String)? {
    let host = authority.prefix { $0 != ":" }.lowercased()
    for hosts in all {
      if host == hosts.accounts { return (.accounts, hosts.location) }
      if host == hosts.api || hosts.apiAliases.contains(host) { return (.api, hosts.location) }
    }
    return nil
  }
}
