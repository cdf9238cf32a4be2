/// When to try again (RFC 3261 section 20.33).
public struct RetryAfter: Hashable, Sendable {
  /// Seconds to wait.
  public let seconds: UInt32
  /// How long the callee can be reached then; nil when it does not say.
  public let durationSeconds: UInt32?
  /// What stands in parentheses, escapes kept; nil when there is none.
  public let comment: String?

  /// nil when the seconds are no number of 32 bits or the comment is not closed.
  public init?(_ value: SIPText) {
    let open = value.index(of: UInt8(ascii: "("))
    if let open {
      guard let close = value.endOfComment(from: open) else { return nil }
      comment = value.slice(open + 1, close).unfolded
    } else {
      comment = nil
    }
    let number = value.slice(0, min(open ?? value.count, value.index(of: UInt8(ascii: ";")) ?? value.count)).trimmed
    guard let seconds = number.decimal else { return nil }
    self.seconds = seconds
    let end = open.flatMap { value.endOfComment(from: $0) }.map { $0 + 1 } ?? 0
    let beforeComment = HeaderParameters(of: value.slice(0, open ?? value.count)).value("duration")
    durationSeconds =
      (beforeComment ?? HeaderParameters(of: value.slice(end, value.count)).value("duration"))?.decimal
  }
}
