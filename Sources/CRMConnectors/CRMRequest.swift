public import HTTPTypes

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
    /// A check that the CRM takes the user's credentials.
    case login
    /// A look for a record whose creation went unanswered.
    case confirm
    /// What ties a call's record to its caller, where that is a request of its own.
    case link
  }

  /// What a request is about, so that whoever carries it out can tell which call it serves.
  public enum Subject: Hashable, Sendable {
    /// A question, and what is added for it.
    case question(LookupQuestion.ID)
    /// An ended call to be recorded.
    case entry(CallLogEntry.ID)
  }

  /// Comes back with the answer.
  public let id: ID
  /// What the request is for, so that logs know what they may show of it.
  public let purpose: Purpose
  /// nil for what serves every question alike, as a token does.
  public let subject: Subject?
  /// Method, scheme, host, path and header fields, credentials among them; `https` unless the site's own
  /// server address says `http`.
  public let request: HTTPRequest
  /// The bytes to send after the header fields; empty where the method has none. May hold credentials.
  public let body: [UInt8]
  /// Fields of a form body, of JSON packed into one of its fields, or of the path's query whose values are credentials,
  /// so that logs leave them out.
  public let secretFields: Set<String>
  /// Parts of the path that are credentials, as the code of a webhook is: counted by the slashes before them.
  public let secretPathParts: Set<Int>

  /// A request as it is to go out; nothing in it is checked.
  public init(
    id: ID, purpose: Purpose, subject: Subject? = nil, request: HTTPRequest, body: [UInt8] = [],
    secretFields: Set<String> = [], secretPathParts: Set<Int> = []
  ) {
    self.id = id
    self.purpose = purpose
    self.subject = subject
    self.request = request
    self.body = body
    self.secretFields = secretFields
    self.secretPathParts = secretPathParts
  }
}

extension CRMRequest {
  /// Path and query as a log may show them: without the parts of the path that are secret. Fields are left as they are.
  public var shownPath: String {
    let path = request.path ?? "/"
    guard !secretPathParts.isEmpty else { return path }
    let head = path.prefix { $0 != "?" }
    let parts = head.split(separator: "/", omittingEmptySubsequences: false).enumerated().map { index, part in
      secretPathParts.contains(index) ? "<secret>" : String(part)
    }
    return parts.joined(separator: "/") + path.dropFirst(head.count)
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
    /// The connection ended before the answer was whole, or the answer is not HTTP; the request may have been carried
    /// out.
    case brokenOff
    /// Nothing listens there, or the host is not to be found; nothing was carried out.
    case connectionRefused
    /// No TLS connection could be made, as with a certificate that is not trusted; nothing was carried out.
    case tlsFailed
  }

  /// The response's status; nil where none came.
  public var status: Int? {
    switch self {
    case .response(let response, _): response.status.code
    case .unreachable: nil
    }
  }
}
