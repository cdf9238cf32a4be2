import Primitives

/// Why no client can be made of the settings as they are filled in.
public enum ConnectorSettingsError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The server address is none of the system's.
  case serverAddress(ZohoServerAddressError)
  /// The user's page was filled in for this system, and the admin's page has another.
  case credentialsOf(CRMSystem, chosen: CRMSystem)

  /// What is wrong, and what would be right.
  public var description: String {
    switch self {
    case .serverAddress(let error): error.description
    case .credentialsOf(let system, let chosen):
      "a user's credentials are those of \(system.rawValue), and the CRM system is \(chosen.rawValue)"
    }
  }
}

extension CRMSettings {
  /// The client of the chosen system for one user's page.
  public func connector(
    for user: CRMUserSettings, settings: ConnectorSettings = ConnectorSettings()
  ) throws(ConnectorSettingsError) -> any CRMConnector {
    var settings = settings
    settings.numbers = numbers
    guard user.credentials.system == system else {
      throw .credentialsOf(user.credentials.system, chosen: system)
    }
    do throws(ZohoServerAddressError) {
      switch user.credentials {
      case .zohoV1(let credentials):
        return try ZohoV1Connector(
          serverAddress: serverAddress, credentials: credentials, isEnabled: user.isEnabled, settings: settings)
      case .zohoV2(let credentials):
        return try ZohoV2Connector(
          serverAddress: serverAddress, credentials: credentials, isEnabled: user.isEnabled, settings: settings)
      }
    } catch {
      throw .serverAddress(error)
    }
  }
}
