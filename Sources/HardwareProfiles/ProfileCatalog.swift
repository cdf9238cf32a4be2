import Primitives

/// The models there are, by name.
public struct ProfileCatalog: Hashable, Sendable {
  /// Sorted by model name.
  public let models: [Profile]
  /// Sorted by name.
  public let firmware: [Firmware]
  /// Sorted by what they allow, plans before additions.
  public let plans: [RemotePlan]

  /// Two profiles of one name (case does not count) are the reader's business; here the first stays.
  public init(_ profiles: [Profile], firmware: [Firmware] = [], plans: [RemotePlan] = []) {
    var seen: Set<String> = []
    models = profiles.filter { seen.insert($0.model.lowercased()).inserted }.sorted { $0.model < $1.model }
    self.firmware = firmware.sorted { $0.name < $1.name }
    self.plans = plans.sorted { Self.order(of: $0) < Self.order(of: $1) }
  }

  /// The firmware of that name, whatever its case; nil when there is none.
  public func firmware(named name: String) -> Firmware? {
    firmware.first { $0.name.lowercased() == name.lowercased() }
  }

  /// The plan for remote users of that name, whatever its case; nil when there is none.
  public func plan(named name: String) -> RemotePlan? {
    plans.first { $0.name.lowercased() == name.lowercased() }
  }

  private static func order(of plan: RemotePlan) -> (Int, Int, Int, String) {
    let sizes = RemoteLimitName.allCases.map { plan.limits[$0]?.value ?? 0 }
    return (plan.kind == .plan ? 0 : 1, sizes.first ?? 0, sizes.last ?? 0, plan.name)
  }

  /// The model of that name, whatever its case; nil when there is none.
  public subscript(name: String) -> Profile? {
    let wanted = name.lowercased()
    return models.first { $0.model.lowercased() == wanted }
  }

  /// The model somebody probably meant by a name that is not there; nil when none is near.
  public func nearest(to name: String) -> Profile? {
    Spelling.nearest(to: name, among: models.map(\.model)).flatMap { self[$0] }
  }
}

/// One thing in which two models differ; nil for what is unknown of that model.
public enum ProfileDifference: Hashable, Sendable {
  /// The limit, and what the one and the other model have of it.
  case limit(LimitName, Limit?, Limit?)
  /// The values as profile files write them.
  case trait(TraitName, String?, String?)
  /// The doors as text.
  case apiDoor(APIDoorName, String?, String?)
}

extension ProfileCatalog {
  /// In what two models differ, limits before traits before doors, each in the order of its names.
  ///
  /// Only values count: two limits of the same number from different sources do not differ.
  public static func differences(between left: Profile, and right: Profile) -> [ProfileDifference] {
    let limits = LimitName.allCases.compactMap { name -> ProfileDifference? in
      let (one, other) = (left.limits[name], right.limits[name])
      return one?.value == other?.value ? nil : .limit(name, one, other)
    }
    let traits = TraitName.allCases.compactMap { name -> ProfileDifference? in
      let (one, other) = (left.traits.text(of: name), right.traits.text(of: name))
      return one == other ? nil : .trait(name, one, other)
    }
    let doors = APIDoorName.allCases.compactMap { name -> ProfileDifference? in
      let (one, other) = (left.apiDoors[name]?.value.description, right.apiDoors[name]?.value.description)
      return one == other ? nil : .apiDoor(name, one, other)
    }
    return limits + traits + doors
  }
}
