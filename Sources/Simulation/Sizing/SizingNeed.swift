public import HardwareProfiles
public import Primitives

/// What a site needs of one thing a model can run out of.
public struct SizingNeed: Hashable, Sendable {
  /// What is needed.
  public enum Subject: Hashable, Sendable {
    /// In use at one moment.
    case resource(Resource)
    /// Extensions the site file sets up, registered or not.
    case extensionsSetUp
  }

  /// What is needed.
  public let subject: Subject
  /// The most at one moment, or what is set up.
  public let measured: Int
  /// When that was first so; nil where nothing was in use, and for what is set up.
  public let measuredAt: Instant?
  /// With growth, rounded up.
  public let needed: Int

  init(_ subject: Subject, measured: Int, at: Instant?, growth: Share) {
    self.subject = subject
    self.measured = measured
    measuredAt = at
    needed = growth.added(to: measured)
  }

  /// How it stands to the model's limit.
  func standing(in profile: Profile) -> LimitStanding {
    let limit: Limit? =
      switch subject {
      case .resource(let resource): resource.limit(in: profile)
      // Where the GUI's cap is unknown: who is sold so many users can set up so many extensions.
      case .extensionsSetUp: profile.limit(.extensionsInWebGUI) ?? profile.users
      }
    return LimitStanding(need: self, limit: limit)
  }
}

/// How a need stands to a limit.
public struct LimitStanding: Hashable, Sendable {
  /// Whether it is enough.
  public enum Outcome: Hashable, Sendable {
    /// Nothing of it is needed.
    case unused
    /// Enough, by every value somebody gives.
    case carried
    /// Enough by the value that is believed, not by another.
    case carriedUnlessOtherwise
    /// Not enough by the value that is believed, though by another.
    case shortUnlessOtherwise
    /// Not enough, by every value somebody gives.
    case short
    /// Nobody knows the limit.
    case unknown
  }

  /// What is needed.
  public let need: SizingNeed
  /// What the model has, with its source; nil where nobody knows.
  public let limit: Limit?

  /// Whether it is enough.
  public var outcome: Outcome {
    guard need.needed > 0 else { return .unused }
    guard let limit else { return .unknown }
    let isEnough = limit.value >= need.needed
    guard limit.alternatives.allSatisfy({ ($0.value >= need.needed) == isEnough }) else {
      return isEnough ? .carriedUnlessOtherwise : .shortUnlessOtherwise
    }
    return isEnough ? .carried : .short
  }

  /// What is left of the limit, in percent of it, rounded down; below 0 where it is short, nil where nobody knows it or
  /// where there is none of it.
  public var headroomPercent: Int? {
    guard let limit, limit.value > 0 else { return nil }
    let (product, isTooLarge) = (limit.value - need.needed).multipliedReportingOverflow(by: 100)
    guard !isTooLarge else { return nil }
    return product < 0 ? -((-product + limit.value - 1) / limit.value) : product / limit.value
  }
}
