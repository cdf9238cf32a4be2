import HardwareProfiles

extension Fleet {
  /// What one member made of the traffic.
  public struct Result {
    /// The model, and its firmware.
    public let member: Member
    /// Use against the member's own limits.
    public let ledger: ResourceLedger
    /// As a replay of the member alone would have it.
    public internal(set) var tally: RunTally
    /// Use of each trunk.
    public let trunks: [TrunkUse]
    /// Extensions that had more phones than they may have.
    public let extensions: [ExtensionUse]
    /// The calls it could not carry.
    public let refusals: FleetRefusals
    /// In what its rows differ from those of an appliance without limits.
    public let rows: RowChanges
    /// Whether it has a CRM: false where there is none, or where its firmware offers no such system.
    public let hasCRM: Bool
    /// Requests it sent to the CRM.
    public let crmRequests: Int

    /// Notes that the member leaned on an assumption so many times more; 0 or less notes nothing.
    public mutating func leanOn(_ assumption: Assumption, times: Int) {
      tally.leanOn(assumption, times: times)
    }
  }

  /// One for each member, in their order.
  public var results: [Result] { members.indices.compactMap { result(of: $0, members[$0]) } }

  /// What an appliance makes of the traffic that has enough of everything.
  public var withoutLimits: Result {
    let profile = Profile(model: "", family: Family(name: "", displayName: ""))
    return cohorts[0].result(Member(profile: profile))
  }

  private func result(of place: Int, _ member: Member) -> Result? {
    cohorts.first { $0.members.contains(place) }.map { $0.result(member) }
  }
}

extension Cohort {
  fileprivate func result(_ member: Fleet.Member) -> Fleet.Result {
    var appliance = appliance
    appliance.adopt(member.profile)
    return Fleet.Result(
      member: member, ledger: appliance.ledger, tally: appliance.tally,
      trunks: appliance.trunks.uses, extensions: appliance.extensions.exceeded, refusals: refusals, rows: rowChanges,
      hasCRM: hasCRM, crmRequests: requests)
  }
}
