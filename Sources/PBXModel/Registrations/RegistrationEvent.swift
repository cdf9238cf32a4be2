public import Primitives

/// What one REGISTER transaction at the PBX came to, as the trace shows it (RFC 3261 section 10).
public struct RegistrationEvent: Hashable, Sendable {
  public enum Outcome: Hashable, Sendable {
    /// A 2xx: these contacts were added, refreshed or, with 0 seconds, removed.
    case accepted([ContactChange])
    /// A 2xx to `Contact: *` with `Expires: 0`.
    case removedAll
    /// A 2xx to a REGISTER without Contact, which only asks.
    case queried
    /// 401 or 407.
    case challenged
    case refused(status: Int)
    /// The trace holds no final response.
    case unanswered([ContactChange])
  }

  public struct ContactChange: Hashable, Sendable {
    /// As in the request, without its parameters.
    public let uri: String
    /// What the registrar granted; 0 removes the contact.
    public let expiresSeconds: UInt32

    public init(uri: String, expiresSeconds: UInt32) {
      self.uri = uri
      self.expiresSeconds = expiresSeconds
    }
  }

  /// User part of To: the extension.
  public let number: String
  public let source: IPEndpoint
  public let frame: Int
  /// Of the response, or of the request where none came.
  public let time: Instant
  public let hasCredentials: Bool
  public let userAgent: String
  public let outcome: Outcome

  public init(
    number: String, source: IPEndpoint, frame: Int, time: Instant, hasCredentials: Bool, userAgent: String,
    outcome: Outcome
  ) {
    self.number = number
    self.source = source
    self.frame = frame
    self.time = time
    self.hasCredentials = hasCredentials
    self.userAgent = userAgent
    self.outcome = outcome
  }
}
