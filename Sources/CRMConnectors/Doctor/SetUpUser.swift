import Primitives

/// One set of credentials and the extensions whose pages hold it.
public struct SetUpUser: Hashable, Sendable {
  /// In order, never empty.
  public let extensions: [String]
  /// Enable CRM of the page.
  public let isEnabled: Bool
  /// What stands on the page.
  public let credentials: CRMCredentials

  /// Takes the pages of these extensions, which are alike.
  public init(extensions: [String], isEnabled: Bool, credentials: CRMCredentials) {
    self.extensions = extensions
    self.isEnabled = isEnabled
    self.credentials = credentials
  }

  /// One entry for each page that differs, those of lower extensions first.
  public static func grouped(_ pages: [String: CRMUserSettings]) -> [SetUpUser] {
    var extensions: [CRMUserSettings: [String]] = [:]
    for (number, page) in pages { extensions[page, default: []].append(number) }
    return extensions.map { page, numbers in
      SetUpUser(extensions: numbers.sorted(), isEnabled: page.isEnabled, credentials: page.credentials)
    }.sorted { $0.extensions.lexicographicallyPrecedes($1.extensions) }
  }

  /// What must never be told of it.
  var secrets: [Secret] {
    switch credentials {
    case .zohoV1(let entered): [entered.securityToken]
    case .zohoV2(let entered): [entered.clientSecret, entered.refreshToken]
    case .vtiger(let entered), .sugarCRM(let entered): [entered.password]
    case .salesforce(.password(let entered, let token)): [entered.password, token]
    case .salesforce(.oauth(_, let clientSecret, let refreshToken)): [clientSecret, refreshToken]
    case .described(let entered): entered.parameters.keys.sorted().compactMap { entered.parameters[$0] }
    }
  }

  var isOfV1: Bool { credentials.system == .zohoV1 }
}
