/// The hosts of one data centre, as this cloud serves them (documented: multi-DC page of Zoho Accounts; the console's,
/// Desk's and Deluge's hosts elsewhere than `.com` follow the same pattern, assumed).
struct ZohoHosts: Hashable, Sendable {
  /// `us`, `eu` … as the authorization answer's `location` spells it.
  let location: String
  /// What the names end in: `zoho.com`, `zohocloud.ca`. Cookies of a session hold for every host below it.
  let domain: String
  let api: String
  /// Served like `api`: the appliance's guide has its admin enter `crm.zohoapis.com` and `.com.cn` (documented in the
  /// guide; that they ever answered is assumed).
  let apiAliases: [String]

  /// Sign-in, consent, tokens.
  var accounts: String { "accounts." + domain }
  /// Where every page's button Sign out leads.
  var signOutAddress: String { "https://\(accounts)/logout" }
  /// The CRM's own pages, PhoneBridge's set-up, and the v1 API.
  var crm: String { "crm." + domain }
  /// Where clients are registered; `accounts` serves the old console besides.
  var console: String { "api-console." + domain }
  /// Desk's API and its pages.
  var desk: String { "desk." + domain }
  /// Where connections end their consent.
  var deluge: String { "deluge." + domain }
  /// The developer platform with its connectors.
  var sigma: String { "sigma." + domain }

  private init(_ location: String, domain: String, api: String, aliases: [String] = []) {
    self.location = location
    self.domain = domain
    self.api = api
    apiAliases = aliases
  }

  static let all = [
    ZohoHosts("us", domain: "zoho.com", api: "www.zohoapis.com", aliases: ["crm.zohoapis.com"]),
    ZohoHosts("eu", domain: "zoho.eu", api: "www.zohoapis.eu"),
    ZohoHosts("in", domain: "zoho.in", api: "www.zohoapis.in"),
    ZohoHosts("cn", domain: "zoho.com.cn", api: "www.zohoapis.com.cn", aliases: ["crm.zohoapis.com.cn"]),
    ZohoHosts("au", domain: "zoho.com.au", api: "www.zohoapis.com.au"),
    ZohoHosts("jp", domain: "zoho.jp", api: "www.zohoapis.jp"),
    ZohoHosts("ca", domain: "zohocloud.ca", api: "www.zohoapis.ca"),
    ZohoHosts("sa", domain: "zoho.sa", api: "www.zohoapis.sa"),
    ZohoHosts("uk", domain: "zoho.uk", api: "www.zohoapis.uk"),
  ]

  /// The hosts of the data centre called `location`.
  static func at(_ location: String) -> ZohoHosts? { all.first { $0.location == location } }

  enum Service: Hashable, CaseIterable {
    case accounts, api, sandboxAPI, developerAPI, crm, console, desk, deluge, sigma
  }

  /// Documented: `www.` gives way to the environment's name.
  private func api(_ environment: String) -> String { environment + "." + api.drop { $0 != "." }.dropFirst() }

  func host(of service: Service) -> String {
    switch service {
    case .accounts: accounts
    case .api: api
    case .sandboxAPI: api("sandbox")
    case .developerAPI: api("developer")
    case .crm: crm
    case .console: console
    case .desk: desk
    case .deluge: deluge
    case .sigma: sigma
    }
  }

  /// What `host` (lower case, no port) serves and in which data centre.
  static func service(at host: String) -> (service: Service, hosts: ZohoHosts)? { services[host] }

  /// Every name once: made for each request, the names would cost more than many an answer.
  private static let services: [String: (service: Service, hosts: ZohoHosts)] = {
    var services: [String: (service: Service, hosts: ZohoHosts)] = [:]
    for hosts in all {
      for service in Service.allCases { services[hosts.host(of: service)] = (service, hosts) }
      for alias in hosts.apiAliases { services[alias] = (.api, hosts) }
    }
    return services
  }()
}
