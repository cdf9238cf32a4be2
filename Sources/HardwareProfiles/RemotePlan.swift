/// What a plan for remote users limits. The raw values are the keys of `limits:` in a file of `plans/`.
public enum RemoteLimitName: String, Hashable, Sendable, CaseIterable {
  /// Users who may register from outside of the network.
  case remoteUsers
  /// Calls at one moment with a party outside of the network.
  case remoteCalls

  /// The unit a value of this limit is counted in.
  public var unit: LimitUnit {
    switch self {
    case .remoteUsers: .users
    case .remoteCalls: .calls
    }
  }
}

/// What the vendor sells for users outside of the appliance's network; its limits come on top of the model's own.
public struct RemotePlan: Hashable, Sendable {
  /// A plan by itself, or more of something for who has one.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// The limits are all there is.
    case plan
    /// The limits are added to those of a plan.
    case addOn
  }

  /// As the command line names it.
  public var name: String
  /// As the vendor calls it.
  public var displayName: String
  /// A plan by itself or an addition.
  public var kind: Kind
  /// Limits nobody knows are absent; so are those an addition does not change.
  public var limits: [RemoteLimitName: Limit]

  /// Takes every part as it is.
  public init(name: String, displayName: String, kind: Kind = .plan, limits: [RemoteLimitName: Limit]) {
    self.name = name
    self.displayName = displayName
    self.kind = kind
    self.limits = limits
  }

  /// What the plan allows together with `addOns`; nil when nobody knows the plan's own limit.
  public func value(of name: RemoteLimitName, with addOns: [RemotePlan] = []) -> Int? {
    guard let own = limits[name]?.value else { return nil }
    return addOns.reduce(own) { sum, addOn in
      let (total, isTooLarge) = sum.addingReportingOverflow(addOn.limits[name]?.value ?? 0)
      return isTooLarge ? .max : total
    }
  }
}
