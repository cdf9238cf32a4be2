/// A company outside of Zoho whose OAuth 2 server and a little of its API are here, because the guides' connections
/// lead there.
enum OutsideProvider: String, Codable, CaseIterable {
  case mailChimp, google, microsoft, dropbox, pandaDoc

  /// When a refresh token comes with the access token.
  enum RefreshRule: Hashable {
    case never
    case always
    /// Where the parameter has the value; `onFirstConsentOnly` then takes `prompt=consent` for a further one.
    case parameter(name: String, value: String, onFirstConsentOnly: Bool)
    case scope(String)
  }

  /// What the provider's pages say about its OAuth 2 server (documented unless said otherwise).
  struct Facts {
    let name: String
    /// Host and path of the consent page; `*` stands for any one part.
    let authorization: [String]
    /// Hosts and paths of the token endpoint.
    let tokens: [[String]]
    /// Further hosts, of the API.
    let apiHosts: [String]
    /// `expires_in`; 0 for tokens that live until they are taken back.
    let lifeSeconds: Int64
    let refresh: RefreshRule
    /// Whether scopes count.
    let hasScopes: Bool
    /// Whether `token_type` comes along.
    let tellsTokenType: Bool
  }

  var facts: Facts {
    switch self {
    case .mailChimp:
      Facts(
        name: "MailChimp", authorization: ["login.mailchimp.com", "oauth2", "authorize"],
        tokens: [["login.mailchimp.com", "oauth2", "token"]], apiHosts: [], lifeSeconds: 0, refresh: .never,
        hasScopes: false, tellsTokenType: false)
    case .google:
      Facts(
        name: "Google", authorization: ["accounts.google.com", "o", "oauth2", "v2", "auth"],
        tokens: [
          ["oauth2.googleapis.com", "token"], ["accounts.google.com", "o", "oauth2", "token"],
          ["www.googleapis.com", "oauth2", "v4", "token"],
        ], apiHosts: ["people.googleapis.com"], lifeSeconds: 3599,
        refresh: .parameter(name: "access_type", value: "offline", onFirstConsentOnly: true), hasScopes: true,
        tellsTokenType: true)
    case .microsoft:
      Facts(
        name: "Microsoft", authorization: ["login.microsoftonline.com", "*", "oauth2", "v2.0", "authorize"],
        tokens: [["login.microsoftonline.com", "*", "oauth2", "v2.0", "token"]], apiHosts: ["graph.microsoft.com"],
        lifeSeconds: 3599, refresh: .scope("offline_access"), hasScopes: true, tellsTokenType: true)
    case .dropbox:
      Facts(
        name: "Dropbox", authorization: ["www.dropbox.com", "oauth2", "authorize"],
        tokens: [["api.dropboxapi.com", "oauth2", "token"], ["api.dropbox.com", "oauth2", "token"]], apiHosts: [],
        lifeSeconds: 14_400,
        refresh: .parameter(name: "token_access_type", value: "offline", onFirstConsentOnly: false), hasScopes: true,
        tellsTokenType: true)
    case .pandaDoc:
      Facts(
        name: "PandaDoc", authorization: ["app.pandadoc.com", "oauth2", "authorize"],
        tokens: [["api.pandadoc.com", "oauth2", "access_token"]], apiHosts: [], lifeSeconds: 31_535_999,
        refresh: .always, hasScopes: true, tellsTokenType: true)
    }
  }

  /// Who serves `host` (lower case, no port); nil for nobody here.
  static func serving(_ host: String) -> OutsideProvider? {
    if host.hasSuffix(".api.mailchimp.com") { return .mailChimp }
    return allCases.first { provider in
      let facts = provider.facts
      return facts.authorization.first == host || facts.apiHosts.contains(host)
        || facts.tokens.contains { $0.first == host }
    }
  }

  /// What of the provider's a request is for.
  enum Endpoint: Hashable { case authorization, token, apps, api }

  func endpoint(_ request: CloudRequest) -> Endpoint {
    let place = [request.host] + request.parts
    let facts = facts
    if Self.matches(facts.authorization, place) { return .authorization }
    if facts.tokens.contains(where: { Self.matches($0, place) }) { return .token }
    return request.host == facts.authorization.first && request.parts.first == OutsideServices.appsPath ? .apps : .api
  }

  private static func matches(_ pattern: [String], _ place: [String]) -> Bool {
    pattern.count == place.count && zip(pattern, place).allSatisfy { $0 == "*" || $0 == $1 }
  }
}
