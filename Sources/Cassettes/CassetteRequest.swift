import CRMConnectors
import HTTPTypes
import JSON
import Primitives
import Redaction

/// A request as a cassette knows it: without secrets, and the same however its parameters and members are ordered.
public struct CassetteRequest: Hashable, Sendable {
  /// What the request is for, for people.
  public let purpose: String
  /// `GET`, `POST` …
  public let method: String
  /// In lower case, without a port.
  public let host: String
  /// Without the query.
  public let path: String
  /// Name and value of each parameter, decoded, in the order of their texts.
  public let query: [[String]]
  /// JSON with its members in order, a form as `name=value` lines in order, or the text as it is; JSON that is such a
  /// value has its members in order too.
  public let body: String

  /// Takes all as they are.
  public init(purpose: String, method: String, host: String, path: String, query: [[String]], body: String) {
    self.purpose = purpose
    self.method = method
    self.host = host
    self.path = path
    self.query = query
    self.body = body
  }

  /// On one line, for people: `GET www.zohoapis.com/crm/v2/Contacts/search?phone=+49…`, then the body.
  public var text: String {
    let parameters = query.map { $0.joined(separator: "=") }.joined(separator: "&")
    let lines = body.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "&")
    return "\(method) \(host)\(path)" + (query.isEmpty ? "" : "?" + parameters) + (body.isEmpty ? "" : "  " + lines)
  }

  /// Whether both ask for the same; what they are for is not looked at.
  public func asksTheSame(as other: CassetteRequest) -> Bool { key == other.key }

  var key: [String] { [method, host, path, query.map { $0.joined(separator: "=") }.joined(separator: "&"), body] }
}
