public import HardwareProfiles

/// How often traffic can be laid over itself before a model refuses something.
public struct BreakingPoint: Hashable, Sendable {
  /// What other values than the believed ones come to; nil for more copies than were looked at.
  public struct Otherwise: Hashable, Sendable {
    /// By the lowest value of each limit.
    public let fewest: Int?
    /// By the highest value of each limit.
    public let most: Int?
  }

  /// The model.
  public let profile: Profile
  /// The most copies carried, by the limits that are believed; 0 where one is too many, nil where nothing broke up to
  /// `searched`.
  public let copies: Int?
  /// What runs short first; empty where nothing does.
  public let shortest: [Resource]
  /// By other values that somebody gives; nil where those change nothing.
  public let otherwise: Otherwise?
  /// Resources in use whose limit nobody knows.
  public let unknown: [Resource]

  init(_ profile: Profile, use: TrafficUse) {
    self.profile = profile
    var fewest: Int?
    var shortest: [Resource] = []
    var bounds: (low: Int?, high: Int?) = (nil, nil)
    var unknown: [Resource] = []
    for resource in Resource.allCases where !resource.isOfPlan {
      let peaks = use.peaks(of: resource)
      guard peaks.contains(where: { $0 > 0 }) else { continue }
      guard let limit = resource.limit(in: profile) else {
        unknown.append(resource)
        continue
      }
      let carried = Self.carried(peaks, by: limit.value)
      let values = limit.alternatives.map(\.value) + [limit.value]
      bounds.low = Self.less(bounds.low, Self.carried(peaks, by: values.min() ?? limit.value))
      bounds.high = Self.less(bounds.high, Self.carried(peaks, by: values.max() ?? limit.value))
      guard let carried else { continue }
      if carried < fewest ?? .max { (fewest, shortest) = (carried, []) }
      if carried == fewest { shortest.append(resource) }
    }
    copies = fewest
    self.shortest = shortest
    self.unknown = unknown
    otherwise = bounds.low == fewest && bounds.high == fewest ? nil : Otherwise(fewest: bounds.low, most: bounds.high)
  }

  /// nil where all of them are within the limit. Peaks never fall with the number of copies.
  private static func carried(_ peaks: [Int], by limit: Int) -> Int? { peaks.firstIndex { $0 > limit } }

  /// nil stands for more than was looked for.
  private static func less(_ left: Int?, _ right: Int?) -> Int? {
    guard let left, let right else { return left ?? right }
    return min(left, right)
  }
}
