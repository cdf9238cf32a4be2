public import HardwareProfiles
import Primitives

/// What is in use against each of the appliance's limits.
///
/// A limit nobody knows refuses nothing; the run says that it was not enforced. A demand is met as a whole or not at
/// all.
public struct ResourceLedger: Sendable {
  /// At the place of the resource's raw value.
  private var uses: [ResourceUse]

  /// A ledger with nothing in use.
  ///
  /// - Parameter profile: the model whose limits are kept.
  public init(profile: Profile) {
    uses = Resource.allCases.map { ResourceUse(limit: $0.limitName.flatMap { profile.limit($0) }) }
  }

  /// Use of one resource.
  public subscript(resource: Resource) -> ResourceUse { uses[resource.rawValue] }

  /// Calls carried, one for each call however many phones ring.
  public var calls: ResourceUse { self[.calls] }
  /// Extensions with a contact bound, one for each however many contacts it has.
  public var users: ResourceUse { self[.users] }

  /// From here on the limits are those of `profile`; what is in use stays, even where it is more than they allow.
  public mutating func adoptLimits(of profile: Profile) {
    for resource in Resource.allCases {
      guard let name = resource.limitName else { continue }
      uses[resource.rawValue].limit = profile.limit(name)
    }
  }

  /// Which of `resources` could not be had now, in the order of `Resource`; empty when all could.
  public func shortage(of resources: ResourceSet) -> [Resource] {
    Resource.allCases.filter { resources.contains($0) && self[$0].isExhausted }
  }

  /// Takes one of each, or none and counts the refusal of the one that is named.
  ///
  /// - Returns: what there was none of; nil when everything was taken.
  mutating func take(_ resources: ResourceSet, at now: Instant) -> Resource? {
    for resource in Resource.allCases where resources.contains(resource) && uses[resource.rawValue].isExhausted {
      uses[resource.rawValue].refuse(at: now)
      return resource
    }
    for resource in Resource.allCases where resources.contains(resource) { uses[resource.rawValue].take(at: now) }
    return nil
  }

  /// Only for what `take(_:at:)` gave.
  mutating func giveBack(_ resources: ResourceSet, at now: Instant) {
    for resource in Resource.allCases where resources.contains(resource) { uses[resource.rawValue].giveBack(at: now) }
  }

  /// The run is over: the time since the last change counts too.
  mutating func settle(at now: Instant) {
    for index in uses.indices { uses[index].settle(at: now) }
  }
}
