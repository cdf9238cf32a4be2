import HardwareProfiles
public import PBXModel
import Primitives

/// Writes the rows of a call when it is over (reference section 5).
struct CDRModule: Sendable {
  private let context: CDRContext
  private let restartsMonthly: Bool
  private var lastAcctID = 0
  /// The number of the last row that no power cut can take.
  private var durableAcctID = 0
  private var month: (year: Int, month: Int)?
  /// Rows of calls that end before this instant begin in `month`, or in an earlier one.
  private var sameMonthUntil = Instant(nanoseconds: .min)
  /// Serial of each channel, in the order the channels were made, as Asterisk numbers them.
  private var channels = SerialTable()
  private var nextChannel = 0
  /// nil where rows have no columns for them.
  private var devices: DeviceDirectory?

  init(site: Site, profile: Profile, settings: ApplianceSettings) {
    context = CDRContext(
      site: site, settings: settings,
      technology: (profile.traits.channelTechnology?.value ?? .pjsip).rawValue,
      lastdataCharactersMax: profile.traits.lastdataCharactersMax?.value)
    restartsMonthly = profile.traits.acctIDRestartsMonthly?.value ?? false
    switch profile.traits.cdrSchema?.value {
    case .fields43: devices = DeviceDirectory()
    case .fields22, .fields32, nil: devices = nil
    }
  }

  mutating func note(_ event: RegistrationEvent) { devices?.note(event) }

  /// Every row numbered so far is durable.
  mutating func markDurable() { durableAcctID = lastAcctID }

  /// So many rows numbered last were not stored: their numbers are free.
  mutating func takeBack(rows: Int) { lastAcctID = max(0, lastAcctID - rows) }

  /// Rows go on behind one that is durable already.
  mutating func resume(behind acctID: Int, startedAt start: Instant) {
    (lastAcctID, durableAcctID) = (acctID, acctID)
    let local = context.site.timeZone.local(start)
    month = (local.year, local.month)
  }

  /// As after a boot: rows go on behind the last durable one, channels begin anew (upstream), and no phone has said
  /// anything of itself.
  mutating func restart() {
    lastAcctID = durableAcctID
    channels = SerialTable()
    nextChannel = 0
    if devices != nil { devices = DeviceDirectory() }
  }

  mutating func openChannel(_ leg: Leg.ID) {
    guard channels[leg.rawValue] == nil else { return }
    channels[leg.rawValue] = nextChannel
    nextChannel += 1
  }

  /// The rows of an ended call, oldest first; nil for one that ran when the trace began.
  ///
  /// - Parameter variation: in what it went otherwise here than on the recorded box; nil for nothing.
  mutating func rows(
    of call: Call, _ variation: CallVariation?, nameByCRM: String?, leansOn: (Assumption) -> Void
  ) -> CDRDraft? {
    let writer = rowWriter(call, variation, nameByCRM: nameByCRM)
    forgetChannels(of: call)
    guard !call.ranAtStart, call.joinedInto == nil else { return nil }
    var plan: [CDRRowOrigin] = []
    writer.plan(leansOn: leansOn) { plan.append($0) }
    return draft(writer, plan)
  }

  /// How many rows an ended call has, for a run whose rows nobody reads.
  func rowCount(of call: Call, _ variation: CallVariation?) -> CDRRowCount {
    var result = CDRRowCount()
    guard !call.ranAtStart, call.joinedInto == nil else { return result }
    let writer = CDRRowWriter(
      call: call, context: context, nameByCRM: nil, serials: [], devices: CallDevices(), variation: variation)
    var rows = 0
    writer.plan(leansOn: { result.leanedOn.append($0) }) { _ in rows += 1 }
    result.rows = rows
    return result
  }

  /// The one row of a call that was over here at `instant`, before anybody was reached (observed for those over the
  /// call limit, G2: Congestion, FAILED, neither answer nor end); nil for one that ran when the trace began.
  mutating func row(_ origin: CDRRowOrigin, of call: Call, at instant: Instant, nameByCRM: String?) -> CDRDraft? {
    var variation = CallVariation()
    variation.endedAt = instant
    let writer = rowWriter(call, variation, nameByCRM: nameByCRM)
    forgetChannels(of: call)
    guard !call.ranAtStart else { return nil }
    return draft(writer, [origin])
  }

  /// The caller's channel, as log lines name it.
  func callerChannel(of call: Call) -> String { rowWriter(call, nil, nameByCRM: nil).callerChannel }

  /// The channels of a call that is up, spelled as its rows will spell them: the caller's, then the callees' in the
  /// order dialled; and the name the caller is shown by.
  func channels(
    of call: Call, nameByCRM: String?
  ) -> (callerName: String, caller: String, callees: [String]) {
    let writer = rowWriter(call, nil, nameByCRM: nameByCRM)
    let callees = call.calleeLegs.map { writer.channel(of: $0.party, $0.leg.id) }
    return (writer.callerName, writer.callerChannel, callees)
  }

  private func rowWriter(_ call: Call, _ variation: CallVariation?, nameByCRM: String?) -> CDRRowWriter {
    var serials: [(leg: Leg.ID, serial: Int)] = []
    serials.reserveCapacity(call.calleeLegs.count + 1)
    call.forEachLeg { member in
      if let serial = channels[member.leg.id.rawValue] { serials.append((member.leg.id, serial)) }
    }
    return CDRRowWriter(
      call: call, context: context, nameByCRM: nameByCRM, serials: serials,
      devices: devices?.devices(of: call) ?? CallDevices(), variation: variation)
  }

  /// A leg that went on into another call keeps its channel.
  private mutating func forgetChannels(of call: Call) {
    call.forEachLeg { if $0.leg.end != nil { channels[$0.leg.id.rawValue] = nil } }
  }

  private mutating func draft(_ writer: CDRRowWriter, _ plan: [CDRRowOrigin]) -> CDRDraft? {
    guard let first = plan.first else { return nil }
    // Most calls end long before the month does, and then nobody has to know when each row began.
    let isMonthSure = writer.call.end.map { $0 < sameMonthUntil } ?? false
    if restartsMonthly, !isMonthSure { lookAtMonth(writer.start(of: first)) }
    let firstID = nextAcctID()
    let others = plan.dropFirst().map { row in
      if restartsMonthly, !isMonthSure { lookAtMonth(writer.start(of: row)) }
      return (row, nextAcctID())
    }
    return CDRDraft(writer: writer, first: (first, firstID), others: others)
  }

  private mutating func nextAcctID() -> Int {
    lastAcctID += 1
    return lastAcctID
  }

  private mutating func lookAtMonth(_ start: Instant) {
    let local = context.site.timeZone.local(start)
    // A call that began last month and ends in this one does not bring last month back.
    if month ?? (local.year, local.month) < (local.year, local.month) { lastAcctID = 0 }
    guard month ?? (local.year, local.month) <= (local.year, local.month) else { return }
    month = (local.year, local.month)
    // Every month has 28 days; the last of them is left for changes of the clock.
    sameMonthUntil = start + .seconds(Int64(max(0, 27 - local.day)) * 86_400)
  }
}

/// The rows of one call, decided and numbered, with their texts still to be written: few runs read them all.
public struct CDRDraft: Sendable {
  let writer: CDRRowWriter
  let first: (plan: CDRRowOrigin, acctID: Int)
  let others: [(plan: CDRRowOrigin, acctID: Int)]

  /// How many rows `session` has; at least 1.
  public var rowCount: Int { 1 + others.count }

  /// When the last row's part of the call began.
  var lastStart: Instant { writer.start(of: (others.last ?? first).plan) }

  /// The rows themselves, written anew at each call.
  public var session: CDRSession {
    CDRSession(first: row(first), others: others.map { row($0) })
  }

  private func row(_ entry: (plan: CDRRowOrigin, acctID: Int)) -> CDRRecord {
    var row = writer.blankRow
    writer.fill(&row, entry.plan)
    row.acctId = entry.acctID
    if let most = writer.context.lastdataCharactersMax, row.lastdata.utf8.count > most {
      row.lastdata = String(row.lastdata.unicodeScalars.prefix(most))
    }
    return row
  }
}

extension CDRDraft: Hashable {
  /// Whether both give the same rows.
  public static func == (left: CDRDraft, right: CDRDraft) -> Bool { left.session == right.session }
  /// Hashes the rows.
  public func hash(into hasher: inout Hasher) { hasher.combine(session) }
}
