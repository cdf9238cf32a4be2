public import Primitives

/// What one REGISTER transaction at the PBX came to, as the trace shows it (RFC 3261 section 10).
public struct RegistrationEvent: Hashable, Sendable {
  /// What the registrar answered, and so what became of the contacts.
  public enum Outcome: Hashable, Sendable {
    /// A 2xx: these contacts were added, refreshed or, with 0 seconds, removed.
    case accepted([ContactChange])
    /// A 2xx to `Contact: *` with `Expires: 0`.
    case removedAll
    /// A 2xx to a REGISTER without Contact, which only asks.
    case queried
    /// 401 or 407.
    case challenged
    /// Another final response, 300 to 699: nothing changed.
    case refused(status: Int)
    /// The trace holds no final response.
    case unanswered([ContactChange])
  }

  /// One contact of a REGISTER and how long it is to live.
  public struct ContactChange: Hashable, Sendable {
    /// As in the request, without its parameters.
    public let uri: String
    /// What the registrar granted; 0 removes the contact.
    public let expiresSeconds: UInt32

    /// Takes both as they are.
    public init(uri: String, expiresSeconds: UInt32) {
      self.uri = uri
      self.expiresSeconds = expiresSeconds
    }
  }

  /// User part of To: the extension.
  public let number: String
  /// Where the REGISTER came from, by the IP and transport headers; behind NAT not the address in Contact.
  public let source: IPEndpoint
  /// Number of the frame that completed the REGISTER, in its trace file.
  public let frame: Int
  /// Of the response, or of the request where none came.
  public let time: Instant
  /// The REGISTER carried Authorization or Proxy-Authorization; whether they were right, only the answer tells.
  public let hasCredentials: Bool
  /// The User-Agent header on one line; empty where there is none.
  public let userAgent: String
  /// What the transaction came to.
  public let outcome: Outcome

  /// Takes the facts as they are.
  ///
  /// - Parameter number: never empty from a trace; a REGISTER without a user in To is malformed.
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
