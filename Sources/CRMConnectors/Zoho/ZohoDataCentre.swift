/// One of Zoho's data centres, with the hosts that serve it.
///
/// An explicit table, because the accounts host cannot be derived from the API host: `.com.cn`, `.com.au` and Canada's
/// `zohocloud.ca` break every rule (documented: multi-DC page of Zoho Accounts; United Kingdom observed in SDKs).
public struct ZohoDataCentre: Hashable, Sendable {
  /// `us`, `eu` … as the authorization answer's `location` spells it.
  public let location: String
  /// Serves `/oauth/v2/token`.
  public let accountsHost: String
  /// Serves `/crm/v2`.
  public let apiHost: String
  /// Other names that stand for `apiHost`.
  ///
  /// The appliance's guide tells its admin to enter `https://crm.zohoapis.com` and `https://crm.zohoapis.com.cn`; Zoho
  /// documents only `www.` (the guide is documented, that both mean the same server is assumed).
  public let apiHostAliases: [String]

  /// Serves the CRM's own pages and version 1 of its API (Canada's, Saudi Arabia's and the United Kingdom's are
  /// inferred from their accounts hosts).
  public let crmHost: String

  init(_ location: String, accounts: String, api: String, crm: String, aliases: [String] = []) {
    self.location = location
    accountsHost = accounts
    apiHost = api
    crmHost = crm
    apiHostAliases = aliases
  }

  /// Every data centre, in the order of Zoho's own list.
  public static let all = [
    ZohoDataCentre(
      "us", accounts: "accounts.zoho.com", api: "www.zohoapis.com", crm: "crm.zoho.com", aliases: ["crm.zohoapis.com"]),
    ZohoDataCentre("eu", accounts: "accounts.zoho.eu", api: "www.zohoapis.eu", crm: "crm.zoho.eu"),
    ZohoDataCentre("in", accounts: "accounts.zoho.in", api: "www.zohoapis.in", crm: "crm.zoho.in"),
    ZohoDataCentre(
      "cn", accounts: "accounts.zoho.com.cn", api: "www.zohoapis.com.cn", crm: "crm.zoho.com.cn",
      aliases: ["crm.zohoapis.com.cn"]),
    ZohoDataCentre("au", accounts: "accounts.zoho.com.au", api: "www.zohoapis.com.au", crm: "crm.zoho.com.au"),
    ZohoDataCentre("jp", accounts: "accounts.zoho.jp", api: "www.zohoapis.jp", crm: "crm.zoho.jp"),
    ZohoDataCentre("ca", accounts: "accounts.zohocloud.ca", api: "www.zohoapis.ca", crm: "crm.zohocloud.ca"),
    ZohoDataCentre("sa", accounts: "accounts.zoho.sa", api: "www.zohoapis.sa", crm: "crm.zoho.sa"),
    ZohoDataCentre("uk", accounts: "accounts.zoho.uk", api: "www.zohoapis.uk", crm: "crm.zoho.uk"),
  ]

  /// The host to send API calls to for `domain`, the token reply's `api_domain`; nil unless it is one of Zoho's.
  ///
  /// A token goes only to hosts of the table: an answer must not be able to send it elsewhere. Sandbox and developer
  /// organisations have hosts of their own (documented: environments of the v2 API).
  static func apiHost(ofDomain domain: String) -> String? {
    guard let host = httpsHost(of: domain) else { return nil }
    for dataCentre in all {
      if host == dataCentre.apiHost || dataCentre.apiHostAliases.contains(host) { return dataCentre.apiHost }
      let base = dataCentre.apiHost.dropFirst("www.".count)
      if host == "sandbox." + base || host == "developer." + base { return host }
    }
    return nil
  }

  /// The host of `https://host` or `https://host/`, in lower case; nil for any other address.
  static func httpsHost(of address: String) -> String? {
    let scheme = "https://"
    guard address.utf8.count <= 256 else { return nil }
    let lowered = address.lowercased()
    guard lowered.hasPrefix(scheme) else { return nil }
    let host = lowered.dropFirst(scheme.count)
    return String(host.hasSuffix("/") ? host.dropLast() : host)
  }
}
