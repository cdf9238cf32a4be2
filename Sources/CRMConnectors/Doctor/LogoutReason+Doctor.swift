extension LogoutReason {
  /// The word on a login that was refused or not answered: what the client would say of the same answer.
  ///
  /// - Parameter named: the reason behind a code of the CRM's own.
  init(ofRefusedLogin failure: CRMFailure, named: (String) -> LogoutReason) {
    guard let status = failure.status else {
      self = failure.code == CRMAnswer.UnreachableReason.tlsFailed.rawValue ? .tlsFailed : .unreachable
      return
    }
    switch (status, failure.code) {
    case (300..<400, _): self = .redirected
    case (429, _), (_, "Access Denied"), (_, "TOO_MANY_REQUESTS"): self = .throttled
    case (500..., _): self = .serverError
    case (_, ConnectorFault.unreadableAnswer.rawValue), (_, ConnectorFault.answerTooLarge.rawValue),
      (_, ConnectorFault.unexpectedStatus.rawValue):
      self = .unreadableAnswer
    case (_, let code): self = named(code)
    }
  }
}

extension CRMFailure {
  /// What the user's page would show, with the reason in the words of a run's summary.
  func loggedOut(because reason: LogoutReason) -> String { "Logged Out: \(reason.words) (\(code))" }
}
