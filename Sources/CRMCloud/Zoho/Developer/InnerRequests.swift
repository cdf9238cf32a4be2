import HTTPTypes
import Primitives

/// How far requests that the cloud makes to itself may go: a function can call what calls the function.
struct InnerRequests: Codable {
  /// Requests within requests (assumed; Zoho's language bounds calls of functions by functions at a number of its own).
  static let maximumDepth = 5
  /// Of one request from outside, all depths together (assumed).
  static let maximumCount = 100
  /// A longer answer is an error to who asked (assumed).
  static let maximumAnswerBytes = 1 << 20
  /// Documented for the task `invokeurl`.
  static let timeout = Instant.Span.seconds(40)

  private var depth = 0
  private var count = 0

  /// A request from outside begins; within one that goes on, nothing changes.
  mutating func begin() {
    if depth == 0 { count = 0 }
  }

  fileprivate mutating func enter() -> Bool {
    guard depth < Self.maximumDepth, count < Self.maximumCount else { return false }
    depth += 1
    count += 1
    return true
  }

  fileprivate mutating func leave() { depth = max(0, depth - 1) }
}

/// Why a program in the cloud got no answer.
enum InnerRequestFailure: Error, Hashable {
  case malformedAddress
  case notSimulated(host: String)
  case timedOut(host: String)
  case tooManyRequests
  case answerTooLong

  var text: String {
    switch self {
    case .malformedAddress: "The URL is malformed; it has to begin with https://."
    case .notSimulated(let host): "The host \(host) is not simulated here, and nothing leaves this machine."
    case .timedOut(let host): "\(host) did not answer within \(InnerRequests.timeout.wholeSeconds) seconds."
    case .tooManyRequests: "Too many requests within one: a function seems to call itself."
    case .answerTooLong: "The answer is longer than a program may read."
    }
  }
}

extension ZohoCloud {
  /// Asks a server of this same cloud, as a program of Zoho's does: without cookies, without following redirects.
  mutating func ask(
    _ method: HTTPRequest.Method, _ address: String, _ fields: HTTPFields = [:], body: [UInt8] = [], at now: Instant
  ) throws(InnerRequestFailure) -> CloudResponse {
    guard let address = WebAddress(address) else { throw .malformedAddress }
    guard address.isServed else { throw .notSimulated(host: address.host) }
    guard outside.delay(of: address.host) <= InnerRequests.timeout else { throw .timedOut(host: address.host) }
    guard inner.enter() else { throw .tooManyRequests }
    defer { inner.leave() }
    var request = HTTPRequest(method: method, scheme: "https", authority: address.host, path: address.target)
    request.headerFields = fields
    request.headerFields[.cookie] = nil
    let answer = respond(to: request, body: body, at: now)
    guard answer.body.count <= InnerRequests.maximumAnswerBytes else { throw .answerTooLong }
    return answer
  }
}
