public import CRMConnectors

/// Value-added Features > CRM, ready to run: the admin's settings and a client for each set of credentials.
public struct CRMConfiguration: Sendable {
  /// One client and the extensions whose users entered its credentials.
  ///
  /// Users who share a refresh token share the client, and with it the one token that is refreshed for all of them.
  public struct Client: Sendable {
    /// Numbers of the extensions, each in one client only; of an extension in several the last client counts.
    public let extensions: [String]
    /// The client, not yet logged in.
    public let connector: any CRMConnector

    /// Takes both as they are.
    public init(extensions: [String], connector: any CRMConnector) {
      self.extensions = extensions
      self.connector = connector
    }
  }

  /// The admin's page: which tables are asked, and where unknown numbers go.
  public let settings: CRMSettings
  /// In the order in which they log in; an extension in none of them has no CRM.
  public let clients: [Client]
  /// Extensions with a user's page on which Enable CRM is off: they are shown as Logged Out, and nothing else.
  public let disabledExtensions: [String]
  /// Extensions with a user's page that lacks what the system asks for: they are shown as Logged Out, and nothing else.
  public let incompleteExtensions: [String]

  /// Takes all as they are.
  public init(
    settings: CRMSettings, clients: [Client], disabledExtensions: [String] = [], incompleteExtensions: [String] = []
  ) {
    self.settings = settings
    self.clients = clients
    self.disabledExtensions = disabledExtensions
    self.incompleteExtensions = incompleteExtensions
  }
}
