public import HardwareProfiles
import Primitives

/// What is in use against each of the appliance's limits.
///
/// A limit nobody knows refuses nothing; the run says that it was not enforced. A demand is met as a whole or not at
/// all.
public struct ResourceLedger: Sendable {
  /// At the place of the resource's raw value.
  private var uses: [ResourceUse]

  /// What the profile alone does not say; kept when the model changes.
  private let allowance: Allowance

  /// What a plan of the vendor's relay allows.
  var remote: RemoteAllowance { allowance.remote }

  /// Limits that do not come from the model.
  public struct Allowance: Hashable, Sendable {
    /// Calls of one digital port: 30 of an E1, 23 of a T1 or J1 (ITU-T G.704, documented).
    public var channelsPerDigitalPort = 30
    /// What a plan of the vendor's relay allows.
    public var remote = RemoteAllowance()

    /// No plan, and E1 ports.
    public init() {}
  }

  /// A ledger with nothing in use.
  ///
  /// - Parameter profile: the model whose limits are kept.
  public init(profile: Profile, allowance: Allowance = Allowance()) {
    self.allowance = allowance
    uses = Resource.allCases.map { ResourceUse(limit: allowance.limit(of: $0, profile)) }
  }

  /// Use of one resource.
  public subscript(resource: Resource) -> ResourceUse {
    _read { yield uses[resource.rawValue] }
  }

  /// Calls carried, one for each call however many phones ring.
  public var calls: ResourceUse {
    _read { yield uses[Resource.calls.rawValue] }
  }
  /// Extensions with a contact bound, one for each however many contacts it has.
  public var users: ResourceUse { self[.users] }

  /// From here on the limits are those of `profile`; what is in use stays, even where it is more than they allow.
  public mutating func adoptLimits(of profile: Profile) {
    for index in uses.indices {
      guard let resource = Resource(rawValue: index) else { continue }
      uses[index].limit = allowance.limit(of: resource, profile)
    }
  }

  /// The limit of each resource as a ledger of that model would have it, whatever is in use in this one.
  public func limit(of resource: Resource, in profile: Profile) -> Limit? { allowance.limit(of: resource, profile) }

  /// Which of `resources` could not be had now, in the order of `Resource`; empty when all could.
  public func shortage(of resources: ResourceSet) -> [Resource] {
    Resource.allCases.filter { resources.contains($0) && self[$0].isExhausted }
  }

  /// The first of `resources` of which there is none; nil when all can be had.
  func firstShortage(of resources: ResourceSet) -> Resource? {
    var result: Resource?
    resources.forEach { resource in
      guard uses[resource.rawValue].isExhausted else { return true }
      result = resource
      return false
    }
    return result
  }

  /// Takes one of each, or none and counts the refusal of the one that is named.
  ///
  /// - Returns: what there was none of; nil when everything was taken.
  mutating func take(_ resources: ResourceSet, at now: Instant) -> Resource? {
    if let short = firstShortage(of: resources) {
      uses[short.rawValue].refuse(at: now)
      return short
    }
    resources.forEach { resource in
      uses[resource.rawValue].take(at: now)
      return true
    }
    return nil
  }

  /// Counts that one more was asked for and not given.
  mutating func refuse(_ resource: Resource, at now: Instant) { uses[resource.rawValue].refuse(at: now) }

  /// Only for what `take(_:at:)` gave.
  mutating func giveBack(_ resources: ResourceSet, at now: Instant) {
    resources.forEach { resource in
      uses[resource.rawValue].giveBack(at: now)
      return true
    }
  }

  /// Everything is given back at once.
  mutating func clear(at now: Instant) {
    for index in uses.indices { uses[index].clear(at: now) }
  }

  /// The run is over: the time since the last change counts too.
  mutating func settle(at now: Instant) {
    for index in uses.indices { uses[index].settle(at: now) }
  }
}

/// What a plan of the vendor's relay allows, on top of the model's limits.
public struct RemoteAllowance: Hashable, Sendable {
  /// Users outside the site's own networks; nil without a plan, and then none is refused.
  public var users: Limit?
  /// Calls with a party outside the site's own networks; nil as for `users`.
  public var calls: Limit?

  /// Of a plan, or of none.
  public init(users: Limit? = nil, calls: Limit? = nil) {
    self.users = users
    self.calls = calls
  }
}

extension ResourceLedger.Allowance {
  fileprivate func limit(of resource: Resource, _ profile: Profile) -> Limit? {
    switch resource {
    case .remoteCalls: return remote.calls
    case .remoteUsers: return remote.users
    case .digitalChannels:
      guard var limit = profile.limit(.t1e1j1Ports) else { return nil }
      let (channels, overflow) = limit.value.multipliedReportingOverflow(by: channelsPerDigitalPort)
      (limit.value, limit.unit) = (overflow ? .max : channels, .calls)
      return limit
    case .calls, .srtpCalls, .users, .conferenceRooms, .conferenceAttendees, .videoParticipants, .recordings, .fxoPorts:
      return resource.limitName.flatMap { profile.limit($0) }
    }
  }
}
