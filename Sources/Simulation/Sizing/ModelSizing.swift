public import HardwareProfiles

/// Whether a model carries the traffic.
public struct ModelSizing: Hashable, Sendable {
  /// The answer over all limits: that of the worst.
  public enum Verdict: String, Hashable, Sendable, CaseIterable, Comparable {
    /// Every limit that counts is known and enough, whoever is believed.
    case fits
    /// By the values that are believed it fits; by others it does not.
    case fitsUnlessOtherwise
    /// What is known is enough, and something that counts is not known.
    case unknown
    /// By the values that are believed it is too small; by others it is not.
    case shortUnlessOtherwise
    /// Something is not enough, whoever is believed.
    case short

    /// The better one first.
    public static func < (left: Verdict, right: Verdict) -> Bool { left.rank < right.rank }

    private var rank: Int {
      switch self {
      case .fits: 0
      case .fitsUnlessOtherwise: 1
      case .unknown: 2
      case .shortUnlessOtherwise: 3
      case .short: 4
      }
    }
  }

  /// The model.
  public let profile: Profile
  /// In the order of the needs.
  public let standings: [LimitStanding]

  init(_ profile: Profile, needs: [SizingNeed]) {
    self.profile = profile
    standings = needs.map { $0.standing(in: profile) }
  }

  /// Whether the model carries the traffic.
  public var verdict: Verdict {
    standings.map(\.outcome.verdict).max() ?? .fits
  }

  /// Those that decide the verdict; of a model that fits, the one with the least head room.
  public var deciding: [LimitStanding] {
    let verdict = verdict
    guard verdict == .fits else { return standings.filter { $0.outcome.verdict == verdict } }
    let used = standings.filter { $0.outcome == .carried }
    return used.min { ($0.headroomPercent ?? 0) < ($1.headroomPercent ?? 0) }.map { [$0] } ?? []
  }

  /// Smaller models first: fewer calls, then fewer users; what is not known comes last. No price is known.
  static func isSmaller(_ left: Profile, _ right: Profile) -> Bool { size(of: left) < size(of: right) }

  private static func size(of profile: Profile) -> (Int, Int, String) {
    (profile.concurrentCalls?.value ?? .max, profile.users?.value ?? .max, profile.model)
  }
}

extension LimitStanding.Outcome {
  var verdict: ModelSizing.Verdict {
    switch self {
    case .unused, .carried: .fits
    case .carriedUnlessOtherwise: .fitsUnlessOtherwise
    case .shortUnlessOtherwise: .shortUnlessOtherwise
    case .short: .short
    case .unknown: .unknown
    }
  }
}
