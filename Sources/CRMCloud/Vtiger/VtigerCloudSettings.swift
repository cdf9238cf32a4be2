public import Primitives

/// How a vTiger server behaves. Each default is what was measured on vTiger CRM 8.0.0 (reference section 1), unless a
/// word says otherwise.
public struct VtigerCloudSettings: Codable, Hashable, Sendable {
  /// Whose manners the server has; decides what the switches below leave to it.
  public var manner = Manner.strict
  /// Life of a challenge's token; nil for the manner's: 300 s strict, 7,200 s sloppy (both measured).
  public var tokenLife: Instant.Span?
  /// Whether a second challenge of one user ends the first; nil for the manner's: so strict, not so sloppy (measured).
  public var hasOneTokenPerUser: Bool?
  /// Life of a session from its login (from vTiger's source).
  public var sessionLife = Instant.Span.seconds(86_400)
  /// Time without requests after which a session ends (from vTiger's source).
  public var sessionIdleLife = Instant.Span.seconds(1800)
  /// What a second account of one name is refused with (observed of vTiger's hosted API; of this one assumed).
  public var duplicateCode = "DUPLICATE_RECORD_FOUND"
  /// Whether two accounts may have one name.
  public var acceptsDuplicateAccounts = false
  /// Whether texts are answered with `&amp;`, `&lt;`, `&gt;`, `&quot;` and `&#039;`, as pages have them (assumed of
  /// some versions).
  public var escapesTexts = false
  /// Records of one module; one more is answered with INTERNAL_SERVER_ERROR (ours).
  public var maximumRecordsPerModule = 100_000

  /// Every switch at its default.
  public init() {}

  /// Two servers that speak one protocol.
  public enum Manner: String, Codable, Hashable, Sendable, CaseIterable {
    /// vTiger CRM 8.0.0: verbs are checked, queries end with a semicolon and have no parentheses, calls are `Events`.
    case strict
    /// coreBOS: verbs are not looked at, parentheses are taken, the semicolon may be missing, dead sessions are
    /// AUTHENTICATION_REQUIRED, answers have `moreinfo`, and calls are `cbCalendar` (measured).
    case sloppy
  }

  var tokenLifeInForce: Instant.Span { tokenLife ?? .seconds(manner == .strict ? 300 : 7200) }
  var oneTokenPerUserInForce: Bool { hasOneTokenPerUser ?? (manner == .strict) }
}
