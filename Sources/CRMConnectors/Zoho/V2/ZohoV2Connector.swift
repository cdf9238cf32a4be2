public import Primitives

/// The appliance's client of Zoho CRM's v2 API for one user's credentials: the engine all connectors share, speaking
/// Zoho's second version.
///
/// Whoever carries the requests out must answer each of them, with `.unreachable(.timedOut)` if need be: the connector
/// has no clock to give up by.
public struct ZohoV2Connector: CRMConnector {
  private var engine: ConnectorEngine<ZohoV2Dialect>

  /// - Parameters:
  ///   - serverAddress: the pick of the guide's server list, e.g. `https://www.zohoapis.eu`.
  ///   - isEnabled: Enable CRM of the user's page; without it every question fails.
  public init(
    serverAddress: String, credentials: ZohoV2Credentials, isEnabled: Bool = true,
    settings: ConnectorSettings = ConnectorSettings()
  ) throws(ZohoServerAddressError) {
    let dialect = ZohoV2Dialect(
      dataCentre: try ZohoDataCentre(serverAddress: serverAddress, of: .zohoV2), credentials: credentials,
      settings: settings)
    engine = ConnectorEngine(dialect, isEnabled: isEnabled, settings: settings)
  }

  /// Asks the accounts server for an access token.
  public mutating func logIn(at now: Instant) -> [ConnectorOutput] { engine.logIn(at: now) }

  /// Searches the question's tables for each spelling of its number, one request after the other.
  public mutating func lookUp(_ question: LookupQuestion, at now: Instant) -> [ConnectorOutput] {
    engine.lookUp(question, at: now)
  }

  /// Sends one record to Calls.
  public mutating func log(_ call: CallLogEntry, at now: Instant) -> [ConnectorOutput] { engine.log(call, at: now) }

  /// Takes an answer in and goes on with what it belongs to.
  public mutating func receive(
    _ answer: CRMAnswer, for request: CRMRequest.ID, at now: Instant
  ) -> [ConnectorOutput] {
    engine.receive(answer, for: request, at: now)
  }
}

extension ZohoV2Connector: CustomStringConvertible, CustomReflectable {
  /// `ZohoV2Connector(www.zohoapis.com, 2 open questions)`: neither secrets nor numbers.
  public var description: String {
    "ZohoV2Connector(\(engine.dialect.hostName), \(engine.openQuestions) open questions)"
  }
  /// Shows no children, so that a dump prints neither credentials nor numbers.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
