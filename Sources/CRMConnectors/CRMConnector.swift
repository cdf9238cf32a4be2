public import HTTPTypes
public import Primitives

/// The appliance's client of one CRM for one set of credentials: a state machine without clock, socket or log.
///
/// The CRM module hands it questions and the CRM's answers; it returns what to do next. A question asked while no
/// token is held waits inside for the token (one refresh in flight). Every question is answered exactly once, by
/// `.lookedUp` or `.logged`, however the CRM behaves, as long as each `.send` is answered by one `receive`: a connector
/// has no clock to give up by, so whoever carries requests out ends them with `.unreachable(.timedOut)`.
public protocol CRMConnector: Sendable {
  /// Logs in, as the appliance does when the user's settings are applied.
  mutating func logIn(at now: Instant) -> [ConnectorOutput]
  mutating func lookUp(_ question: LookupQuestion, at now: Instant) -> [ConnectorOutput]
  mutating func log(_ call: CallLogEntry, at now: Instant) -> [ConnectorOutput]
  /// The CRM's answer to a request returned earlier as `.send`. An unknown `request` is ignored.
  mutating func receive(_ answer: CRMAnswer, for request: CRMRequest.ID, at now: Instant) -> [ConnectorOutput]
}

/// What a connector wants done.
public enum ConnectorOutput: Hashable, Sendable {
  case send(CRMRequest)
  case lookedUp(LookupQuestion.ID, LookupOutcome)
  case logged(CallLogEntry.ID, CallLogOutcome)
  case loginStatus(LoginStatus)
}

/// One HTTP request to the CRM.
public struct CRMRequest: Hashable, Sendable {
  /// Unique within one connector.
  public struct ID: Hashable, Sendable {
    public let rawValue: Int
    public init(rawValue: Int) { self.rawValue = rawValue }
  }

  /// What it is for, as `crm.jsonl` names it.
  public enum Purpose: String, Hashable, Sendable, CaseIterable { case token, search, create, logCall }

  public let id: ID
  public let purpose: Purpose
  public let request: HTTPRequest
  public let body: [UInt8]

  public init(id: ID, purpose: Purpose, request: HTTPRequest, body: [UInt8] = []) {
    self.id = id
    self.purpose = purpose
    self.request = request
    self.body = body
  }
}

/// What came back: a response, or none.
public enum CRMAnswer: Hashable, Sendable {
  case response(HTTPResponse, body: [UInt8])
  case unreachable(UnreachableReason)

  public enum UnreachableReason: String, Hashable, Sendable, CaseIterable {
    /// The request may have been carried out.
    case timedOut
    case connectionRefused, tlsFailed
  }
}

/// "Who is this number?", asked when a phone starts to ring.
public struct LookupQuestion: Hashable, Sendable {
  public struct ID: Hashable, Sendable {
    public let rawValue: Int
    public init(rawValue: Int) { self.rawValue = rawValue }
  }

  public let id: ID
  /// As the caller's identity shows it, `+` included.
  public let number: String
  /// Tables in the order asked (GUI: Contact Lookups).
  public let tables: [CRMTable]
  /// Where a number found nowhere is added; nil for nowhere (GUI: Add Unknown Number).
  public let addUnknownTo: CRMTable?

  public init(id: ID, number: String, tables: [CRMTable], addUnknownTo: CRMTable?) {
    self.id = id
    self.number = number
    self.tables = tables
    self.addUnknownTo = addUnknownTo
  }
}

/// The tables the appliance knows (reference section 6.1, observed).
public enum CRMTable: String, Hashable, Sendable, CaseIterable { case contacts, leads, accounts }

/// One person or company in the CRM.
public struct CRMRecordReference: Hashable, Sendable {
  public let table: CRMTable
  public let id: String
  public let name: String

  public init(table: CRMTable, id: String, name: String) {
    self.table = table
    self.id = id
    self.name = name
  }
}

public enum LookupOutcome: Hashable, Sendable {
  case found(CRMRecordReference)
  /// Not in any table.
  case missed
  /// Not in any table, and added.
  case added(CRMRecordReference)
  case failed(CRMFailure)
}

public enum CallLogOutcome: Hashable, Sendable {
  /// The CRM's id of the new call record.
  case logged(id: String)
  case failed(CRMFailure)
}

/// Why the CRM did not do what was asked. Carries the CRM's own code, never a secret or a number.
public struct CRMFailure: Hashable, Sendable {
  /// Status of the HTTP response; nil when none came.
  public let status: Int?
  /// The CRM's error code (`OAUTH_SCOPE_MISMATCH`, `invalid_code` …) or our word for what was wrong with the answer.
  public let code: String

  public init(status: Int?, code: String) {
    self.status = status
    self.code = code
  }
}

/// The user page's login status (reference section 6.1).
public enum LoginStatus: Hashable, Sendable {
  case loggedIn
  case loggedOut(CRMFailure)
}

/// One ended call, as the CRM's call table wants it.
public struct CallLogEntry: Hashable, Sendable {
  public struct ID: Hashable, Sendable {
    public let rawValue: Int
    public init(rawValue: Int) { self.rawValue = rawValue }
  }

  public enum Direction: String, Hashable, Sendable, CaseIterable { case inbound, outbound, missed }

  public let id: ID
  public let direction: Direction
  /// The outside party.
  public let number: String
  public let record: CRMRecordReference?
  public let agentExtension: String
  public let start: Instant
  /// Offset of the site's wall clock from UTC at `start`.
  public let utcOffsetSeconds: Int
  public let talkSeconds: Int64

  public init(
    id: ID, direction: Direction, number: String, record: CRMRecordReference?, agentExtension: String, start: Instant,
    utcOffsetSeconds: Int, talkSeconds: Int64
  ) {
    self.id = id
    self.direction = direction
    self.number = number
    self.record = record
    self.agentExtension = agentExtension
    self.start = start
    self.utcOffsetSeconds = utcOffsetSeconds
    self.talkSeconds = talkSeconds
  }
}

/// The admin's page (Value-added Features > CRM; reference section 6.1).
public struct CRMSettings: Hashable, Sendable {
  public var system: CRMSystem
  /// The pick of the guide's server list, e.g. `https://www.zohoapis.com`.
  public var serverAddress: String
  public var addUnknownNumber: CRMTable?
  /// In order; never empty.
  public var contactLookups: [CRMTable]

  public init(system: CRMSystem, serverAddress: String, addUnknownNumber: CRMTable?, contactLookups: [CRMTable]) {
    self.system = system
    self.serverAddress = serverAddress
    self.addUnknownNumber = addUnknownNumber
    self.contactLookups = contactLookups
  }
}

/// The systems that can be picked, by their command-line names.
public enum CRMSystem: String, Hashable, Sendable, CaseIterable {
  case zohoV2 = "zoho-v2"
}

/// One user's page (User Portal > Value-added Features > CRM User Settings).
public struct CRMUserSettings: Hashable, Sendable {
  public var isEnabled: Bool
  public var clientID: String
  public var clientSecret: Secret
  public var refreshToken: Secret

  public init(isEnabled: Bool, clientID: String, clientSecret: Secret, refreshToken: Secret) {
    self.isEnabled = isEnabled
    self.clientID = clientID
    self.clientSecret = clientSecret
    self.refreshToken = refreshToken
  }
}
