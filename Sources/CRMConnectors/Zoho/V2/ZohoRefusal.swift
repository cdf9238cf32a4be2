/// An answer that does not do what its request asked for.
struct ZohoRefusal: Error, Hashable {
  enum Kind: Hashable {
    /// The access token is no good; a new one may be.
    case tokenRefused
    /// Too many requests; the next ones would be refused as well.
    case throttled
    case other
  }

  let failure: CRMFailure
  let kind: Kind
  /// Whether the server may have carried the request out all the same.
  let leavesDoubt: Bool

  init(status: Int?, code: String, kind: Kind = .other, leavesDoubt: Bool = false) {
    failure = CRMFailure(status: status, code: code)
    self.kind = kind
    self.leavesDoubt = leavesDoubt
  }

  init(_ fault: ZohoFault, status: Int?, leavesDoubt: Bool = false) {
    self.init(status: status, code: fault.rawValue, leavesDoubt: leavesDoubt)
  }

  /// No answer came. After a time-out nobody knows what the server did; a refused connection did nothing.
  init(_ reason: CRMAnswer.UnreachableReason) {
    let leavesDoubt =
      switch reason {
      case .timedOut: true
      case .connectionRefused, .tlsFailed: false
      }
    self.init(status: nil, code: reason.rawValue, leavesDoubt: leavesDoubt)
  }
}

/// Our words for what no code of Zoho's names.
enum ZohoFault: String, CaseIterable {
  /// The user's page has Enable CRM off.
  case userDisabled
  /// Too many questions wait already.
  case queueFull
  case emptyNumber
  case numberTooLong
  /// An earlier request to add this number went unanswered; adding it again might add it twice.
  case createUnconfirmed
  /// Not JSON: a proxy's HTML page, a cut answer, nothing at all.
  case unreadableAnswer
  case answerTooLarge
  /// JSON of another shape than documented.
  case unexpectedShape
  /// Neither a documented status nor an error code.
  case unexpectedStatus
  /// An error code that holds more than letters; not repeated, it could hold anything.
  case unknownCode
}
