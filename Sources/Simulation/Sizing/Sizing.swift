public import HardwareProfiles
public import PBXModel

/// Which model and plan carry a site's traffic, how much is left of each limit, and how many channels its trunks want.
public struct Sizing: Sendable {
  /// What is asked for beside the traffic.
  public struct Options: Hashable, Sendable {
    /// On top of every peak and of the trunks' traffic.
    public var growth: Share
    /// Calls that may find all channels of a trunk taken in its busiest hour.
    public var blocking: Share
    /// 10,000 % more: what is more is a slip of the pen.
    public static let growthMax = Share(basisPoints: 1_000_000)

    /// No growth, and one call in a hundred lost.
    public init(growth: Share = Share(basisPoints: 0), blocking: Share = Share(basisPoints: 100)) {
      self.growth = growth
      self.blocking = blocking
    }
  }

  /// What was asked for.
  public let options: Options
  /// What the traffic took.
  public let use: TrafficUse
  /// What a model has to have, in the order of `Resource`, then what is set up.
  public let needs: [SizingNeed]
  /// The smallest first.
  public let models: [ModelSizing]
  /// The plan for remote users.
  public let plan: PlanSizing
  /// Those that were used or have a cap.
  public let trunks: [TrunkSizing]
  /// All trunks as one group.
  public let allTrunks: TrunkSizing
  /// In the order of `models`; empty when none were searched for.
  public let breakingPoints: [BreakingPoint]
  /// So many copies were looked at; 0 for none.
  public let copiesSearched: Int

  /// - Parameters:
  ///   - profiles: the models to choose from.
  ///   - plans: plans and additions, each kind smallest first.
  public init(
    _ use: TrafficUse, site: Site, profiles: [Profile], plans: [RemotePlan] = [], options: Options = Options()
  ) {
    self.options = options
    self.use = use
    let ofResources = Resource.allCases.map { resource in
      SizingNeed(.resource(resource), measured: use[resource].peak, at: use[resource].peakAt, growth: options.growth)
    }
    let setUp = SizingNeed(
      .extensionsSetUp, measured: site.extensions.count * use.overlay.copies, at: nil, growth: options.growth)
    let needs = ofResources + [setUp]
    let ofModels = needs.filter(\.isOfModel)
    let ordered = profiles.sorted(by: ModelSizing.isSmaller)
    self.needs = needs
    models = ordered.map { ModelSizing($0, needs: ofModels) }
    plan = PlanSizing.find(
      plans,
      needs: [
        .remoteUsers: ofResources[Resource.remoteUsers.rawValue].needed,
        .remoteCalls: ofResources[Resource.remoteCalls.rawValue].needed,
      ])
    trunks = use.trunks.compactMap { trunk in
      let ofSite = site.trunks.first { $0.index == trunk.index && $0.name == trunk.name }
      let caps = (outgoing: ofSite?.outgoingCallsMax, incoming: ofSite?.incomingCallsMax)
      guard trunk.both.peak > 0 || caps.outgoing != nil || caps.incoming != nil else { return nil }
      return TrunkSizing(trunk, of: use, growth: options.growth, blocking: options.blocking, caps: caps)
    }
    allTrunks = TrunkSizing(
      use.allTrunks, of: use, growth: options.growth, blocking: options.blocking, caps: (nil, nil))
    copiesSearched = use.peaks(of: .calls).count
    breakingPoints = copiesSearched == 0 ? [] : ordered.map { BreakingPoint($0, use: use) }
  }

  /// The smallest model that carries the traffic for certain; nil when none does.
  public var smallest: ModelSizing? { models.first { $0.verdict == .fits } }

  /// Smaller models than that of which it cannot be told, or is disputed; of all models when none carries it for
  /// certain.
  public var perhaps: [ModelSizing] {
    models.prefix { $0.verdict != .fits }.filter { $0.verdict != .short }
  }
}

extension SizingNeed {
  /// Whether a model limits it, rather than a plan.
  var isOfModel: Bool {
    switch subject {
    case .resource(let resource): !resource.isOfPlan
    case .extensionsSetUp: true
    }
  }
}
