public import Primitives

/// The appliance's client of Zoho CRM's v1 API for one user's security token: the engine all connectors share, speaking
/// Zoho's first version.
///
/// Whoever carries the requests out must answer each of them, with `.unreachable(.timedOut)` if need be.
public struct ZohoV1Connector: CRMConnector {
  private var engine: ConnectorEngine<ZohoV1Dialect>

  /// - Parameters:
  ///   - serverAddress: the pick of the guide's server list, e.g. `https://crm.zoho.eu`.
  ///   - isEnabled: Enable CRM of the user's page; without it every question fails.
  public init(
    serverAddress: String, credentials: ZohoV1Credentials, isEnabled: Bool = true,
    settings: ConnectorSettings = ConnectorSettings()
  ) throws(ZohoServerAddressError) {
    var settings = settings
    switch settings.callMarkPlace {
    case .callerID: settings.callMarkPlace = .description
    case .description, .subject: break
    }
    let dialect = ZohoV1Dialect(
      dataCentre: try ZohoDataCentre(serverAddress: serverAddress, of: .zohoV1), credentials: credentials,
      settings: settings)
    engine = ConnectorEngine(dialect, isEnabled: isEnabled, settings: settings)
  }

  /// Asks for the modules, which costs little and takes a valid token (observed in clients).
  public mutating func logIn(at now: Instant) -> [ConnectorOutput] { engine.logIn(at: now) }

  /// Searches the question's tables for each spelling of its number, all of a table's phone fields at once.
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

extension ZohoV1Connector: CustomStringConvertible, CustomReflectable {
  /// `ZohoV1Connector(crm.zoho.com, 2 open questions)`: neither secrets nor numbers.
  public var description: String {
    "ZohoV1Connector(\(engine.dialect.hostName), \(engine.openQuestions) open questions)"
  }
  /// Shows no children, so that a dump prints neither credentials nor numbers.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
