import HardwareProfiles
import PBXModel
import Primitives

extension Cohort {
  /// Whether some members could not meet what others can. Lets time pass up to the event, which gives places back.
  mutating func needsSplit(by event: TraceModel.Event, at instant: Instant) -> Bool {
    guard members.count > 1 else { return false }
    appliance.advance(to: instant, effects: &effects)
    carryOut(at: instant)
    let demand = appliance.demand(of: event)
    guard !demand.isEmpty else { return false }
    for place in ranges.indices where demand.rawValue >> UInt16(place) & 1 != 0 {
      guard let resource = Resource(rawValue: place) else { continue }
      let inUse = appliance.ledger[resource].inUse
      if ranges[place].lowerBound <= inUse, inUse < ranges[place].upperBound { return true }
    }
    return false
  }

  /// Keeps the members that lack what the first one lacks of what the event may take.
  ///
  /// - Returns: a cohort for each other set of lacks, in the order of their members.
  mutating func split(by event: TraceModel.Event) -> [Cohort] {
    let demand = appliance.demand(of: event)
    var groups: [(lacks: ResourceSet, places: [Int])] = []
    for place in members.indices {
      let limits = appliance.limits(of: profiles[place])
      var lacks: ResourceSet = []
      for resource in Resource.allCases where demand.contains(resource) {
        let isShort = appliance.ledger[resource].inUse >= limits[resource.rawValue]
        if isShort { lacks.insert(ResourceSet(resource)) }
      }
      if let group = groups.firstIndex(where: { $0.lacks == lacks }) {
        groups[group].places.append(place)
      } else {
        groups.append((lacks, [place]))
      }
    }
    let others = groups.dropFirst().map { taking($0.places) }
    if let first = groups.first { self = taking(first.places) }
    return others
  }

  private func taking(_ places: [Int]) -> Cohort {
    var result = self
    result.members = places.map { members[$0] }
    result.profiles = places.map { profiles[$0] }
    if let profile = result.profiles.first { result.appliance.adopt(profile) }
    let limits = result.profiles.map { appliance.limits(of: $0) }
    result.ranges = ranges.indices.map { resource in
      let values = limits.map { $0[resource] }
      return (values.min() ?? .max)...(values.max() ?? .max)
    }
    return result
  }
}
