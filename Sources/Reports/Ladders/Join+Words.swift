import PBXModel

extension Join {
  /// `the caller's number, less than 0.2 s (80%)`.
  var words: String {
    evidence.map(\.words).joined(separator: ", ") + " (\(Int((confidence * 100).rounded()))%)"
  }
}

extension Join.Evidence {
  /// What it is, in the words of reports.
  var words: String {
    switch self {
    case .first: "beginning the call"
    case .sameCallID: "the same Call-ID"
    case .callerNumber: "the caller's number"
    case .dialledNumber: "the number dialled"
    case .siteRoute: "the site file's routes"
    case .transfer: "a REFER to it"
    case .withinFifthOfSecond: "within 0.2 s"
    case .withinSecond: "within 1 s"
    case .withinFiveSeconds: "within 5 s"
    case .onlyCallOfCaller: "the caller's only call"
    case .noCalleeYet: "no callee before it"
    case .ranAtStart: "both up at the start"
    case .replaces: "taking another leg's place (Replaces)"
    case .parking: "fetching from the parking lot"
    case .pickup: "a pick-up"
    case .redirect: "a 3xx to it"
    case .sameSession: "the same Session-ID"
    case .namedByHeader: "a header that names the call"
    case .sameMedia: "the same media address"
    case .diversion: "Diversion"
    }
  }
}
