import HardwareProfiles
import PBXModel
import Primitives
import Simulation

/// A plan for remote users and its additions, as `--plan plus+calls-20` has them.
enum PlanOption {
  /// What the plan and its additions allow.
  static func allowance(_ text: String, site: Site, profiles directory: String?) throws -> RemoteAllowance {
    let plans = try Profiles.catalog(directory: directory).plans
    let parts = try text.split(separator: "+", omittingEmptySubsequences: false).map { try find(String($0), in: plans) }
    guard let plan = parts.first, plan.kind == .plan else {
      throw Complaint("--plan '\(text)' begins with an addition; write the plan first, as plus+\(text)", .usage)
    }
    let addOns = Array(parts.dropFirst())
    if let second = addOns.first(where: { $0.kind == .plan }) {
      throw Complaint("--plan '\(text)': \(second.name) is a plan by itself, and there can be one", .usage)
    }
    if site.localNetworks.isEmpty {
      StandardError.note("--plan: the site file names no localNetworks, so nobody counts as remote")
    }
    return RemoteAllowance(
      users: limit(.remoteUsers, of: plan, addOns), calls: limit(.remoteCalls, of: plan, addOns))
  }

  private static func find(_ name: String, in plans: [RemotePlan]) throws -> RemotePlan {
    if let plan = plans.first(where: { $0.name.lowercased() == name.lowercased() }) { return plan }
    let hint = Spelling.nearest(to: name, among: plans.map(\.name)).map { "; did you mean \($0)?" } ?? ""
    throw Complaint("unknown plan '\(name)'\(hint) (see `ucmsim models plans`)", .usage)
  }

  private static func limit(_ name: RemoteLimitName, of plan: RemotePlan, _ addOns: [RemotePlan]) -> Limit? {
    guard var limit = plan.limits[name], let value = plan.value(of: name, with: addOns) else { return nil }
    limit.value = value
    return limit
  }
}
