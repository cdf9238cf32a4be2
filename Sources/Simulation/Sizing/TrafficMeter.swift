import HardwareProfiles
public import PBXModel
public import Primitives

/// Measures what recorded traffic takes of an appliance that has enough of everything, once or laid over itself.
///
/// A copy has extensions and calls of its own, so what the copies take adds up: the trace is read once, and each change
/// of what is in use counts again for every copy, at that copy's time. What is registered or running when the trace
/// ends stays so until the last copy has ended: a capture that ends is no office that closes.
public struct TrafficMeter {
  private var appliance: Appliance
  private var seizures: TrunkSeizures
  private var steps: OverlaidSteps
  private var use: TrafficUse
  /// What each resource had in use and its peak when last looked at.
  private var seen = Resource.allCases.map { _ in (inUse: 0, peak: 0) }
  private var effects: [Effect] = []
  private var now = Instant(nanoseconds: .min)

  /// What rows and alerts lean on, of which nothing is measured.
  private static let aboutRows: Set<Assumption> = [
    .rowsAfterTransferAreAsterisks, .actionTypesByTitle, .cdrSchemaUnknown, .callTypesOf2013, .columnsOfThe63xx,
    .dcontextOfInboundCall, .outboundRouteUnknown, .answeredByPBXItself, .entranceHasItsRow, .systemEventNames,
    .busyWithoutCallWaiting, .agentCodes,
  ]

  /// - Parameters:
  ///   - site: caps of trunks are left out: what would run into them is what is asked for.
  ///   - settings: nil for those of the site.
  ///   - copiesSearched: for so many numbers of copies, from 1, the peaks are told as well; 0 for none.
  public init(
    site: Site, settings: ApplianceSettings? = nil, overlay: TrafficOverlay = TrafficOverlay(),
    copiesSearched: Int = 0
  ) {
    let everything = Profile(model: "", family: Family(name: "", displayName: ""))
    let searched = min(copiesSearched, TrafficOverlay.copiesMax)
    appliance = Appliance(profile: everything, site: site.withoutTrunkCaps, settings: settings, isRecorded: false)
    seizures = TrunkSeizures(site: site)
    steps = OverlaidSteps(TrafficOverlay(copies: max(overlay.copies, searched), shift: overlay.shift))
    use = TrafficUse(overlay: overlay, copiesSearched: searched, timeZone: site.timeZone)
    addNewTrunks()
  }

  /// What the recorded PBX did at `instant`.
  public mutating func receive(_ event: TraceModel.Event, at instant: Instant) {
    turn(to: instant)
    appliance.receive(event, at: now, effects: &effects)
    effects.removeAll(keepingCapacity: true)
    noteResources()
    if case .call(let event) = event { note(event) }
    pass(until: now)
  }

  /// The end of the trace, at which the last copies go on to theirs.
  ///
  /// - Parameter end: of the trace's last frame.
  /// - Returns: everything measured, and the assumptions that were leaned on with how often.
  public mutating func finish(at end: Instant) -> (use: TrafficUse, assumptions: [Assumption: Int]) {
    if use.first == nil { return (use, [:]) }
    turn(to: end)
    appliance.advance(to: now, effects: &effects)
    effects.removeAll()
    noteResources()
    pass(until: .distantFuture)
    use.calls = appliance.tally.calls * use.overlay.copies
    use.finish(at: now + use.overlay.longestOffset)
    var assumptions = appliance.tally.assumptions.filter { !Self.aboutRows.contains($0.key) }
    if use.calls > 0 { assumptions[.callLimitCountsCallerLegs, default: 0] += use.calls }
    return (use, assumptions)
  }

  private mutating func turn(to instant: Instant) {
    let before = now
    now = now.followed(by: instant)
    if use.first == nil { use.first = now }
    // Where the clock is put back, the copies come to the same place before it is.
    if now < before { pass(until: .distantFuture) } else { pass(until: now) }
  }

  /// An event may take and give back; then the peak tells what was taken in between.
  private mutating func noteResources() {
    for resource in Resource.allCases {
      let ledger = appliance.ledger[resource]
      let before = seen[resource.rawValue]
      guard before != (ledger.inUse, ledger.peak) else { continue }
      seen[resource.rawValue] = (ledger.inUse, ledger.peak)
      let top = ledger.peak > before.peak ? ledger.peak : ledger.inUse
      append(.resource(resource), top - before.inUse)
      append(.resource(resource), ledger.inUse - top)
    }
  }

  private mutating func note(_ event: CallEvent) {
    var changes: [(line: Int, isOutgoing: Bool, delta: Int)] = []
    seizures.receive(event) { changes.append(($0, $1, $2)) }
    guard !changes.isEmpty else { return }
    addNewTrunks()
    for change in changes { append(.trunk(change.line, isOutgoing: change.isOutgoing), change.delta) }
  }

  private mutating func append(_ subject: UseStep.Subject, _ delta: Int) {
    guard delta != 0 else { return }
    steps.append(UseStep(time: now, subject: subject, delta: delta))
  }

  private mutating func pass(until instant: Instant) {
    steps.pass(until: instant) { copy, step, due in use.apply(step, of: copy, at: due) }
  }

  private mutating func addNewTrunks() {
    for line in seizures.lines.dropFirst(use.trunks.count) {
      use.trunks.append(TrafficUse.Trunk(name: line.name, index: line.index, timeZone: use.timeZone))
    }
  }
}

extension Site {
  /// The site as it would be without caps on its trunks.
  fileprivate var withoutTrunkCaps: Site {
    var site = self
    for index in site.trunks.indices {
      site.trunks[index].outgoingCallsMax = nil
      site.trunks[index].incomingCallsMax = nil
    }
    return site
  }
}
