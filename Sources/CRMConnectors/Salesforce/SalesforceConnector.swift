public import Primitives

/// The appliance's client of Salesforce for one user's credentials: the engine all connectors share, speaking the SOAP
/// login or OAuth, and REST.
///
/// Whoever carries the requests out must answer each of them, with `.unreachable(.timedOut)` if need be: the connector
/// has no clock to give up by.
public struct SalesforceConnector: CRMConnector {
  private var engine: ConnectorEngine<SalesforceDialect>

  /// - Parameters:
  ///   - serverAddress: the login host, e.g. `https://test.salesforce.com`; empty for `login.salesforce.com`.
  ///   - isEnabled: Enable CRM of the user's page; without it every question fails.
  public init(
    serverAddress: String = "", credentials: SalesforceCredentials, isEnabled: Bool = true,
    settings: ConnectorSettings = ConnectorSettings()
  ) throws(ServerAddressError) {
    let dialect = SalesforceDialect(
      host: try SalesforceHost(serverAddress: serverAddress), credentials: credentials, settings: settings)
    engine = ConnectorEngine(dialect, isEnabled: isEnabled, settings: settings)
  }

  /// Asks the login host for a session.
  public mutating func logIn(at now: Instant) -> [ConnectorOutput] { engine.logIn(at: now) }

  /// Searches the question's tables together, in the index and then, for a miss, in the stored texts.
  public mutating func lookUp(_ question: LookupQuestion, at now: Instant) -> [ConnectorOutput] {
    engine.lookUp(question, at: now)
  }

  /// Makes one Task.
  public mutating func log(_ call: CallLogEntry, at now: Instant) -> [ConnectorOutput] { engine.log(call, at: now) }

  /// Takes an answer in and goes on with what it belongs to.
  public mutating func receive(
    _ answer: CRMAnswer, for request: CRMRequest.ID, at now: Instant
  ) -> [ConnectorOutput] {
    engine.receive(answer, for: request, at: now)
  }
}

extension SalesforceConnector: CustomStringConvertible, CustomReflectable {
  /// `SalesforceConnector(login.salesforce.com, 2 open questions)`: neither secrets nor numbers.
  public var description: String {
    "SalesforceConnector(\(engine.dialect.hostName), \(engine.openQuestions) open questions)"
  }
  /// Shows no children, so that a dump prints neither credentials nor numbers.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
