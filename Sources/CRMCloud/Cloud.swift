public import HTTPTypes
public import Primitives

/// A CRM's servers as a value: the same requests at the same instants get the same answers.
///
/// Holds no clock, socket or chance; who keeps a journal does so around it.
public protocol Cloud: Sendable {
  /// The answer to one whole request at `now`, on the clock the cloud's tokens live by.
  ///
  /// Requests come in the order of time. Every request gets an answer, a malformed one or one for another host too.
  mutating func respond(to request: HTTPRequest, body: [UInt8], at now: Instant) -> CloudResponse
}

/// One HTTP response with its body.
public struct CloudResponse: Hashable, Sendable {
  /// Status and header fields.
  public internal(set) var response: HTTPResponse
  /// Empty where the status says so.
  public let body: [UInt8]

  /// An answer as it goes over the wire.
  public init(response: HTTPResponse, body: [UInt8]) {
    self.response = response
    self.body = body
  }
}

// Bodies carry tokens and people's data; printing one by accident must show neither.
extension CloudResponse: CustomStringConvertible, CustomReflectable {
  /// `CloudResponse(200, 318 bytes)`.
  public var description: String { "CloudResponse(\(response.status.code), \(body.count) bytes)" }
  /// Empty, for the same reason.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
