import PBXModel
public import Primitives

extension Appliance {
  /// The power fails: what is only in memory is gone, what is durable stays. It boots again by itself,
  /// `ApplianceSettings.bootSeconds` later, when time passes; until then nothing that comes is answered.
  ///
  /// Gone are bindings, running calls (Asterisk writes no CDR for channels that die with it, upstream), rows gathered
  /// and not committed, sessions and tokens at the CRM, and call logs not yet sent. A failure while it is down already
  /// only begins the wait anew.
  public mutating func losePower(at instant: Instant, effects: inout [Effect]) {
    if bootsAt == nil { advance(to: instant, effects: &effects) } else { now = now.followed(by: instant) }
    let callsLost = ledger.calls.inUse
    let rowsLost = gathered.rows
    for entry in gathered.entries { flash.remove(rows: entry.rows, startedAt: entry.start) }
    gathered.clear()
    tally.rows -= rowsLost
    tally.powerCuts += 1
    tally.callsCut += callsLost
    tally.rowsCut += rowsLost
    let logsLost = crm?.unsentLogs ?? 0
    tally.callLogsCut += logsLost
    leanOn(.memoryIsLostWithPower)
    journal(
      .powerCut(calls: callsLost, extensions: registry.registeredExtensions, rows: rowsLost, callLogs: logsLost),
      at: now, &effects)
    forget()
    bootsAt = now + .seconds(Int64(settings.bootSeconds))
    effects.append(.dropCRMConnections)
  }

  /// As a box that was never switched on, but for its tables. Phones that were bound are bound on the recorded box
  /// only, until they register again.
  private mutating func forget() {
    registry.forEachBinding { absentContacts.note($0, at: $1.source) }
    registry = ExtensionRegistry()
    states = ExtensionStates(site: site, isShown: isRecorded)
    (calls, legs, absentLegs) = (SerialTable(), SerialTable(), 0)
    rooms = ConferenceRooms(site: site)
    (variations, names, remoteUsers) = ([:], [:], [])
    (alerts, recentRefusals) = (SystemAlerts(), RecentRefusals())
    crm = crmConfiguration.map { CRMModule($0, appliance: settings) }
    ledger.clear(at: now)
    trunks.clear(at: now)
    cdr.restart()
  }

  /// Boots if it is time to.
  mutating func bootIfDue(by instant: Instant, _ effects: inout [Effect]) {
    guard let due = bootsAt, due <= instant else { return }
    bootsAt = nil
    now = max(now, due)
    journal(.booted, at: due, &effects)
    raise(
      .systemReboot, .appliance, "the appliance is up again after a power failure", restoreAt: quiet, at: due, &effects)
    boot(at: due, effects: &effects)
  }

  /// Something came while it was down: nobody answered.
  mutating func ignore(_ event: TraceModel.Event) {
    leanOn(.bootTakesTime)
    switch event {
    case .call(.started): tally.callsWhileDown += 1
    case .registration: tally.registrationsWhileDown += 1
    case .call: break
    }
  }
}
