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
  /// Asks the CRM who `question.number` is; what comes of it is one `.lookedUp` with the question's id, here or later.
  mutating func lookUp(_ question: LookupQuestion, at now: Instant) -> [ConnectorOutput]
  /// Has the CRM record an ended call; what comes of it is one `.logged` with the entry's id, here or later. Nothing is
  /// logged twice, so a call whose request went unanswered may be missing.
  mutating func log(_ call: CallLogEntry, at now: Instant) -> [ConnectorOutput]
  /// The CRM's answer to a request returned earlier as `.send`. An unknown `request` is ignored.
  mutating func receive(_ answer: CRMAnswer, for request: CRMRequest.ID, at now: Instant) -> [ConnectorOutput]
}

/// What a connector wants done.
public enum ConnectorOutput: Hashable, Sendable {
  /// Carry this request out and give its answer to `receive(_:for:at:)`.
  case send(CRMRequest)
  /// What came of a question; the last word on it.
  case lookedUp(LookupQuestion.ID, LookupOutcome)
  /// What came of recording a call; the last word on it.
  case logged(CallLogEntry.ID, CallLogOutcome)
  /// The user's login status, only when it is news.
  case loginStatus(LoginStatus)
}

/// One HTTP request to the CRM.
public struct CRMRequest: Hashable, Sendable {
  /// Unique within one connector.
  public struct ID: Hashable, Sendable {
    /// Counts the requests of one connector from 1.
    public let rawValue: Int
    /// The id with this number; only a connector gives out new ones.
    public init(rawValue: Int) { self.rawValue = rawValue }
  }

  /// What a request is for, as `crm.jsonl` names it.
  public enum Purpose: String, Hashable, Sendable, CaseIterable {
    /// A new access token for the refresh token.
    case token
    /// A search of one table for one number.
    case search
    /// A new record for a number found nowhere.
    case create
    /// A call record for an ended call.
    case logCall
  }

  /// Comes back with the answer.
  public let id: ID
  /// What the request is for, so that logs know what they may show of it.
  public let purpose: Purpose
  /// Method, scheme, host, path and header fields, credentials among them; `https` throughout.
  public let request: HTTPRequest
  /// The bytes to send after the header fields; empty where the method has none. May hold credentials.
  public let body: [UInt8]

  /// A request as it is to go out; nothing in it is checked.
  public init(id: ID, purpose: Purpose, request: HTTPRequest, body: [UInt8] = []) {
    self.id = id
    self.purpose = purpose
    self.request = request
    self.body = body
  }
}

/// What came back: a response, or none.
public enum CRMAnswer: Hashable, Sendable {
  /// The server's response, whatever its status; its body may be cut by a limit of whoever carried the request out.
  case response(HTTPResponse, body: [UInt8])
  /// No response came.
  case unreachable(UnreachableReason)

  /// Why there is no response. The raw value is what a failure's `code` and `crm.jsonl` say.
  public enum UnreachableReason: String, Hashable, Sendable, CaseIterable {
    /// The request may have been carried out.
    case timedOut
    /// Nothing listens there, or the host is not to be found; nothing was carried out.
    case connectionRefused
    /// No TLS connection could be made, as with a certificate that is not trusted; nothing was carried out.
    case tlsFailed
  }
}

/// "Who is this number?", asked when a phone starts to ring.
public struct LookupQuestion: Hashable, Sendable {
  /// Unique within one connector; the asker's to choose.
  public struct ID: Hashable, Sendable {
    /// Any number; the CRM module counts its questions from 1.
    public let rawValue: Int
    /// The id with this number, which the asker has not used before.
    public init(rawValue: Int) { self.rawValue = rawValue }
  }

  /// Comes back with the outcome.
  public let id: ID
  /// As the caller's identity shows it, `+` included.
  public let number: String
  /// Tables in the order asked (GUI: Contact Lookups).
  public let tables: [CRMTable]
  /// Where a number found nowhere is added; nil for nowhere (GUI: Add Unknown Number).
  public let addUnknownTo: CRMTable?

  /// A question as it is to be asked. No table at all is `.missed` without a request.
  public init(id: ID, number: String, tables: [CRMTable], addUnknownTo: CRMTable?) {
    self.id = id
    self.number = number
    self.tables = tables
    self.addUnknownTo = addUnknownTo
  }
}

/// The tables the appliance knows (reference section 6.1, observed). The raw value is that of its settings.
public enum CRMTable: String, Hashable, Sendable, CaseIterable {
  /// People known as customers.
  case contacts
  /// People who may become customers.
  case leads
  /// Companies.
  case accounts
}

/// One person or company in the CRM.
public struct CRMRecordReference: Hashable, Sendable {
  /// The table the record is in.
  public let table: CRMTable
  /// The CRM's own id, opaque; in Zoho 16 to 19 digits.
  public let id: String
  /// The name to show on a phone; the number itself for a record added by the appliance.
  public let name: String

  /// Takes what the CRM answered as it is.
  public init(table: CRMTable, id: String, name: String) {
    self.table = table
    self.id = id
    self.name = name
  }
}

/// What came of a question. Each question gets exactly one.
public enum LookupOutcome: Hashable, Sendable {
  /// The first record found, in the order of the question's tables.
  case found(CRMRecordReference)
  /// Not in any table.
  case missed
  /// Not in any table, and added.
  case added(CRMRecordReference)
  /// Nobody knows; the CRM did not answer as documented, or was not asked.
  case failed(CRMFailure)
}

/// What came of recording a call. Each entry gets exactly one.
public enum CallLogOutcome: Hashable, Sendable {
  /// The CRM's id of the new call record.
  case logged(id: String)
  /// Not recorded as far as the connector knows; after a time-out the CRM may have it all the same.
  case failed(CRMFailure)
}

/// Why the CRM did not do what was asked. Carries the CRM's own code, never a secret or a number.
public struct CRMFailure: Hashable, Sendable {
  /// Status of the HTTP response; nil when none came.
  public let status: Int?
  /// The CRM's error code (`OAUTH_SCOPE_MISMATCH`, `invalid_code` …) or our word for what was wrong with the answer.
  public let code: String

  /// Takes both as they are; `code` must hold neither a secret nor a number.
  public init(status: Int?, code: String) {
    self.status = status
    self.code = code
  }
}

/// The user page's login status (reference section 6.1).
public enum LoginStatus: Hashable, Sendable {
  /// The CRM gave a token (GUI: Logged In; reference section 6.1, the label inferred).
  case loggedIn
  /// The last login failed, for this reason (GUI: Logged Out; reference section 6.1, the label inferred).
  case loggedOut(CRMFailure)
}

/// One ended call, as the CRM's call table wants it.
public struct CallLogEntry: Hashable, Sendable {
  /// Unique within one connector; the asker's to choose.
  public struct ID: Hashable, Sendable {
    /// Any number; the CRM module takes the call's own.
    public let rawValue: Int
    /// The id with this number, which the asker has not used before.
    public init(rawValue: Int) { self.rawValue = rawValue }
  }

  /// How the CRM files a call, seen from the agent.
  public enum Direction: String, Hashable, Sendable, CaseIterable {
    /// From outside, and answered.
    case inbound
    /// To the outside, answered or not.
    case outbound
    /// From outside, and answered by nobody.
    case missed
  }

  /// Comes back with the outcome.
  public let id: ID
  /// From outside, to the outside, or missed.
  public let direction: Direction
  /// The outside party.
  public let number: String
  /// Whom the call is filed under; nil for a number the CRM does not know.
  public let record: CRMRecordReference?
  /// The extension that talked, or that the outside called first; empty when none is known.
  public let agentExtension: String
  /// When the caller's INVITE came, on the trace's clock.
  public let start: Instant
  /// Offset of the site's wall clock from UTC at `start`.
  public let utcOffsetSeconds: Int
  /// Whole seconds from answer to end, 0 for an unanswered call, never negative.
  public let talkSeconds: Int64

  /// Takes the facts as they are; nothing in them is checked.
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
  /// Which CRM is asked (key `crm_module`).
  public var system: CRMSystem
  /// The pick of the guide's server list, e.g. `https://www.zohoapis.com`.
  public var serverAddress: String
  /// The table a number found nowhere is added to (key `number_add`); nil for nowhere. Should be one of
  /// `contactLookups`, as the page demands.
  public var addUnknownNumber: CRMTable?
  /// In order; never empty.
  public var contactLookups: [CRMTable]

  /// Takes the page as filled in; the rules of the page are checked where site files are read.
  public init(system: CRMSystem, serverAddress: String, addUnknownNumber: CRMTable?, contactLookups: [CRMTable]) {
    self.system = system
    self.serverAddress = serverAddress
    self.addUnknownNumber = addUnknownNumber
    self.contactLookups = contactLookups
  }
}

/// The systems that can be picked, by their command-line names.
public enum CRMSystem: String, Hashable, Sendable, CaseIterable {
  /// Zoho CRM, API version 2; version 1 ended in 2019 (reference section 6.1, documented).
  case zohoV2 = "zoho-v2"
}

/// One user's page (User Portal > Value-added Features > CRM User Settings).
public struct CRMUserSettings: Hashable, Sendable {
  /// Enable CRM (key `enable_crm`); without it nothing is looked up or logged for this user.
  public var isEnabled: Bool
  /// Client id of the user's Self Client in Zoho's API console; no secret.
  public var clientID: String
  /// Client secret of the same client.
  public var clientSecret: Secret
  /// The token from which access tokens are made; lives until it is revoked.
  public var refreshToken: Secret

  /// Takes the page as filled in; whether the CRM takes the credentials shows at login.
  public init(isEnabled: Bool, clientID: String, clientSecret: Secret, refreshToken: Secret) {
    self.isEnabled = isEnabled
    self.clientID = clientID
    self.clientSecret = clientSecret
    self.refreshToken = refreshToken
  }
}
