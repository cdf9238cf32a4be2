/// Why a leg was taken to belong to a call.
public struct Join: Hashable, Sendable {
  public enum Evidence: String, Hashable, Sendable, CaseIterable {
    /// It began the call.
    case first
    case sameCallID
    case callerNumber
    case dialledNumber
    /// The site file says that what was dialled leads here.
    case siteRoute
    /// A party asked for this number by REFER.
    case transfer
    case withinFifthOfSecond
    case withinSecond
    case withinFiveSeconds
    /// No other running call is of this caller.
    case onlyCallOfCaller
    /// The call had no callee yet.
    case noCalleeYet
    /// Both were up when the trace began, and share a number.
    case ranAtStart
  }

  public let evidence: [Evidence]
  /// 0 to 1. A first leg is certain; another's is the sum of its evidence, less when a second call fits as well.
  public let confidence: Double

  static let first = Join(evidence: [.first], confidence: 1)
}

extension Join.Evidence {
  /// Weights, not probabilities: chosen so that a number and a near time suffice and neither alone does.
  var weight: Int {
    switch self {
    case .first, .sameCallID: 10
    case .transfer: 6
    case .callerNumber, .dialledNumber, .siteRoute: 4
    case .withinFifthOfSecond: 3
    case .withinSecond, .noCalleeYet, .onlyCallOfCaller: 2
    case .withinFiveSeconds: 1
    case .ranAtStart: 5
    }
  }
}
