/// Why a leg was taken to belong to a call.
public struct Join: Hashable, Sendable {
  /// One thing that speaks for a leg belonging to a call. The raw value is the name reports give it.
  public enum Evidence: String, Hashable, Sendable, CaseIterable {
    /// It began the call.
    case first
    /// It carries the Call-ID of the caller's leg, as a PBX that passes messages on keeps it.
    case sameCallID
    /// It shows the caller's number, or that of whoever the caller handed the call to.
    case callerNumber
    /// It asks for the number the caller dialled.
    case dialledNumber
    /// The site file says that what was dialled leads here.
    case siteRoute
    /// A party asked for this number by REFER.
    case transfer
    /// A REFER or an INVITE put it in another leg's place (Replaces, RFC 3891).
    case replaces
    /// It fetched the call from the parking lot.
    case parking
    /// It picked the call up while it rang elsewhere.
    case pickup
    /// A callee's 3xx named this number.
    case redirect
    /// Both INVITEs carry the same Session-ID (RFC 7989).
    case sameSession
    /// A header of the PBX's own names the same call on both, or the other's Call-ID.
    case namedByHeader
    /// Both INVITEs want their media at the same place.
    case sameMedia
    /// Its Diversion names the number the caller dialled.
    case diversion
    /// It began less than 0.2 s after the caller's leg, or after the REFER that asked for it.
    case withinFifthOfSecond
    /// It began less than 1 s after that.
    case withinSecond
    /// It began, or was first seen where both `ranAtStart`, less than 5 s after that.
    case withinFiveSeconds
    /// No other running call is of this caller.
    case onlyCallOfCaller
    /// The call had no callee yet.
    case noCalleeYet
    /// Both were up when the trace began, and share a number.
    case ranAtStart
  }

  /// What spoke for it; `[first]` for the leg that began the call. Never empty.
  public var evidence: [Evidence] { Evidence.inOrderOfReports.filter { grounds.contains($0) } }
  /// 0 to 1. A first leg is certain; another's is the sum of its evidence, less when a second call fits as well.
  public let confidence: Double
  /// The sum of the weights of its evidence; `CallAssembler.Limits.evidenceMin` is the least that joins.
  public var weight: Int { grounds.weight }
  let grounds: Grounds

  static let first = Join(grounds: Grounds(.first), confidence: 1)

  /// Several pieces of evidence and their weight, as a value that needs no memory of its own.
  struct Grounds: Hashable, Sendable {
    private var mask: UInt32 = 0
    private(set) var weight = 0

    init() {}
    init(_ evidence: Evidence) { add(evidence) }

    var isEmpty: Bool { mask == 0 }

    func contains(_ evidence: Evidence) -> Bool { mask & evidence.mask != 0 }

    mutating func add(_ evidence: Evidence) {
      guard !contains(evidence) else { return }
      mask |= evidence.mask
      weight += evidence.weight
    }
  }

  init(grounds: Grounds, confidence: Double) {
    self.grounds = grounds
    self.confidence = confidence
  }

  /// Whether this is among the evidence.
  public func rests(on evidence: Evidence) -> Bool { grounds.contains(evidence) }
}

extension Join.Evidence {
  /// Weights, not probabilities: chosen so that a number and a near time suffice and neither alone does.
  public var weight: Int {
    switch self {
    case .first, .sameCallID, .sameSession, .namedByHeader, .replaces, .parking, .pickup: 10
    case .sameMedia: 8
    case .transfer, .redirect: 6
    case .callerNumber, .dialledNumber, .siteRoute, .diversion: 4
    case .withinFifthOfSecond: 3
    case .withinSecond, .noCalleeYet, .onlyCallOfCaller: 2
    case .withinFiveSeconds: 1
    case .ranAtStart: 5
    }
  }

  fileprivate var mask: UInt32 { 1 << place }

  /// Reports name them in this order: what one says before when it said it.
  private var place: UInt32 {
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
    case .replaces: 12
    case .parking: 13
    case .pickup: 14
    case .redirect: 15
    case .sameSession: 16
    case .namedByHeader: 17
    case .sameMedia: 18
    case .diversion: 19
    }
  }

  static let inOrderOfReports = allCases.sorted { $0.place < $1.place }
}
