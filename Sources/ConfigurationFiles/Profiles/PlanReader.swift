import HardwareProfiles

/// A file of `plans/`.
enum PlanReader {
  static func read(_ root: Entry, known: [RemotePlan]) -> RemotePlan? {
    guard let mapping = root.mapping(keys: ["plan", "displayName", "kind", "limits"]),
      let nameEntry = mapping.required("plan"), let name = nameEntry.profileName()
    else { return nil }
    let displayName = mapping.required("displayName")?.text()
    let kind = mapping["kind"]?.choice(of: RemotePlan.Kind.self) ?? .plan
    let limits = mapping.required("limits").map { LimitReader.limits($0, of: RemoteLimitName.self) } ?? [:]
    if known.contains(where: { $0.name.lowercased() == name.lowercased() }) {
      nameEntry.report("the plan `\(name)` is described twice", remedy: "keep one file")
    }
    return RemotePlan(name: name, displayName: displayName ?? name, kind: kind, limits: limits)
  }
}
