import PBXModel
import Primitives

extension Appliance {
  /// A call's rows go to the table: at once, or with those gathered before.
  ///
  /// - Parameter draft: nil in a run whose rows nobody reads.
  mutating func store(_ draft: CDRDraft?, rows: Int, of call: Call, _ effects: inout [Effect]) {
    guard rows > 0 else { return }
    if let loss = flash.shortage(forRows: rows) {
      tally.rowsNotStored += rows
      leanOn(.fullFlashLosesRows)
      if draft != nil { cdr.takeBack(rows: rows) }
      return journal(.rowsNotStored(call: call.id, rows: rows, loss), at: now, &effects)
    }
    let start = draft?.lastStart ?? call.start
    flash.add(rows: rows, startedAt: start)
    tally.rows += rows
    if gathered.add(GatheredRows.Entry(draft: draft, rows: rows, start: start), at: now) { commit(&effects) }
    tellDiskUsage(&effects)
  }

  /// What was gathered is durable from here on.
  mutating func commit(_ effects: inout [Effect]) {
    gathered.takeAll { if let draft = $0.draft { effects.append(.writeCDR(draft)) } }
    cdr.markDurable()
  }

  /// Lets the cleaner and the gathered rows have their time, up to `instant`.
  mutating func advanceStorage(to instant: Instant, _ effects: inout [Effect]) {
    if let due = gathered.due, due <= instant { commit(&effects) }
    while let due = nextCleaning, due <= instant {
      lastCleaning = due
      commit(&effects)
      let removed = flash.clean(at: due)
      tally.rowsCleaned += removed
      effects.append(.cleanCDR(site.storage.cleaning, at: due))
      journal(.cdrCleaned(rows: removed), at: due, &effects)
      tellDiskUsage(&effects)
    }
  }

  /// When the cleaner runs next; nil for never.
  var nextCleaning: Instant? {
    guard site.storage.cleaning.isEnabled, let firstSeen else { return nil }
    return site.storage.cleaning.nextRun(from: firstSeen, lastRun: lastCleaning, in: site.timeZone)
  }

  private mutating func tellDiskUsage(_ effects: inout [Effect]) {
    guard let isRaised = flash.alertChange() else { return }
    leanOn(.diskUsageThresholds)
    let percent = flash.usePercent ?? 0
    if isRaised {
      raise(.diskUsage, .appliance, "\(percent) % of the flash in use", at: now, &effects)
    } else {
      restore(.diskUsage, .appliance, "back to \(percent) % of the flash in use", &effects)
    }
  }
}
