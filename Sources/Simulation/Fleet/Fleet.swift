import CRMConnectors
public import HardwareProfiles
public import PBXModel
public import Primitives

/// Many models fed with the same events: what each makes of them is what an `Appliance` of its own would.
///
/// Models that have behaved alike so far share one appliance (a cohort). Before an event that some of them could not
/// meet, the cohort is split and the appliance copied: so the cost follows from how differently the models behave,
/// and not from how many there are. Nothing is recorded; rows are counted.
///
/// ```swift
/// var fleet = Fleet(members: profiles.map { Fleet.Member(profile: $0) }, site: site)
/// fleet.boot(at: start)
/// model.receive(message) { fleet.receive($0, at: message.time) }
/// fleet.finish(at: end, running: model.calls.runningCalls)
/// for result in fleet.results { print(result.member.profile.model, result.tally.callsRefused) }
/// ```
public struct Fleet {
  /// One model, with a firmware or without.
  public struct Member: Hashable, Sendable {
    /// The model's limits.
    public var profile: Profile
    /// The firmware whose menu decides whether there is a CRM; nil for one that offers every system.
    public var firmware: Firmware?

    /// Takes both as they are.
    public init(profile: Profile, firmware: Firmware? = nil) {
      self.profile = profile
      self.firmware = firmware
    }
  }

  /// In the order in which they were given.
  public let members: [Member]
  /// Those who stand alike; the first holds the member without limits.
  private(set) var cohorts: [Cohort] = []
  /// What the traffic took of each resource over time, refusing nothing.
  public private(set) var curve = UseCurve()
  private var hasCRM = false
  private let remote: RemoteAllowance
  /// Position of the member without limits.
  static let reference = -1

  /// - Parameters:
  ///   - crm: nil for no CRM. The carrier is copied when members part, and each copy goes its own way.
  ///   - settings: nil for those of the site.
  ///   - remote: what a plan of the vendor's relay allows each member.
  public init(
    members: [Member], site: Site, crm: FleetCRM? = nil, settings: ApplianceSettings? = nil,
    remote: RemoteAllowance = RemoteAllowance()
  ) {
    self.members = members
    self.remote = remote
    hasCRM = crm != nil && members.contains { $0.offers(crm) }
    let unlimited = Profile(model: "", family: Family(name: "", displayName: ""))
    let isAsked = members.isEmpty || members.contains { $0.offers(crm) }
    add(Self.reference, unlimited, isAsked ? crm : nil, site, settings)
    for (index, member) in members.enumerated() {
      add(index, member.profile, member.offers(crm) ? crm : nil, site, settings)
    }
  }

  private mutating func add(
    _ member: Int, _ profile: Profile, _ crm: FleetCRM?, _ site: Site, _ settings: ApplianceSettings?
  ) {
    let allowance = member == Self.reference ? RemoteAllowance() : remote
    for index in cohorts.indices
    where cohorts[index].hasCRM == (crm != nil) && cohorts[index].appliance.isAlike(profile, with: allowance) {
      return cohorts[index].add(member, profile)
    }
    let appliance = Appliance(
      profile: profile, site: site, crm: crm?.configuration, settings: settings, remote: allowance, isRecorded: false)
    cohorts.append(Cohort(appliance, crm?.carrier, member: member, profile))
  }

  /// Boots every appliance.
  public mutating func boot(at instant: Instant) {
    for index in cohorts.indices { cohorts[index].boot(at: instant) }
  }

  /// Brings the CRM's answers and the appliances' timers up to `instant`, each at its own time.
  ///
  /// Called for every message, as what is due comes before whatever the message shows.
  public mutating func passTime(until instant: Instant) {
    guard hasCRM else { return }
    for index in cohorts.indices { cohorts[index].passTime(until: instant) }
  }

  /// What the recorded PBX did at `instant`.
  public mutating func receive(_ event: TraceModel.Event, at instant: Instant) {
    if case .call(.ended(let call)) = event {
      end(call, by: event, at: instant)
    } else {
      forEachCohort(splitBy: event, at: instant) { $0.receive(event, at: instant) }
    }
    curve.note(cohorts[0].appliance.ledger.calls.inUse, at: instant)
  }

  private mutating func end(_ call: Call, by event: TraceModel.Event, at instant: Instant) {
    let wasVaried = cohorts[0].appliance.goesOtherwise(call)
    let rowCount = cohorts[0].appliance.cdr.rowCount(of: call, nil)
    var recordedRows: Int?
    forEachCohort(splitBy: event, at: instant) { cohort in
      cohort.appliance.rowCountAsRecorded = rowCount
      if let recordedRows {
        cohort.receive(event, ending: call, at: instant, recordedRows: recordedRows, wasVaried: wasVaried)
      } else {
        recordedRows = cohort.receive(event, at: instant)
      }
      cohort.appliance.rowCountAsRecorded = nil
    }
  }

  /// Those that the event splits off are appended, and get it when their turn comes.
  private mutating func forEachCohort(
    splitBy event: TraceModel.Event, at instant: Instant, _ body: (inout Cohort) -> Void
  ) {
    var index = 0
    while index < cohorts.count {
      if cohorts[index].needsSplit(by: event, at: instant) { cohorts += cohorts[index].split(by: event) }
      body(&cohorts[index])
      index += 1
    }
  }

  /// The end of the trace: nothing is received afterwards.
  ///
  /// - Parameters:
  ///   - running: calls that are still up.
  ///   - endedWithoutBye: as `Appliance.finish(running:endedWithoutBye:)` takes it.
  ///   - drain: how long call logs that the CRM did not take are still sent.
  public mutating func finish(
    at end: Instant, running: [Call], endedWithoutBye: Int = 0, drain: Instant.Span = .zero
  ) {
    let recorded = running.map { cohorts[0].rowsBeforeEnd[$0.id.rawValue] ?? 0 }
    for index in cohorts.indices {
      if index > 0 { cohorts[index].compareRows(ofRunning: running, recorded: recorded) }
      cohorts[index].finish(at: end, running: running, endedWithoutBye: endedWithoutBye, drain: drain)
    }
    curve.finish(at: end)
  }
}

extension Fleet.Member {
  /// Whether it has a CRM page with the system.
  func offers(_ crm: FleetCRM?) -> Bool {
    // What a menu holds that nobody knows, a replay of the model alone asks as well.
    guard let crm, let firmware, firmware.crm != nil else { return crm != nil }
    return firmware.offer(of: crm.configuration.settings.system.rawValue) != nil
  }
}
