import Primitives

/// Why no client can be made of the settings as they are filled in.
public enum ConnectorSettingsError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The server address is none of Zoho's.
  case zohoServerAddress(ZohoServerAddressError)
  /// The server address is none at all.
  case serverAddress(ServerAddressError)
  /// The user's page was filled in for this system, and the admin's page has another.
  case credentialsOf(CRMSystem, chosen: CRMSystem)
  /// A described CRM without its description.
  case noDescription
  /// What the user entered is not what the description asks for.
  case parameter(DescribedParameterError)

  /// What is wrong, and what would be right.
  public var description: String {
    switch self {
    case .zohoServerAddress(let error): error.description
    case .serverAddress(let error): error.description
    case .credentialsOf(let system, let chosen):
      "a user's credentials are those of \(system.rawValue), and the CRM system is \(chosen.rawValue)"
    case .noDescription: "the CRM page names no connector; write its file behind `connector`"
    case .parameter(let fault): fault.description
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
    if let vtigerCalls { settings.vtiger.callPlace = vtigerCalls }
    guard user.credentials.system == system else {
      throw .credentialsOf(user.credentials.system, chosen: system)
    }
    switch user.credentials {
    case .zohoV1(let credentials):
      return try zoho { () throws(ZohoServerAddressError) in
        try ZohoV1Connector(
          serverAddress: serverAddress, credentials: credentials, isEnabled: user.isEnabled, settings: settings)
      }
    case .zohoV2(let credentials):
      return try zoho { () throws(ZohoServerAddressError) in
        try ZohoV2Connector(
          serverAddress: serverAddress, credentials: credentials, isEnabled: user.isEnabled, settings: settings)
      }
    case .salesforce(let credentials):
      do throws(ServerAddressError) {
        return try SalesforceConnector(
          serverAddress: serverAddress, credentials: credentials, isEnabled: user.isEnabled, settings: settings)
      } catch { throw .serverAddress(error) }
    case .sugarCRM(let credentials): return try sugar(credentials, isEnabled: user.isEnabled, settings)
    case .vtiger(let credentials):
      let dialect = VtigerDialect(server: try server(), credentials: credentials, settings: settings)
      return ConnectorEngine(dialect, isEnabled: user.isEnabled, settings: settings)
    case .described(let credentials):
      guard let connector else { throw .noDescription }
      return try described(connector, credentials, user, settings)
    }
  }

  private func server() throws(ConnectorSettingsError) -> ServerAddress {
    do throws(ServerAddressError) { return try ServerAddress(serverAddress) } catch { throw .serverAddress(error) }
  }

  private func described(
    _ connector: ConnectorDescription, _ credentials: DescribedCredentials, _ user: CRMUserSettings,
    _ settings: ConnectorSettings
  ) throws(ConnectorSettingsError) -> any CRMConnector {
    let settings = connector.texts.applied(to: settings)
    let dialect = try DescribedDialect(
      connector, credentials: credentials, serverAddress: serverAddress, settings: settings)
    return ConnectorEngine(dialect, isEnabled: user.isEnabled, settings: settings)
  }

  private func zoho(
    _ make: () throws(ZohoServerAddressError) -> any CRMConnector
  ) throws(ConnectorSettingsError) -> any CRMConnector {
    do throws(ZohoServerAddressError) { return try make() } catch { throw .zohoServerAddress(error) }
  }
}
