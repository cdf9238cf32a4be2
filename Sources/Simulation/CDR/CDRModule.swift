import HardwareProfiles
import PBXModel
import Primitives

/// Writes the rows of a call when it is over (reference section 5).
struct CDRModule: Sendable {
  private let site: Site
  private let settings: ApplianceSettings
  private let technology: String
  private let restartsMonthly: Bool
  private var lastAcctID = 0
  private var month: (year: Int, month: Int)?
  /// Serial of each channel, in the order the channels were made, as Asterisk numbers them.
  private var channels: [Leg.ID: Int] = [:]
  private var nextChannel = 0

  init(site: Site, profile: Profile, settings: ApplianceSettings) {
    self.site = site
    self.settings = settings
    technology = (profile.traits.channelTechnology?.value ?? .pjsip).rawValue
    restartsMonthly = profile.traits.acctIDRestartsMonthly?.value ?? false
  }

  mutating func openChannel(_ leg: Leg.ID) {
    guard channels[leg] == nil else { return }
    channels[leg] = nextChannel
    nextChannel += 1
  }

  /// The rows of an ended call, oldest first; nil for one that ran when the trace began.
  mutating func rows(of call: Call, callerName: String, leansOn: (Assumption) -> Void) -> CDRSession? {
    defer { for member in call.legs { channels[member.leg.id] = nil } }
    guard !call.ranAtStart else { return nil }
    let writer = rowWriter(call, callerName: callerName)
    return number(writer.rows(leansOn: leansOn))
  }

  /// The one row of a call the model could not carry: Congestion, FAILED, neither answer nor end (observed, G2);
  /// nil for one that ran when the trace began.
  mutating func rowOfRefused(_ call: Call, callerName: String) -> CDRSession? {
    defer { for member in call.legs { channels[member.leg.id] = nil } }
    guard !call.ranAtStart else { return nil }
    return number([rowWriter(call, callerName: callerName).refusedRow()])
  }

  /// The caller's channel, as log lines name it.
  func callerChannel(of call: Call) -> String { rowWriter(call, callerName: "").callerChannel }

  private func rowWriter(_ call: Call, callerName: String) -> CDRRowWriter {
    CDRRowWriter(
      call: call, site: site, settings: settings, technology: technology, callerName: callerName, serials: channels)
  }

  private mutating func number(_ rows: [CDRRecord]) -> CDRSession? {
    CDRSession(
      rows: rows.map { row in
        var row = row
        let local = site.timeZone.local(row.start)
        // A call that began last month and ends in this one does not bring last month back.
        if restartsMonthly, month ?? (local.year, local.month) < (local.year, local.month) { lastAcctID = 0 }
        if month ?? (local.year, local.month) <= (local.year, local.month) { month = (local.year, local.month) }
        lastAcctID += 1
        row.acctId = lastAcctID
        return row
      })
  }
}
