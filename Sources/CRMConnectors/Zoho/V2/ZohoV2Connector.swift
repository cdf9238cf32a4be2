public import Primitives

/// The appliance's client of Zoho CRM's v2 API for one user's credentials.
///
/// A question for a number searches one table after the other; the first record found is the answer. A number found
/// nowhere is added where the question says so, unless a search failed. Each ended call becomes one record in Calls.
/// Requests wait for the one refresh in flight. A refused token is replaced once and its request repeated once; nothing
/// else is ever sent twice. After "Access Denied" or 429, questions fail with that code until the silence is over.
///
/// Whoever carries the requests out must answer each of them, with `.unreachable(.timedOut)` if need be: the connector
/// has no clock to give up by.
public struct ZohoV2Connector: CRMConnector {
  let dataCentre: ZohoDataCentre
  let user: CRMUserSettings
  let settings: ZohoV2Settings

  var tokens: ZohoTokenCache
  var added: ZohoAddedNumbers
  /// In the order asked, until the token comes.
  var waiting: [Job] = []
  var inFlight: [CRMRequest.ID: Flight] = [:]
  var silence: Silence?
  var openQuestions = 0
  private var lastRequest = 0
  private var reportedStatus: LoginStatus?

  /// - Parameter serverAddress: the pick of the guide's server list, e.g. `https://www.zohoapis.eu`.
  public init(
    serverAddress: String, user: CRMUserSettings, settings: ZohoV2Settings = ZohoV2Settings()
  ) throws(ZohoServerAddressError) {
    dataCentre = try ZohoDataCentre(serverAddress: serverAddress)
    self.user = user
    self.settings = settings
    tokens = ZohoTokenCache(refreshMargin: settings.refreshMargin)
    added = ZohoAddedNumbers(span: settings.createdNumberMemory, limit: settings.maximumRememberedNumbers)
  }

  /// Asks the accounts server for an access token, unless one is held or on its way; the status follows as `.loggedOut`
  /// at once where the user's page is off or Zoho asked for silence.
  public mutating func logIn(at now: Instant) -> [ConnectorOutput] {
    reportedStatus = nil
    guard user.isEnabled else { return report(.loggedOut(CRMFailure(.userDisabled))) }
    switch tokens.lease(at: now) {
    case .use: return report(.loggedIn)
    case .wait: return []
    case .refresh:
      if let failure = silenceFailure(at: now) { return report(.loggedOut(failure)) }
      return [.send(refreshRequest())]
    }
  }

  /// Searches the question's tables in order, one request after the other.
  ///
  /// Fails without a request when the user's page is off, too many questions are open (`queueFull`), the number is too
  /// long or empty, or Zoho asked for silence. No tables at all is `.missed`.
  public mutating func lookUp(_ question: LookupQuestion, at now: Instant) -> [ConnectorOutput] {
    if let fault = admissionFault(number: question.number) {
      return [.lookedUp(question.id, .failed(CRMFailure(fault)))]
    }
    guard !question.tables.isEmpty else { return [.lookedUp(question.id, .missed)] }
    openQuestions += 1
    return search(question, question.tables[...], at: now)
  }

  /// Sends one record to Calls.
  ///
  /// Fails without a request as `lookUp(_:at:)` does, except that an empty number is logged. After a time-out it is not
  /// sent again: Zoho may have it already.
  public mutating func log(_ call: CallLogEntry, at now: Instant) -> [ConnectorOutput] {
    // A call from nobody is logged all the same.
    if let fault = admissionFault(number: call.number), fault != .emptyNumber {
      return [.logged(call.id, .failed(CRMFailure(fault)))]
    }
    openQuestions += 1
    return start(Job(work: .logCall(call)), at: now)
  }

  /// Takes an answer in and goes on with the question it belongs to; an answer nobody waits for is ignored.
  public mutating func receive(
    _ answer: CRMAnswer, for request: CRMRequest.ID, at now: Instant
  ) -> [ConnectorOutput] {
    if tokens.isRefreshing(by: request) { return receiveToken(answer, at: now) }
    guard let flight = inFlight.removeValue(forKey: request) else { return [] }
    do throws(ZohoRefusal) {
      return try receive(answer, for: flight, at: now)
    } catch {
      return refused(error, flight, at: now)
    }
  }

  /// Why nothing about `number` can be asked now; an empty number comes last.
  private func admissionFault(number: String) -> ZohoFault? {
    if !user.isEnabled { return .userDisabled }
    if openQuestions >= settings.maximumOpenQuestions { return .queueFull }
    if number.utf8.count > settings.maximumNumberBytes { return .numberTooLong }
    return number.isEmpty ? .emptyNumber : nil
  }

  mutating func nextRequestID() -> CRMRequest.ID {
    lastRequest &+= 1
    return CRMRequest.ID(rawValue: lastRequest)
  }

  /// The login status, if it is news.
  mutating func report(_ status: LoginStatus) -> [ConnectorOutput] {
    guard status != reportedStatus else { return [] }
    reportedStatus = status
    return [.loginStatus(status)]
  }
}

extension ZohoV2Connector: CustomStringConvertible, CustomReflectable {
  /// `ZohoV2Connector(www.zohoapis.com, 2 open questions)`: neither secrets nor numbers.
  public var description: String { "ZohoV2Connector(\(dataCentre.apiHost), \(openQuestions) open questions)" }
  /// Shows no children, so that a dump prints neither credentials nor numbers.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension CRMFailure {
  /// A failure before anything was sent.
  init(_ fault: ZohoFault) { self.init(status: nil, code: fault.rawValue) }
}
