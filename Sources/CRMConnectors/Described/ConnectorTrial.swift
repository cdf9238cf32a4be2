import HTTPTypes
import Primitives

/// A description tried without the engine: each of its requests for a sample, and what it makes of an answer.
///
/// For `connector check` and for the examples of a description, which show single requests and answers.
public struct ConnectorTrial: Sendable {
  /// The parts of a description that ask for something.
  public enum Operation: String, Hashable, Sendable, CaseIterable {
    case login, lookup, create, find, reportCall, findCall, link

    /// Whether a description has one for each table.
    public var isOfTable: Bool {
      switch self {
      case .lookup, .create, .find: true
      case .login, .reportCall, .findCall, .link: false
      }
    }
  }

  /// What came of an answer.
  public enum Outcome: Hashable, Sendable {
    case loggedIn
    /// Records, or calls; none for a miss.
    case found([String])
    case made(String)
    case linked
    case failed(DescribedOutcome.Meaning, CRMFailure)
  }

  private let dialect: DescribedDialect
  /// What a login's answers are taken for having given.
  public static let sampleToken = "example-token"

  /// - Throws: what the parameters lack, or why the server's address is none.
  public init(
    _ description: ConnectorDescription, credentials: DescribedCredentials, serverAddress: String = ""
  ) throws(ConnectorSettingsError) {
    var settings = ConnectorSettings()
    settings = description.texts.applied(to: settings)
    dialect = try DescribedDialect(
      description, credentials: credentials, serverAddress: serverAddress, settings: settings)
  }

  /// The host that is asked, with a port where one is written.
  public var hostName: String { dialect.hostName }

  /// What stands before every path; empty for the root.
  public var serverPath: String { dialect.server.path }

  /// What is known of the user, for the places of the description: a parameter's value as text.
  public func value(of parameter: String, in form: DescribedForm?) -> String {
    dialect.entered.text(DescribedTemplate.Slot(variable: .parameter(parameter), form: form))
  }

  /// The spellings of a number, in the order asked.
  public func spellings(of number: DialledNumber, _ plan: NumberPlan) -> [String] {
    dialect.candidates(for: number, plan)
  }

  /// The request of an operation for a sample; nil where the description has none.
  /// - Parameter table: of an operation that has one.
  public func request(_ operation: Operation, in table: CRMTable, _ sample: ConnectorSample) -> TrialRequest? {
    let session = CRMSession(
      value: Secret(Self.sampleToken), apiHost: dialect.hostName, expiry: .distantFuture, userID: sample.user)
    let texts = CallRecordTexts(sample.call, settings: dialect.settings)
    var caller = NewCaller(table: table, number: sample.number, settings: dialect.settings)
    if let name = sample.name { caller = caller.named(name) }
    guard dialect.description.has(operation, in: table) else { return nil }
    let request: DialectRequest? =
      switch operation {
      case .login: dialect.loginRequest()
      case .lookup: dialect.search(sample.number, in: [table], session)
      case .create: dialect.create(caller, session)
      case .find: dialect.find(caller, session)
      case .reportCall: dialect.record(texts, session)
      case .findCall: dialect.findCall(texts, page: sample.page, session)
      case .link: dialect.link(texts, id: sample.callID, session)
      }
    return request.map(TrialRequest.init)
  }

  /// What the description makes of an answer.
  public func outcome(ofStatus status: Int, body: [UInt8], to operation: Operation, in table: CRMTable) -> Outcome {
    let answer = CRMAnswer.response(HTTPResponse(status: .init(code: max(0, min(999, status)))), body: body)
    do throws(CRMRefusal) {
      switch operation {
      case .login:
        _ = try dialect.readLogin(answer, step: 1, at: .epoch)
        return .loggedIn
      case .lookup: return .found(try dialect.readRecords(answer, in: [table]).map(\.id))
      case .find: return .found(try dialect.readFind(answer, in: table).map(\.id))
      case .create: return .made(try dialect.readCreation(answer, in: table))
      case .reportCall: return .made(try dialect.readInsertion(answer))
      case .findCall: return .found(try dialect.readCalls(answer).calls.map(\.id))
      case .link:
        try dialect.readLink(answer)
        return .linked
      }
    } catch { return .failed(error.kind.meaning, error.failure) }
  }
}

/// A request of a trial, as it would go over the wire.
public struct TrialRequest: Hashable, Sendable {
  /// `GET`, `POST` …
  public let method: String
  /// With its scheme: `https://api.example.com`.
  public let server: String
  /// Path and query.
  public let target: String
  /// Names as they were written.
  public let headers: [Header]
  /// What follows the header fields.
  public let body: [UInt8]

  /// A header field.
  public struct Header: Hashable, Sendable {
    /// As it was written.
    public let name: String
    /// May hold a secret.
    public let value: String
  }

  init(_ request: DialectRequest) {
    method = request.request.method.rawValue
    server = "\(request.request.scheme ?? "https")://\(request.request.authority ?? "")"
    target = request.request.path ?? "/"
    headers = request.request.headerFields.map { Header(name: $0.name.rawName, value: $0.value) }
    body = request.body
  }
}

/// What a request is made for, in a trial.
public struct ConnectorSample: Hashable, Sendable {
  /// The outside party.
  public var number: String
  /// Of the record; nil for the number itself.
  public var name: String?
  /// What is recorded.
  public var call: CallLogEntry
  /// Of the calls, from 1.
  public var page: Int
  /// The id of the call's record.
  public var callID: String
  /// The CRM's id of the user who is logged in.
  public var user: String

  /// Takes all as they are.
  public init(number: String, name: String?, call: CallLogEntry, page: Int = 1, callID: String, user: String) {
    self.number = number
    self.name = name
    self.call = call
    self.page = page
    self.callID = callID
    self.user = user
  }
}

extension ConnectorDescription {
  /// Whether the description has such a request.
  public func has(_ operation: ConnectorTrial.Operation, in table: CRMTable) -> Bool {
    switch operation {
    case .login: true
    case .lookup: lookup[table] != nil
    case .create: create[table] != nil
    case .find: find[table] != nil
    case .reportCall: reportCall != nil
    case .findCall: findCall != nil
    case .link: link != nil
    }
  }
}

extension NewCaller {
  fileprivate func named(_ name: String) -> NewCaller {
    var settings = ConnectorSettings()
    settings.unknownCallerName = name
    return NewCaller(table: table, number: number, settings: settings)
  }
}

extension CRMRefusal.Kind {
  fileprivate var meaning: DescribedOutcome.Meaning {
    switch self {
    case .sessionRefused: .sessionRefused
    case .throttled: .throttled
    case .unavailable: .unavailable
    case .refused: .refused
    }
  }
}
