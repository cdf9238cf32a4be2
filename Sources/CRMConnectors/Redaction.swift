import HTTPTypes

// Requests carry client secrets and tokens, answers carry tokens and people's data. Printing one by accident, in a
// failed assertion or a log line, must show neither.

extension CRMRequest: CustomStringConvertible, CustomReflectable {
  /// `CRMRequest(3, search, GET www.zohoapis.com/crm/v2/Contacts/search)`: no query, header fields or body.
  public var description: String {
    let target = (request.authority ?? "") + shownPath.prefix { $0 != "?" }
    return "CRMRequest(\(id.rawValue), \(purpose.rawValue), \(request.method.rawValue) \(target))"
  }
  /// Shows no children, so that a dump prints neither token nor body.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension CRMAnswer: CustomStringConvertible, CustomReflectable {
  /// `response(200, 318 bytes)` or `unreachable(timedOut)`.
  public var description: String {
    switch self {
    case .response(let response, let body): "response(\(response.status.code), \(body.count) bytes)"
    case .unreachable(let reason): "unreachable(\(reason.rawValue))"
    }
  }
  /// Shows no children, so that a dump prints neither token nor people's data.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
