import CRMConnectors
import Primitives

/// What a user's CRM page holds, which depends on the system.
enum CRMCredentialsReader {
  private static let oauth = ["clientID", "clientSecret", "refreshToken"]
  private static let password = ["userName", "password"]

  /// - Parameter system: nil where the file does not say; every system's keys are then known.
  static func keys(of system: CRMSystem?) -> [String] {
    switch system {
    case .zohoV1: ["securityToken"]
    case .zohoV2: oauth
    case .vtiger, .sugarCRM: password
    case .salesforce: password + ["securityToken"] + oauth
    case .described: ["parameters"]
    case nil: CRMSystem.allCases.flatMap { keys(of: $0) }
    }
  }

  static func read(_ mapping: Mapping, of system: CRMSystem?) -> CRMCredentials? {
    switch system {
    case .zohoV1: secret("securityToken", in: mapping).map { .zohoV1(ZohoV1Credentials(securityToken: $0)) }
    case .zohoV2:
      oauth(mapping).map { .zohoV2(ZohoV2Credentials(clientID: $0, clientSecret: $1, refreshToken: $2)) }
    case .vtiger: password(mapping).map { .vtiger($0) }
    case .sugarCRM: password(mapping).map { .sugarCRM($0) }
    case .salesforce: salesforce(mapping).map { .salesforce($0) }
    case .described: .described(DescribedCredentials(parameters: parameters(mapping)))
    case nil: nil
    }
  }

  private static func oauth(_ mapping: Mapping) -> (String, Secret, Secret)? {
    let clientID = mapping.required("clientID")?.text(maxLength: 256)
    let clientSecret = secret("clientSecret", in: mapping)
    let refreshToken = secret("refreshToken", in: mapping)
    guard let clientID, let clientSecret, let refreshToken else { return nil }
    return (clientID, clientSecret, refreshToken)
  }

  private static func password(_ mapping: Mapping) -> PasswordCredentials? {
    let userName = mapping.required("userName")?.text(maxLength: 64)
    let password = secret("password", in: mapping)
    guard let userName, let password else { return nil }
    return PasswordCredentials(userName: userName, password: password)
  }

  /// The appliance's page has user name, password and security token; a connected app stands in for all three.
  private static func salesforce(_ mapping: Mapping) -> SalesforceCredentials? {
    guard oauth.contains(where: { mapping[$0] != nil }) else {
      let entered = password(mapping)
      let token = secret("securityToken", in: mapping)
      guard let entered, let token else { return nil }
      return .password(entered, securityToken: token)
    }
    for key in password + ["securityToken"] {
      mapping[key]?.report("stands beside a connected app's clientID", remedy: "keep one of the two ways to log in")
    }
    return oauth(mapping).map { .oauth(clientID: $0, clientSecret: $1, refreshToken: $2) }
  }

  private static func parameters(_ mapping: Mapping) -> [String: Secret] {
    var values: [String: Secret] = [:]
    for item in mapping["parameters"]?.dictionary(of: "parameters and their values") ?? [] {
      guard let name = item.keyEntry.text(maxLength: 64), let value = item.value.secret() else { continue }
      values[name] = Secret(value)
    }
    return values
  }

  private static func secret(_ key: String, in mapping: Mapping) -> Secret? {
    mapping.required(key)?.secret().map { Secret($0) }
  }
}
