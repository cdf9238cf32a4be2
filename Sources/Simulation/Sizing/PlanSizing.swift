public import HardwareProfiles

/// Which plan for remote users carries the traffic.
public enum PlanSizing: Hashable, Sendable {
  /// Nobody is remote in the traffic, as far as the site file tells.
  case noneNeeded
  /// The smallest that is enough, with at most one addition to each limit.
  case plan(RemotePlan, addOns: [RemotePlan])
  /// No plan is enough.
  case noneSuffices

  /// - Parameters:
  ///   - plans: plans and additions, each kind smallest first.
  ///   - needs: those of remote users and remote calls; a limit without a need is none.
  static func find(_ plans: [RemotePlan], needs: [RemoteLimitName: Int]) -> PlanSizing {
    guard needs.values.contains(where: { $0 > 0 }) else { return .noneNeeded }
    let alone = plans.filter { $0.kind == .plan }
    if let plan = alone.first(where: { shortage(of: $0, addOns: [], needs).isEmpty }) { return .plan(plan, addOns: []) }
    let addOns = plans.filter { $0.kind == .addOn }
    for plan in alone {
      var chosen: [RemotePlan] = []
      for name in shortage(of: plan, addOns: [], needs) {
        guard !chosen.contains(where: { $0.limits[name] != nil }) else { continue }
        let enough = addOns.first { addOn in
          addOn.limits[name] != nil && !shortage(of: plan, addOns: [addOn], needs).contains(name)
        }
        if let enough { chosen.append(enough) }
      }
      if shortage(of: plan, addOns: chosen, needs).isEmpty { return .plan(plan, addOns: chosen) }
    }
    return .noneSuffices
  }

  /// Limits that are not enough or not known, in their order.
  private static func shortage(
    of plan: RemotePlan, addOns: [RemotePlan], _ needs: [RemoteLimitName: Int]
  ) -> [RemoteLimitName] {
    RemoteLimitName.allCases.filter { name in
      guard let need = needs[name], need > 0 else { return false }
      return (plan.value(of: name, with: addOns) ?? 0) < need
    }
  }
}
