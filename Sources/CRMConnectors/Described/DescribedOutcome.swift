public import Primitives

/// A rule of `outcomes:`: what an answer with this status or error code means.
public struct DescribedOutcome: Hashable, Sendable {
  /// What an answer can mean.
  public enum Meaning: String, Hashable, Sendable, CaseIterable {
    /// What was asked for was done, whatever the status looks like.
    case done
    /// Nobody has the number.
    case miss
    /// The token or the credentials are no good.
    case sessionRefused
    /// Too many requests.
    case throttled
    /// Another try may do better; the request may have been carried out.
    case unavailable
    /// The CRM understood and said no.
    case refused
  }

  /// nil for any.
  public var statuses: ClosedRange<Int>?
  /// The CRM's own codes, read at the description's `errorCode`; empty for any or none.
  public var codes: Set<String>
  /// What such an answer means.
  public var meaning: Meaning
  /// What it says of the user's login.
  public var reason: LogoutReason?
  /// How long the CRM is then left alone; nil for what the settings say.
  public var wait: Instant.Span?

  /// A rule as it stands in the file.
  public init(
    statuses: ClosedRange<Int>?, codes: Set<String>, meaning: Meaning, reason: LogoutReason? = nil,
    wait: Instant.Span? = nil
  ) {
    self.statuses = statuses
    self.codes = codes
    self.meaning = meaning
    self.reason = reason
    self.wait = wait
  }

  func applies(to status: Int, _ code: String?) -> Bool {
    guard statuses?.contains(status) ?? true else { return false }
    return codes.isEmpty || code.map(codes.contains) ?? false
  }
}
