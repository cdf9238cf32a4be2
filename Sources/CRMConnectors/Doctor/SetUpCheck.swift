/// One thing that has to be right for calls to reach the CRM, and what was found of it.
///
/// No text holds a secret, a token or a person's data, whatever the CRM answered.
public struct SetUpCheck: Hashable, Sendable {
  /// What was found out.
  public enum Status: String, Hashable, Sendable, CaseIterable {
    case ok
    /// The appliance cannot do what the site asks of it.
    case wrong
    /// It takes an answer that was not to be had.
    case notChecked = "not checked"
  }

  /// What to do, and on which page.
  public struct Remedy: Hashable, Sendable {
    /// The fix, as an order.
    public let text: String
    /// The page in the words of the vendors' guides; nil for none in particular.
    public let place: String?

    init(_ text: String, at place: String? = nil) {
      self.text = text
      self.place = place
    }
  }

  /// What has to be right.
  public let point: SetUpPoint
  /// The extensions whose page it is about, in order; empty for the admin's page.
  public let extensions: [String]
  /// Whether it is.
  public let status: Status
  /// What was found, as a sentence without its full stop.
  public let finding: String
  /// Ways to mend it, the likeliest first; reasons with how to tell them apart where the CRM's answer has several.
  public let remedies: [Remedy]
  /// What was asked for it and what came back: method, host, path, status and code.
  public let asked: [String]
}

/// The things that have to be right, in the order in which one needs the other.
public enum SetUpPoint: Hashable, Sendable {
  /// The admin's page.
  case serverAddress, contactLookups, users
  /// A user's page, and what the credentials on it open.
  case userPage, client, clientSecret, refreshToken, apiDomain, apiAccess
  /// The same for version 1 of the API.
  case apiVersion, securityToken
  /// Reading one table.
  case lookup(CRMTable)
  /// Reading Calls.
  case calls
  /// Adding callers and calls.
  case creating
  case credits, loginStatus
  /// What no request can show.
  case redirectURI, indexDelay

  /// `lookup.contacts`, for machines.
  public var name: String {
    switch self {
    case .serverAddress: "serverAddress"
    case .contactLookups: "contactLookups"
    case .users: "users"
    case .userPage: "userPage"
    case .client: "client"
    case .clientSecret: "clientSecret"
    case .refreshToken: "refreshToken"
    case .apiDomain: "apiDomain"
    case .apiAccess: "apiAccess"
    case .apiVersion: "apiVersion"
    case .securityToken: "securityToken"
    case .lookup(let table): "lookup.\(table.rawValue)"
    case .calls: "calls"
    case .creating: "creating"
    case .credits: "credits"
    case .loginStatus: "loginStatus"
    case .redirectURI: "redirectURI"
    case .indexDelay: "indexDelay"
    }
  }

  /// `Lookup in Contacts`, for people.
  public var title: String {
    switch self {
    case .serverAddress: "CRM server address"
    case .contactLookups: "Contact lookups"
    case .users: "CRM users"
    case .userPage: "User page"
    case .client: "Client and region"
    case .clientSecret: "Client secret"
    case .refreshToken: "Refresh token"
    case .apiDomain: "API domain"
    case .apiAccess: "API access"
    case .apiVersion: "API version"
    case .securityToken: "Security token"
    case .lookup(let table): "Lookup in \(table.zohoModule)"
    case .calls: "Calls"
    case .creating: "Adding records"
    case .credits: "Credits left"
    case .loginStatus: "Login status"
    case .redirectURI: "Redirect URI"
    case .indexDelay: "Index delay"
    }
  }
}
