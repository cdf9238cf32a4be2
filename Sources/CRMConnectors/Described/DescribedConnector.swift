public import Primitives

/// The appliance's client of a described CRM for one user's parameters: the engine all connectors share, speaking by a
/// description. What the description lacks is not asked for.
public struct DescribedConnector: CRMConnector {
  private var engine: ConnectorEngine<DescribedDialect>
  private var described: ConnectorDescription { engine.dialect.description }

  /// - Parameters:
  ///   - serverAddress: the site's own; empty for the description's.
  ///   - isEnabled: Enable CRM of the user's page; without it every question fails.
  public init(
    _ description: ConnectorDescription, credentials: DescribedCredentials, serverAddress: String = "",
    isEnabled: Bool = true, settings: ConnectorSettings = ConnectorSettings()
  ) throws(ConnectorSettingsError) {
    let settings = description.texts.applied(to: settings)
    let dialect = try DescribedDialect(
      description, credentials: credentials, serverAddress: serverAddress, settings: settings)
    engine = ConnectorEngine(dialect, isEnabled: isEnabled, settings: settings)
  }

  /// Logs in, or has the credentials checked.
  public mutating func logIn(at now: Instant) -> [ConnectorOutput] { engine.logIn(at: now) }

  /// Searches those of the question's tables that the description has.
  public mutating func lookUp(_ question: LookupQuestion, at now: Instant) -> [ConnectorOutput] {
    let table = question.addUnknownTo.flatMap { described.create[$0] == nil ? nil : $0 }
    let asked = LookupQuestion(
      id: question.id, number: question.number, tables: question.tables.filter { described.lookup[$0] != nil },
      addUnknownTo: table)
    return engine.lookUp(asked, at: now)
  }

  /// Records the call; fails with `notDescribed` where the description records none.
  public mutating func log(_ call: CallLogEntry, at now: Instant) -> [ConnectorOutput] {
    guard described.reportCall != nil else {
      return [.logged(call.id, .failed(CRMFailure(.notDescribed)))]
    }
    return engine.log(call, at: now)
  }

  /// Takes an answer in and goes on with what it belongs to.
  public mutating func receive(
    _ answer: CRMAnswer, for request: CRMRequest.ID, at now: Instant
  ) -> [ConnectorOutput] {
    engine.receive(answer, for: request, at: now)
  }
}

extension DescribedConnector: CustomStringConvertible, CustomReflectable {
  /// `DescribedConnector(api.hubapi.com, 2 open questions)`: neither secrets nor numbers.
  public var description: String {
    "DescribedConnector(\(engine.dialect.hostName), \(engine.openQuestions) open questions)"
  }
  /// Shows no children, so that a dump prints neither parameters nor numbers.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
