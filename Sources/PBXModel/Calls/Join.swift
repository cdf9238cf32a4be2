/// Why a leg was taken to belong to a call.
public struct Join: Hashable, Sendable {
  /// One thing that speaks for a leg belonging to a call. The raw value is the name reports give it.
  public enum Evidence: String, Hashable, Sendable, CaseIterable {
    /// It began the call.
    case first
    /// It carries the Call-ID of the caller's leg, as a PBX that passes messages on keeps it.
    case sameCallID
    /// It shows the caller's number.
    case callerNumber
    /// It asks for the number the caller dialled.
    case dialledNumber
    /// The site file says that what was dialled leads here.
    case siteRoute
    /// A party asked for this number by REFER.
    case transfer
    /// It began less than 0.2 s after the caller's leg.
    case withinFifthOfSecond
    /// It began less than 1 s after the caller's leg.
    case withinSecond
    /// It began, or was first seen where both `ranAtStart`, less than 5 s after the caller's leg.
    case withinFiveSeconds
    /// No other running call is of this caller.
    case onlyCallOfCaller
    /// The call had no callee yet.
    case noCalleeYet
    /// Both were up when the trace began, and share a number.
    case ranAtStart
  }

  /// What spoke for it; `[first]` for the leg that began the call. Never empty.
  public var evidence: [Evidence] { Evidence.inOrderOfReports.filter { grounds.contains($0.mask) } }
  /// 0 to 1. A first leg is certain; another's is the sum of its evidence, less when a second call fits as well.
  public let confidence: Double
  let grounds: Grounds

  static let first = Join(grounds: Evidence.first.mask, confidence: 1)

  /// Several pieces of evidence, as a value that needs no memory of its own.
  struct Grounds: OptionSet, Hashable, Sendable {
    let rawValue: UInt16

    var weight: Int {
      Join.Evidence.inOrderOfReports.reduce(0) { contains($1.mask) ? $0 + $1.weight : $0 }
    }
  }

  init(grounds: Grounds, confidence: Double) {
    self.grounds = grounds
    self.confidence = confidence
  }

  /// Whether this is among the evidence.
  public func rests(on evidence: Evidence) -> Bool { grounds.contains(evidence.mask) }
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

  var mask: Join.Grounds { Join.Grounds(rawValue: 1 << bit) }

  private var bit: UInt16 {
    switch self {
    case .first: 0
    case .sameCallID: 1
    case .transfer: 2
    case .callerNumber: 3
    case .dialledNumber: 4
    case .siteRoute: 5
    case .ranAtStart: 6
    case .withinFifthOfSecond: 7
    case .withinSecond: 8
    case .withinFiveSeconds: 9
    case .noCalleeYet: 10
    case .onlyCallOfCaller: 11
    }
  }

  static let inOrderOfReports = allCases.sorted { $0.bit < $1.bit }
}
