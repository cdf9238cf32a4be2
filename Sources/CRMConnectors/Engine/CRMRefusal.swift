import Primitives

/// An answer that does not do what its request asked for.
struct CRMRefusal: Error, Hashable {
  enum Kind: Hashable {
    /// The session is no good; a new one may be.
    case sessionRefused
    /// Too many requests; the next ones would be refused as well.
    case throttled
    /// Nothing was to be had this time; another try may do better.
    case unavailable
    /// The CRM understood and said no; it would say so again.
    case refused
  }

  let failure: CRMFailure
  let kind: Kind
  /// Whether the server may have carried the request out all the same.
  let leavesDoubt: Bool
  /// What it says of the user's login; nil where it is about this request alone.
  let reason: LogoutReason?
  /// How long the CRM is to be left alone; nil for what the settings say of its kind.
  let silence: Instant.Span?

  init(
    status: Int?, code: String, kind: Kind, reason: LogoutReason?, leavesDoubt: Bool = false,
    silence: Instant.Span? = nil
  ) {
    failure = CRMFailure(status: status, code: code)
    self.kind = kind
    self.reason = reason
    self.leavesDoubt = leavesDoubt
    self.silence = silence
  }

  /// What answered is not the CRM, or did not answer in full.
  init(_ fault: ConnectorFault, status: Int?, reason: LogoutReason? = .unreadableAnswer, leavesDoubt: Bool = false) {
    self.init(status: status, code: fault.rawValue, kind: .unavailable, reason: reason, leavesDoubt: leavesDoubt)
  }

  /// No answer came. After a time-out nobody knows what the server did; a refused connection did nothing.
  init(_ unreachable: CRMAnswer.UnreachableReason) {
    let (reason, leavesDoubt): (LogoutReason, Bool) =
      switch unreachable {
      case .timedOut, .brokenOff: (.unreachable, true)
      case .connectionRefused: (.unreachable, false)
      case .tlsFailed: (.tlsFailed, false)
      }
    self.init(
      status: nil, code: unreachable.rawValue, kind: .unavailable, reason: reason, leavesDoubt: leavesDoubt)
  }

  /// The same, of a request that was never sent.
  var withoutDoubt: CRMRefusal {
    CRMRefusal(status: failure.status, code: failure.code, kind: kind, reason: reason, silence: silence)
  }

  /// The same, with another word on the login.
  func because(_ reason: LogoutReason?) -> CRMRefusal {
    CRMRefusal(
      status: failure.status, code: failure.code, kind: kind, reason: reason, leavesDoubt: leavesDoubt,
      silence: silence)
  }
}

/// Our words for what no code of a CRM's names.
enum ConnectorFault: String, CaseIterable {
  /// The user's page has Enable CRM off.
  case userDisabled
  /// Too many questions wait already.
  case queueFull
  /// Adding this number went unanswered, and it is not among the newest records.
  case createUnconfirmed
  /// A call's record may exist and could not be looked for.
  case recordUnconfirmed
  /// Not the CRM's language: a proxy's HTML page, a cut answer, nothing at all.
  case unreadableAnswer
  case answerTooLarge
  /// Readable, but of another shape than documented.
  case unexpectedShape
  /// More records fit the question than one answer holds, so that nobody knows whether the caller is among them.
  case tooManyRecords
  /// Neither a documented status nor an error code.
  case unexpectedStatus
  /// A status of 3xx: credentials and people's data do not follow it.
  case redirected
  /// An error code that holds more than letters; not repeated, it could hold anything.
  case unknownCode
}
