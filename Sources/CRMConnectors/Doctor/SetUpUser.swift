public import Primitives

/// One set of credentials and the extensions whose pages hold it.
public struct SetUpUser: Hashable, Sendable {
  /// What a user's page asks for, by version of Zoho's API.
  public enum Credentials: Hashable, Sendable {
    case zohoV1(securityToken: Secret)
    case zohoV2(clientID: String, clientSecret: Secret, refreshToken: Secret)

    init(_ credentials: CRMCredentials) {
      switch credentials {
      case .zohoV1(let entered): self = .zohoV1(securityToken: entered.securityToken)
      case .zohoV2(let entered):
        self = .zohoV2(
          clientID: entered.clientID, clientSecret: entered.clientSecret, refreshToken: entered.refreshToken)
      }
    }
  }

  /// In order, never empty.
  public let extensions: [String]
  /// Enable CRM of the page.
  public let isEnabled: Bool
  /// What stands on the page.
  public let credentials: Credentials

  /// Takes the pages of these extensions, which are alike.
  public init(extensions: [String], isEnabled: Bool, credentials: Credentials) {
    self.extensions = extensions
    self.isEnabled = isEnabled
    self.credentials = credentials
  }

  /// One entry for each page that differs, those of lower extensions first.
  public static func grouped(_ pages: [String: CRMUserSettings]) -> [SetUpUser] {
    var extensions: [CRMUserSettings: [String]] = [:]
    for (number, page) in pages { extensions[page, default: []].append(number) }
    return extensions.map { page, numbers in
      SetUpUser(extensions: numbers.sorted(), isEnabled: page.isEnabled, credentials: Credentials(page.credentials))
    }.sorted { $0.extensions.lexicographicallyPrecedes($1.extensions) }
  }

  /// What must never be told of it.
  var secrets: [Secret] {
    switch credentials {
    case .zohoV1(let token): [token]
    case .zohoV2(_, let secret, let token): [secret, token]
    }
  }

  var isOfV1: Bool {
    switch credentials {
    case .zohoV1: true
    case .zohoV2: false
    }
  }
}
