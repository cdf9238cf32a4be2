import Primitives

extension CRMSettings {
  /// The client of the API that the settings name.
  func sugar(
    _ credentials: PasswordCredentials, isEnabled: Bool, _ settings: ConnectorSettings
  ) throws(ConnectorSettingsError) -> any CRMConnector {
    var settings = settings
    switch settings.callMarkPlace {
    // Calls have no field for a caller's id (measured).
    case .callerID: settings.callMarkPlace = .description
    case .description, .subject: break
    }
    let address: ServerAddress
    do throws(ServerAddressError) {
      address = try ServerAddress(serverAddress)
    } catch { throw .serverAddress(error) }
    switch sugarAPI {
    case .v4_1:
      let dialect = SugarV4Dialect(address: address, credentials: credentials, settings: settings)
      return ConnectorEngine(dialect, isEnabled: isEnabled, settings: settings)
    case .v10, .v11:
      let dialect = SugarRESTDialect(
        address: address, version: sugarAPI.rawValue, credentials: credentials, settings: settings)
      return ConnectorEngine(dialect, isEnabled: isEnabled, settings: settings)
    }
  }
}
